package org.charrnn.interchange.golden;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.charrnn.graph.Shape;
import org.charrnn.interchange.ImportOptions;
import org.charrnn.interchange.Interchange;
import org.charrnn.interchange.layout.FusedCell;
import org.charrnn.interchange.layout.TorchLayout;
import org.charrnn.interchange.safetensors.SafetensorsFile;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What PyTorch computed for a model; src/test/python/make_torch_goldens.py says how.
 *
 * @param layer the layer of torch.nn, in small letters
 * @param layers the number of layers
 * @param file all goldens of the layer
 */
record TorchGolden(String layer, int layers, SafetensorsFile file) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  static TorchGolden of(String layer, int layers) {
    return new TorchGolden(layer, layers, read("torch-" + layer + ".safetensors"));
  }

  static SafetensorsFile read(String resource) {
    try {
      return SafetensorsFile.read(
          Path.of(Objects.requireNonNull(TorchGolden.class.getResource(resource)).toURI()));
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The initial model, imported from a file with the names of PyTorch. */
  SavedModel model(Path folder) {
    try {
      Path weights = folder.resolve("weights.safetensors");
      new SafetensorsFile(Map.of(), weights()).write(weights);
      Path symbols =
          Files.writeString(folder.resolve("symbols.json"), "[\"a\",\"b\",\"c\",\"d\",\"e\"]");
      return Interchange.importModel(weights, new ImportOptions(Optional.of(symbols), Map.of()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, HostTensor> weights() {
    String prefix = layers + "/weights/";
    Map<String, HostTensor> weights = new LinkedHashMap<>();
    file.tensors()
        .forEach((name, tensor) -> {
          if (name.startsWith(prefix)) {
            weights.put(name.substring(prefix.length()), tensor);
          }
        });
    return weights;
  }

  /** A flat set of all trained parameters, or of their gradients, in the layout of charrnn. */
  Map<String, HostTensor> parameters(String set) {
    Map<String, HostTensor> weights = weights();
    Map<String, HostTensor> named = new LinkedHashMap<>();
    float[] flat = values(set);
    int at = 0;
    for (JsonNode name : data().path("names")) {
      Shape shape = Objects.requireNonNull(weights.get(name.asString())).shape();
      float[] values = new float[shape.elements()];
      System.arraycopy(flat, at, values, 0, values.length);
      named.put(name.asString(), new HostTensor(shape, values));
      at += values.length;
    }
    return new TorchLayout(cell(), layers).fromTorch(named);
  }

  private FusedCell cell() {
    return layer.equals("gru") ? FusedCell.GRU_RESET_AFTER : FusedCell.of(layer).orElseThrow();
  }

  float[] values(String set) {
    return Objects.requireNonNull(file.tensors().get(layers + "/" + set), set).values();
  }

  /** The ids or the targets of a window, [T, B]. */
  int[] ids(String which, int window) {
    return data()
        .path(which)
        .path(window)
        .valueStream()
        .flatMap(JsonNode::valueStream)
        .mapToInt(JsonNode::intValue)
        .toArray();
  }

  List<Integer> greedy() {
    return data().path("greedy").valueStream().map(JsonNode::intValue).toList();
  }

  int batchSize() {
    return data().path("ids").path(0).path(0).size();
  }

  private JsonNode data() {
    return JSON.readTree(file.metadata().get(String.valueOf(layers)));
  }

  /** The settings of an optimizer, by the names of torch.optim. */
  Map<String, Double> settings(String optimizer) {
    Map<String, Double> settings = new LinkedHashMap<>();
    JSON.readTree(file.metadata().get("optimizers"))
        .path(optimizer)
        .properties()
        .forEach(it -> {
          if (it.getKey().equals("betas")) {
            settings.put("beta1", it.getValue().get(0).doubleValue());
            settings.put("beta2", it.getValue().get(1).doubleValue());
          } else {
            settings.put(
                it.getKey().replace('_', '-').replace("eps", "epsilon"),
                it.getValue().isBoolean()
                    ? (it.getValue().booleanValue() ? 1.0 : 0.0)
                    : it.getValue().doubleValue());
          }
        });
    return settings;
  }
}
