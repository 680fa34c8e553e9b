package org.charrnn.testkit;

import org.charrnn.api.Accelerator;

/** The tolerances leave room for single precision. */
class SinglePrecisionAcceleratorTest extends AcceleratorContract {

  @Override
  protected Accelerator accelerator() {
    return new ReferenceAccelerator(new SinglePrecisionKernels());
  }
}
