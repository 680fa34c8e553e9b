package org.charrnn.serve;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Executable;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.api.discovery.Accelerators;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.Network;
import org.charrnn.api.network.StateResets;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.charrnn.text.LanguageModel;

/** How fast the programs of a model run without a server: what 'bench --generate' measures. */
final class OfflineSpeed {

  private OfflineSpeed() {}

  /** Characters per second of steps with so many rows. */
  static double ofSteps(
      LanguageModel model, int rows, String accelerator, int threads, double seconds) {
    Network network =
        new Network(
            new Architecture(
                model.vocabulary().size(),
                model.config().model().embeddingColumns(),
                model.config().model().hiddenSize(),
                model.config().model().layers(),
                model.config().model().tieWeights()),
            Plugins.cells().get(model.config().model().cell()));
    Program program = network.generate(rows, StateResets.NONE);
    try (Session session =
        Accelerators.choose(Optional.of(accelerator))
            .open(AcceleratorOptions.defaults().withThreads(threads))) {
      Map<String, Memory> memory = new HashMap<>();
      for (Buffer buffer : program.externals()) {
        memory.put(buffer.name(), session.allocate(buffer.type(), buffer.shape()));
      }
      Executable step = session.compile(program, memory);
      run(step, seconds / 2); // warms up
      return rows * run(step, seconds);
    }
  }

  private static double run(Executable step, double seconds) {
    long start = System.nanoTime();
    long steps = 0;
    double elapsed;
    do {
      step.run();
      steps++;
      elapsed = (System.nanoTime() - start) / 1e9;
    } while (elapsed < seconds);
    return steps / elapsed;
  }
}
