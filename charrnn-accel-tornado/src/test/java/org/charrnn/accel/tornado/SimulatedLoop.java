package org.charrnn.accel.tornado;

import org.charrnn.accel.tornado.lowering.Programs;
import org.charrnn.graph.program.Program;

/**
 * A loop forward and backward on the first device, compared with plain Java. The arguments are its
 * kind, and the number of rows and the number of columns of its state.
 */
final class SimulatedLoop {

  /** A loop that runs step by step. */
  static final String MIXING = "mixing";

  /** A loop that work-groups run by rows. */
  static final String NARROW = "narrow";

  private static final int STEPS = 2;

  private SimulatedLoop() {}

  /** Exits with an error if the loop fails or computes something else. */
  public static void main(String[] arguments) {
    DeviceInfo device = RealDevice.devices().getFirst();
    System.out.println("device " + device.name());
    int rows = Integer.parseInt(arguments[1]);
    int columns = Integer.parseInt(arguments[2]);
    Program program =
        arguments[0].equals(MIXING)
            ? Programs.mixing(STEPS, rows, columns)
            : Programs.narrow(STEPS, rows, columns);
    System.out.println("kernels " + Programs.kernels(program, device.isGpu()));
    OneStep.assertAgreesWithJava(program, 0, new TornadoAccelerator(false));
  }
}
