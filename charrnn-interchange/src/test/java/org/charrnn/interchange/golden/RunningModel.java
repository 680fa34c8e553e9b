package org.charrnn.interchange.golden;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Executable;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.api.discovery.Accelerators;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.Network;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.ModelConfig;

/** A program of a model on an accelerator, with the parameters of the model. */
final class RunningModel implements AutoCloseable {

  private final Session session;
  private final Map<String, Memory> memories = new LinkedHashMap<>();
  private final Executable executable;

  RunningModel(SavedModel model, Program program, String accelerator) {
    session = Accelerators.choose(Optional.of(accelerator)).open(AcceleratorOptions.defaults());
    for (Buffer buffer : program.externals()) {
      memories.put(buffer.name(), session.allocate(buffer.type(), buffer.shape()));
    }
    model.tensors().forEach((name, tensor) -> write(name, tensor.values()));
    executable = session.compile(program, memories);
  }

  static Network network(SavedModel model) {
    ModelConfig config = model.config().model();
    return new Network(
        new Architecture(
            model.vocabulary().size(),
            config.embeddingColumns(),
            config.hiddenSize(),
            config.layers(),
            config.tieWeights()),
        Plugins.cells().get(config.cell()));
  }

  void write(String name, float... values) {
    memory(name).write(values);
  }

  void run(int... ids) {
    memory(BufferNames.IDS).write(ids);
    executable.run();
  }

  void train(int[] ids, int[] targets, int step, double learningRate) {
    memory(BufferNames.TARGETS).write(targets);
    write(BufferNames.LEARNING_RATE, (float) learningRate);
    write(BufferNames.STEP, step);
    run(ids);
  }

  float[] read(String name) {
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
