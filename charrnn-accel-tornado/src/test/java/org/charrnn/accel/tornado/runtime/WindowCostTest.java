package org.charrnn.accel.tornado.runtime;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.charrnn.api.Executable;
import org.charrnn.api.Hyperparameters;
import org.charrnn.api.Memory;
import org.charrnn.api.Optimizer;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.Network;
import org.charrnn.api.network.StepSpec;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The cost of a window, a step of training, on a GPU: launches, waits of the host, operations and
 * bytes. The configurations are those of the command {@code bench}.
 */
class WindowCostTest {

  private static CountedMemory window(
      String cell, int layers, int hidden, int vocabulary, int steps, int batch) {
    Network network =
        new Network(
            new Architecture(vocabulary, 0, hidden, layers, false), Plugins.cells().get(cell));
    Optimizer adagrad = Plugins.optimizers().get("adagrad");
    Program program =
        network.train(
            StepSpec.builder(steps, batch)
                .carryState(batch > 1)
                .meanLoss(batch > 1)
                .optimizer(Hyperparameters.defaultsOf(adagrad))
                .build(),
            adagrad);
    CountedMemory memory = new CountedMemory();
    try (TornadoSession session = new TornadoSession(new JavaTarget(true, _ -> memory))) {
      Map<String, Memory> memories = new HashMap<>();
      for (Buffer buffer : program.externals()) {
        memories.put(buffer.name(), session.allocate(buffer.type(), buffer.shape()));
      }
      Executable executable = session.compile(program, memories);
      executable.run();
      memory.reset();
      for (String name : new String[] {BufferNames.IDS, BufferNames.TARGETS}) {
        Memory ids = memories.get(name);
        ids.write(new int[ids.shape().elements()]);
      }
      executable.run();
      memories.get(BufferNames.LOSS).read(new float[1]);
    }
    return memory;
  }

  /** The last two are the limits of launches and waits. */
  @ParameterizedTest
  @CsvSource({
    "S, gru, 1, 100, 3000, 25, 1, 60, 4",
    "M, gru, 1, 512, 3000, 50, 32, 60, 4",
    "L, gru, 2, 1024, 5000, 64, 64, 80, 5",
    "LSTM of M, lstm, 1, 512, 3000, 50, 32, 60, 4",
    "min-gru 3 x 512, min-gru, 3, 512, 3000, 50, 32, 60, 5",
  })
  void window_costsWhatTheDocumentationSays(
      String name,
      String cell,
      int layers,
      int hidden,
      int vocabulary,
      int steps,
      int batch,
      int launches,
      int waits)
      throws IOException {
    CountedMemory cost = window(cell, layers, hidden, vocabulary, steps, batch);
    String row =
        String.format(
            Locale.ROOT,
            "| %s | %d | %d | %.2f G | %.2f GB | %d B |",
            name,
            cost.launches,
            cost.waits,
            cost.cost.operations() / 1e9,
            cost.cost.bytes() / 1e9,
            cost.bytesToDevice);
    assertTrue(cost.launches <= launches, row);
    assertTrue(cost.waits <= waits, row);
    assertTrue(Files.readString(Path.of("../docs/gpu.md")).contains(row), row);
  }
}
