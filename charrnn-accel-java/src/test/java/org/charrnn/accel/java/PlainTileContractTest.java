package org.charrnn.accel.java;

import org.charrnn.api.Accelerator;
import org.charrnn.testkit.AcceleratorContract;

/** The accelerator "java" on a processor without fused multiply-adds. */
class PlainTileContractTest extends AcceleratorContract {

  @Override
  protected Accelerator accelerator() {
    return new JavaAccelerator(false);
  }
}
