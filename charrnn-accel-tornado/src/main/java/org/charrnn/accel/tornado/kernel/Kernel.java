package org.charrnn.accel.tornado.kernel;

import java.lang.classfile.CodeBuilder;

/**
 * Code for a device, with all its numbers: where operands are stored in the memory of the device
 * and how large they are. {@link KernelClass} writes a class for it in which they are constants.
 *
 * <p>Equal kernels share their class, so implementations must be values: records of records.
 */
public interface Kernel {

  /**
   * Emits the code of one work item; control flow must reach its end.
   *
   * @param code in a method with the parameters of {@link KernelClass}
   * @param step the local variable that holds the current time step of the surrounding loop
   */
  void emit(CodeBuilder code, int step);

  /** Whether the work items of a work-group wait for one another at barriers. */
  default boolean usesBarriers() {
    return false;
  }
}
