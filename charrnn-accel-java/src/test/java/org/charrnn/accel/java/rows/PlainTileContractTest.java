package org.charrnn.accel.java.rows;

import org.charrnn.api.Accelerator;
import org.charrnn.testkit.AcceleratorContract;

/** The accelerator "java" as it is on a processor without fused multiply-adds. */
class PlainTileContractTest extends AcceleratorContract {

  @Override
  protected Accelerator accelerator() {
    return new JavaAccelerator(PlainTile::new);
  }
}
