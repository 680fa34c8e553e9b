package org.charrnn.accel.tornado;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Hyperparameters;
import org.charrnn.api.Memory;
import org.charrnn.api.Optimizer;
import org.charrnn.api.Session;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.Network;
import org.charrnn.api.network.StateResets;
import org.charrnn.api.network.StepSpec;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;

/**
 * A step of training with each optimizer, of evaluation and of generation, on the first device. The
 * arguments are a cell, the number of layers, the size of the vocabulary, the hidden size and the
 * batch size.
 */
final class SimulatedTraining {

  /** The logits of a window need so many columns to be computed in large tiles. */
  static final int LARGE_VOCABULARY = 4040;

  private static final int WINDOW = 2;

  private SimulatedTraining() {}

  /** Exits with an error if a step fails. */
  public static void main(String[] arguments) {
    String cell = arguments[0];
    int layers = Integer.parseInt(arguments[1]);
    int vocabulary = Integer.parseInt(arguments[2]);
    int hidden = Integer.parseInt(arguments[3]);
    int batch = Integer.parseInt(arguments[4]);
    System.out.println("device " + RealDevice.devices().getFirst().name());
    Network network =
        new Network(
            new Architecture(vocabulary, 0, hidden, layers, false), Plugins.cells().get(cell));
    for (String name : new String[] {"adagrad", "adam"}) {
      Optimizer optimizer = Plugins.optimizers().get(name);
      StepSpec step =
          StepSpec.builder(WINDOW, batch)
              .carryState(true)
              .clipNorm(1)
              .dropout(0.2)
              .optimizer(Hyperparameters.defaultsOf(optimizer))
              .build();
      run(network.train(step, optimizer), vocabulary);
    }
    run(network.evaluate(WINDOW, batch, StateResets.NONE), vocabulary);
    run(network.generate(batch, StateResets.NONE), vocabulary);
  }

  private static void run(Program program, int vocabulary) {
    Random random = new Random(3);
    try (Session session = new TornadoAccelerator(false).open(AcceleratorOptions.defaults())) {
      Map<String, Memory> memories = new HashMap<>();
      for (Buffer buffer : program.externals()) {
        Memory memory = session.allocate(buffer.type(), buffer.shape());
        memories.put(buffer.name(), memory);
        int elements = buffer.shape().elements();
        if (buffer.type() == Type.I32) {
          memory.write(random.ints(elements, 0, vocabulary).toArray());
        } else if (elements <= 1 << 14) {
          memory.write(new float[elements]);
        }
      }
      session.compile(program, memories).run();
      read(memories, BufferNames.LOSS);
      read(memories, BufferNames.LOGITS);
    }
  }

  private static void read(Map<String, Memory> memories, String name) {
    Optional.ofNullable(memories.get(name))
        .ifPresent(memory -> memory.read(new float[memory.shape().elements()]));
  }
}
