package org.charrnn.accel.java;

import org.charrnn.api.Accelerator;
import org.charrnn.testkit.AcceleratorContract;

class JavaAcceleratorContractTest extends AcceleratorContract {

  @Override
  protected Accelerator accelerator() {
    return new JavaAccelerator();
  }
}
