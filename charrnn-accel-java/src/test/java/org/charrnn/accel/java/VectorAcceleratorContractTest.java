package org.charrnn.accel.java;

import org.charrnn.api.Accelerator;
import org.charrnn.testkit.AcceleratorContract;

/** Skipped, with its reason, in the run of the tests without the Vector API. */
class VectorAcceleratorContractTest extends AcceleratorContract {

  @Override
  protected Accelerator accelerator() {
    return new VectorAccelerator();
  }
}
