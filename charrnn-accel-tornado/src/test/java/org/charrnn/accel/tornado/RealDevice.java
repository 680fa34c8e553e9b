package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.charrnn.api.Availability;

/**
 * Tests that need the real runtime run where the build was told of an SDK, and then must find a
 * device.
 */
final class RealDevice {

  private RealDevice() {}

  static void require() {
    assumeTrue(
        System.getenv("TORNADOVM_HOME") != null,
        "no SDK of TornadoVM: set TORNADOVM_HOME to run this on its device");
    Availability.Available available =
        assertInstanceOf(Availability.Available.class, new TornadoAccelerator().availability());
    System.out.println("TornadoVM's devices: " + available.device());
  }
}
