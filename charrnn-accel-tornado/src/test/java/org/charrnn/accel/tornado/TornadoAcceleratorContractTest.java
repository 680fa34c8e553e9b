package org.charrnn.accel.tornado;

import org.charrnn.api.Accelerator;
import org.charrnn.testkit.AcceleratorContract;
import org.junit.jupiter.api.BeforeAll;

/** The contract on the real runtime and device, if there is an SDK. */
class TornadoAcceleratorContractTest extends AcceleratorContract {

  @BeforeAll
  static void needsAnSdk() {
    RealDevice.require();
  }

  @Override
  protected Accelerator accelerator() {
    return new TornadoAccelerator(false);
  }
}
