package org.charrnn.interchange.verification;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Executable;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.Network;
import org.charrnn.api.network.StateResets;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.ModelConfig;

/**
 * Runs a saved model on an accelerator, one id for each text at a time.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
final class ModelRunner implements AutoCloseable {

  private final Session session;
  private final Network network;
  private final Map<String, Memory> memories = new LinkedHashMap<>();
  private final Executable executable;

  /**
   * Compiles the model for {@code batchSize} texts, whose states are zero.
   *
   * @param accelerator what computes
   */
  ModelRunner(SavedModel model, Accelerator accelerator, int batchSize) {
    ModelConfig config = model.config().model();
    this.network =
        new Network(
            new Architecture(
                model.vocabulary().size(),
                config.embeddingColumns(),
                config.hiddenSize(),
                config.layers(),
                config.tieWeights()),
            Plugins.cells().get(config.cell()));
    this.session = accelerator.open(AcceleratorOptions.defaults());
    Program program = network.generate(batchSize, StateResets.NONE);
    for (Buffer buffer : program.externals()) {
      Memory memory = session.allocate(buffer.type(), buffer.shape());
      memories.put(buffer.name(), memory);
      HostTensor parameter = model.tensors().get(buffer.name());
      if (parameter != null) {
        memory.write(parameter.values());
      }
    }
    this.executable = session.compile(program, memories);
  }

  /** Replaces a state, {@code [B, H]}. */
  void write(String state, float[] values) {
    memory(state).write(values);
  }

  /** Sets all states to zero. */
  void reset() {
    network
        .carriedStates()
        .forEach(state -> write(state, new float[memory(state).shape().elements()]));
  }

  /** Reads an id in each text; the logits of what may follow, {@code [B, V]}. */
  float[] logits(int[] ids) {
    memory(BufferNames.IDS).write(ids);
    executable.run();
    return read(BufferNames.LOGITS);
  }

  /** The states by name, each {@code [B, H]}. */
  Map<String, float[]> states() {
    Map<String, float[]> states = new LinkedHashMap<>();
    network.carriedStates().forEach(name -> states.put(name, read(name)));
    return states;
  }

  private float[] read(String name) {
    float[] values = new float[memory(name).shape().elements()];
    memory(name).read(values);
    return values;
  }

  private Memory memory(String name) {
    return Objects.requireNonNull(memories.get(name), name);
  }

  @Override
  public void close() {
    session.close();
  }
}
