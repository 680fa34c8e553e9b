package org.charrnn.accel.tornado.kernel;

import java.lang.classfile.CodeBuilder;
import org.charrnn.accel.tornado.layout.Grid;

/** Computes nothing: a launch that only reads or advances the time step of a loop. */
public record NoOpKernel() implements Kernel {

  /** A launch of a single work item. */
  public static Launch launch() {
    return new Launch("step", new NoOpKernel(), Grid.single());
  }

  @Override
  public void emit(CodeBuilder code, int step) {
    // KernelClass emits the code of the step counter.
  }
}
