package org.charrnn.testkit.reference;

import org.charrnn.graph.Operands;

/** Runs one kernel on its operands. */
@FunctionalInterface
interface Kernels {

  /** Runs {@code kernel} on the memory of its operands and results. */
  void run(Operands<Operand> kernel);
}
