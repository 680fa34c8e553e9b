package org.charrnn.accel.tornado;

import org.charrnn.api.Accelerator;
import org.charrnn.testkit.AcceleratorContract;

/** The contract, with the kernels for GPUs as plain Java. */
class GpuKernelsTest extends AcceleratorContract {

  @Override
  protected Accelerator accelerator() {
    return new JavaAccelerator.Gpu();
  }
}
