package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
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

  /** Asks for an SDK all of whose devices need a driver of OpenCL. */
  static void requireOnlyOpenCl() {
    require();
    assumeTrue(
        devices().stream().allMatch(device -> device.backend().equals("opencl")),
        "the SDK has other backends than OpenCL: it finds devices without a driver of that");
  }

  static List<DeviceInfo> devices() {
    return assertInstanceOf(Devices.Search.Found.class, Devices.search()).devices();
  }
}
