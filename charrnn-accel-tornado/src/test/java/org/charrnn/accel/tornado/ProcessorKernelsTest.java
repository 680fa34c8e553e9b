package org.charrnn.accel.tornado;

import org.charrnn.api.Accelerator;
import org.charrnn.testkit.AcceleratorContract;

/** The contract, with the kernels for processors as plain Java. */
class ProcessorKernelsTest extends AcceleratorContract {

  @Override
  protected Accelerator accelerator() {
    return new JavaAccelerator.Processor();
  }
}
