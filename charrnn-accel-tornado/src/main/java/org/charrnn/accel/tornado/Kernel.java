package org.charrnn.accel.tornado;

import java.lang.classfile.CodeBuilder;

/**
 * What a device runs, with all its numbers: where operands lie in the memory of the device and how
 * large they are. A class is written for it, see {@link KernelClass}, in which they are constants.
 *
 * <p>Kernels that are equal share their class, so they have to be values: records of records.
 */
interface Kernel {

  /**
   * Writes what one work item does; execution has to arrive at the end.
   *
   * @param code in a method whose parameters are those that {@link KernelClass} names
   * @param step the local variable of the step of the surrounding loop; see {@link Span}
   */
  void write(CodeBuilder code, int step);

  /** Whether the work items of a group wait for one another. */
  default boolean waits() {
    return false;
  }
}
