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

/**
 * How fast the program of a model runs without a server: what 'bench --generate' measures.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
final class OfflineSpeed implements AutoCloseable {

  private final Session session;
  private final Executable step;
  private final int rows;

  /** Steps with so many rows. */
  OfflineSpeed(LanguageModel model, int rows, String accelerator, int threads) {
    this.rows = rows;
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
    session =
        Accelerators.choose(Optional.of(accelerator))
            .open(AcceleratorOptions.defaults().withThreads(threads));
    Map<String, Memory> memory = new HashMap<>();
    for (Buffer buffer : program.externals()) {
      memory.put(buffer.name(), session.allocate(buffer.type(), buffer.shape()));
    }
    step = session.compile(program, memory);
  }

  /** Runs steps for a while; characters per second. */
  double measure(double seconds) {
    long start = System.nanoTime();
    long steps = 0;
    double elapsed;
    do {
      step.run();
      steps++;
      elapsed = (System.nanoTime() - start) / 1e9;
    } while (elapsed < seconds);
    return rows * steps / elapsed;
  }

  @Override
  public void close() {
    session.close();
  }
}
