package org.charrnn.text.device;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.charrnn.api.Cell;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.Network;
import org.charrnn.graph.Shape;
import org.charrnn.graph.TensorTooLargeException;
import org.charrnn.text.checkpoint.CheckpointException;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.ModelConfig;

/** Creates networks from configurations, and checks whether saved tensors fit them. */
public final class ModelFactory {

  private ModelFactory() {}

  /** The shapes of the parameters of such a model, by name, in order. */
  public static Map<String, Shape> shapes(ModelConfig config, int vocabularySize) {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    network(config, vocabularySize)
        .parameters()
        .forEach((name, spec) -> shapes.put(name, spec.shape()));
    return shapes;
  }

  /** The network that a configuration describes. */
  public static Network network(ModelConfig config, int vocabularySize) {
    Cell cell = Plugins.cells().get(config.cell());
    Architecture architecture =
        new Architecture(
            vocabularySize,
            config.embeddingColumns(),
            config.hiddenSize(),
            config.layers(),
            config.tieWeights(),
            config.residual(),
            config.norm());
    try {
      return new Network(architecture, cell);
    } catch (TensorTooLargeException e) {
      throw InvalidOptionException.refused("hiddenSize", e);
    }
  }

  /** Checks that a saved model fits its own configuration, before anything is allocated. */
  public static void requireFit(Path file, SavedModel saved) {
    ModelConfig config = saved.config().model();
    requireFit(file, config, shapes(config, saved.vocabulary().size()), saved.tensors());
  }

  /**
   * Compares names and shapes.
   *
   * @throws CheckpointException if they differ; the message names the tensor and both shapes
   */
  public static void requireFit(
      Path file, ModelConfig config, Map<String, Shape> expected, Map<String, HostTensor> actual) {
    expected.forEach((name, shape) -> {
      HostTensor tensor = actual.get(name);
      if (tensor == null) {
        throw unfit(
            file,
            config,
            String.format(Locale.ROOT, "tensor '%s' is missing; it has %s", name, actual.keySet()));
      }
      if (!tensor.shape().equals(shape)) {
        throw unfit(
            file,
            config,
            String.format(
                Locale.ROOT, "tensor '%s' has shape %s, expected %s", name, tensor.shape(), shape));
      }
    });
    for (String name : actual.keySet()) {
      if (!expected.containsKey(name)) {
        throw unfit(
            file,
            config,
            String.format(
                Locale.ROOT, "tensor '%s' is not known; it has %s", name, expected.keySet()));
      }
    }
  }

  private static CheckpointException unfit(Path file, ModelConfig config, String difference) {
    return new CheckpointException(
        file,
        String.format(
                Locale.ROOT,
                "does not fit its own configuration: %s. Its plugins, such as cell '%s', are"
                    + " probably of another version here; ",
                difference,
                config.cell())
            + "use those that it was written with.");
  }
}
