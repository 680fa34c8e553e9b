package org.charrnn.testkit.reference;

import java.util.List;
import org.charrnn.graph.Op;

/** Runs one kernel on its operands. */
@FunctionalInterface
interface Kernels {

  /** Runs {@code kernel}; operands and results stand in the order that the kernel gives. */
  void run(Op.Kernel kernel, List<Operand> inputs, List<Operand> outputs);
}
