package org.charrnn.interchange.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.StateResets;
import org.charrnn.interchange.ImportOptions;
import org.charrnn.interchange.Interchange;
import org.charrnn.interchange.safetensors.SafetensorsFile;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * ONNX's node tests of GRU, LSTM and RNN, as src/test/python/make_onnx_goldens.py wrote them. Each
 * node is put into a model that is imported: the vectors of its input are the rows of an embedding,
 * and the output layer passes its state on.
 */
class OnnxGoldenTest {

  private static final SafetensorsFile CASES = TorchGolden.read("onnx-nodes.safetensors");
  private static final Map<String, Double> TOLERANCES = Map.of("reference", 3e-7, "java", 1e-6);

  @TempDir Path folder;

  static Stream<Arguments> cases() {
    return CASES.metadata().keySet().stream()
        .filter(name -> !name.equals("onnx"))
        .flatMap(name -> TOLERANCES.keySet().stream().map(it -> Arguments.of(name, it)));
  }

  @Test
  void cases_coverAllOperators() {
    for (String name : List.of("test_gru_", "test_lstm_", "test_simple_rnn_", "random_gru_1")) {
      assertTrue(CASES.metadata().keySet().stream().anyMatch(it -> it.startsWith(name)), name);
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("cases")
  void node_isThatOfOnnx(String name, String accelerator) throws IOException {
    HostTensor x = tensor(name, "X");
    int steps = x.shape().size(0);
    int batchSize = x.shape().size(1);
    int hidden = tensor(name, "R").shape().columns();
    SavedModel model = model(name, x, hidden);
    double tolerance = Objects.requireNonNull(TOLERANCES.get(accelerator));
    try (RunningModel running =
        new RunningModel(
            model,
            RunningModel.network(model).generate(batchSize, StateResets.NONE),
            accelerator)) {
      running.write("state.0.h", tensor(name, "initial_h").values());
      if (has(name, "initial_c")) {
        running.write("state.0.c", tensor(name, "initial_c").values());
      }
      for (int step = 0; step < steps; step++) {
        int first = step * batchSize;
        running.run(IntStream.range(first, first + batchSize).toArray());
        if (has(name, "Y")) {
          float[] y = tensor(name, "Y").values();
          int length = batchSize * hidden;
          assertArrayEquals(
              Arrays.copyOfRange(y, step * length, (step + 1) * length),
              firstColumns(running.read(BufferNames.LOGITS), batchSize, hidden),
              (float) tolerance,
              "Y of step " + step);
        }
      }
      assertArrayEquals(
          tensor(name, "Y_h").values(), running.read("state.0.h"), (float) tolerance, "Y_h");
      if (has(name, "Y_c")) {
        assertArrayEquals(
            tensor(name, "Y_c").values(), running.read("state.0.c"), (float) tolerance, "Y_c");
      }
    }
  }

  private static float[] firstColumns(float[] rows, int count, int columns) {
    float[] result = new float[count * columns];
    for (int row = 0; row < count; row++) {
      System.arraycopy(rows, row * (rows.length / count), result, row * columns, columns);
    }
    return result;
  }

  /** The node between a look-up of row {@code ids} of X and an output layer that passes on. */
  private SavedModel model(String name, HostTensor x, int hidden) throws IOException {
    int inputs = x.shape().size(2);
    int symbols = Math.max(x.shape().elements() / inputs, hidden);
    float[] passing = new float[hidden * symbols];
    for (int i = 0; i < hidden; i++) {
      passing[i * symbols + i] = 1;
    }
    JsonNode about = JsonMapper.shared().readTree(CASES.metadata().get(name));
    NodeProto.Builder node =
        NodeProto.newBuilder()
            .setOpType(about.path("operator").asString())
            .addAllInput(List.of("x", "W", "R", "B"))
            .addOutput("y")
            .addAttribute(attribute("hidden_size", hidden));
    if (about.path("operator").asString().equals("GRU")) {
      node.addAttribute(
          attribute("linear_before_reset", about.path("linear_before_reset").intValue()));
    }
    GraphProto graph =
        GraphProto.newBuilder()
            .addNode(node("Gather", List.of("table", "ids"), "x"))
            .addNode(node)
            .addNode(node("MatMul", List.of("y", "passing"), "scores"))
            .addNode(node("Add", List.of("scores", "bias"), "logits"))
            .addInitializer(
                initializer("table", Arrays.copyOf(x.values(), symbols * inputs), symbols, inputs))
            .addInitializer(weights(name, "W"))
            .addInitializer(weights(name, "R"))
            .addInitializer(weights(name, "B"))
            .addInitializer(initializer("passing", passing, hidden, symbols))
            .addInitializer(initializer("bias", new float[symbols], symbols))
            .build();
    Path file = folder.resolve("node.onnx");
    Files.write(file, ModelProto.newBuilder().setGraph(graph).build().toByteArray());
    String vocabulary =
        IntStream.range(0, symbols)
            .mapToObj(id -> "\"" + Character.toString('一' + id) + "\"")
            .collect(Collectors.joining(",", "[", "]"));
    Path symbolsFile = Files.writeString(folder.resolve("symbols.json"), vocabulary);
    return Interchange.importModel(file, new ImportOptions(Optional.of(symbolsFile), Map.of()));
  }

  private static NodeProto node(String operator, List<String> inputs, String output) {
    return NodeProto.newBuilder().setOpType(operator).addAllInput(inputs).addOutput(output).build();
  }

  private static AttributeProto attribute(String name, long value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  /** With the axis of the directions, of which there is one. */
  private static TensorProto weights(String name, String which) {
    HostTensor tensor = tensor(name, which);
    return tensor.shape().rank() == 1
        ? initializer(which, tensor.values(), 1, tensor.shape().elements())
        : initializer(which, tensor.values(), 1, tensor.shape().rows(), tensor.shape().columns());
  }

  private static TensorProto initializer(String name, float[] values, long... sizes) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
    for (long size : sizes) {
      tensor.addDims(size);
    }
    for (float value : values) {
      tensor.addFloatData(value);
    }
    return tensor.build();
  }

  private static boolean has(String name, String which) {
    return CASES.tensors().containsKey(name + "/" + which);
  }

  private static HostTensor tensor(String name, String which) {
    return Objects.requireNonNull(CASES.tensors().get(name + "/" + which));
  }
}
