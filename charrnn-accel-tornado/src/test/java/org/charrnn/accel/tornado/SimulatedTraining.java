package org.charrnn.accel.tornado;

import org.charrnn.accel.tornado.lowering.Programs;
import org.charrnn.api.Hyperparameters;
import org.charrnn.api.Optimizer;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.Network;
import org.charrnn.api.network.StateResets;
import org.charrnn.api.network.StepSpec;
import org.charrnn.graph.program.Program;

/**
 * A step of training with some optimizers, of evaluation and of generation, on the first device,
 * compared with plain Java. The arguments are a cell, the number of layers, the size of the
 * vocabulary, the hidden size, the batch size, and the optimizers with commas between them.
 */
final class SimulatedTraining {

  /** The logits of a window need so many columns to be computed in large tiles. */
  static final int LARGE_VOCABULARY = 4040;

  private static final int WINDOW = 2;

  private SimulatedTraining() {}

  /** Exits with an error if a step fails or computes something else. */
  public static void main(String[] arguments) {
    String cell = arguments[0];
    int layers = Integer.parseInt(arguments[1]);
    int vocabulary = Integer.parseInt(arguments[2]);
    int hidden = Integer.parseInt(arguments[3]);
    int batch = Integer.parseInt(arguments[4]);
    DeviceInfo device = RealDevice.devices().getFirst();
    System.out.println("device " + device.name());
    Network network =
        new Network(
            new Architecture(vocabulary, 0, hidden, layers, false), Plugins.cells().get(cell));
    for (String name : arguments[5].split(",")) {
      Optimizer optimizer = Plugins.optimizers().get(name);
      StepSpec step =
          StepSpec.builder(WINDOW, batch)
              .carryState(true)
              .clipNorm(1)
              .dropout(0.2)
              .optimizer(Hyperparameters.defaultsOf(optimizer))
              .build();
      check(device, network.train(step, optimizer), vocabulary);
    }
    check(device, network.evaluate(WINDOW, batch, StateResets.NONE), vocabulary);
    check(device, network.generate(batch, StateResets.NONE), vocabulary);
  }

  private static void check(DeviceInfo device, Program program, int vocabulary) {
    System.out.println("kernels " + Programs.kernels(program, device.isGpu()));
    OneStep.assertAgreesWithJava(program, vocabulary, new TornadoAccelerator(false));
  }
}
