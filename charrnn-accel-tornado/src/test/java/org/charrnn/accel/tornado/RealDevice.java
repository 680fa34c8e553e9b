package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.charrnn.api.Availability;

/** Tests that need the real runtime run if TORNADOVM_HOME is set; then there must be a device. */
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

  /** Requires an SDK that has no backend other than OpenCL. */
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
