package org.charrnn.interchange.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.charrnn.api.Cell;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.graph.Shape;
import org.charrnn.interchange.layout.FusedCell;
import org.charrnn.interchange.layout.Gate;
import org.charrnn.interchange.layout.Matrices;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.ModelConfig;

/**
 * Writes a model as an ONNX graph.
 *
 * <p>Inputs: {@code ids} int64 {@code [T, B]} and, for each layer and state, {@code
 * state.<layer>.<name>} float {@code [B, H]}. Outputs: {@code logits} float {@code [T, B, V]} and
 * the states after the last step, {@code state.<layer>.<name>.out}. T and B may differ from run to
 * run. A scorer has neither states in nor out, begins with a state of zeros, and its output is
 * {@code log_probabilities}.
 *
 * <p>Source: operators GRU-14, LSTM-14, RNN-14 and Scan-16 of ONNX, operator set 17.
 *
 * <p><b>Thread safety.</b> None.
 */
public final class OnnxWriter {

  /** The output of a scorer. */
  public static final String LOG_PROBABILITIES = "log_probabilities";

  /** The output of a model with states. */
  public static final String LOGITS = "logits";

  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 17;

  private final ModelConfig config;
  private final int vocabularySize;
  private final Map<String, HostTensor> parameters;
  private final Cell cell;
  private final Optional<FusedCell> fused;
  private final boolean scorer;
  private final OnnxGraph graph = new OnnxGraph("charrnn", "");

  private OnnxWriter(SavedModel model, boolean fuse, boolean scorer) {
    this.config = model.config().model();
    this.vocabularySize = model.vocabulary().size();
    this.parameters = model.tensors();
    this.cell = Plugins.cells().get(config.cell());
    this.fused = fuse ? FusedCell.of(config.cell()) : Optional.empty();
    this.scorer = scorer;
  }

  /**
   * The graph of a model.
   *
   * @param fuse whether the bundled cells become the fused operators of ONNX; otherwise every cell
   *     becomes a {@code Scan}
   * @param scorer whether the states are left out and log-probabilities come out
   * @param metadata what goes into the metadata of the model, by name
   */
  public static ModelProto write(
      SavedModel model, boolean fuse, boolean scorer, Map<String, String> metadata) {
    OnnxWriter writer = new OnnxWriter(model, fuse, scorer);
    writer.write();
    ModelProto.Builder onnx =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("charrnn")
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET))
            .setGraph(writer.graph.build());
    metadata.forEach((key, value) ->
        onnx.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return onnx.build();
  }

  private void write() {
    graph.input("ids", DataType.INT64, "T", "B");
    boolean embeds = config.embeddingColumns() > 0;
    String x = embeds ? embedded() : "ids";
    List<Runnable> outputs = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      int inputSize =
          layer > 0 ? config.hiddenSize() : embeds ? config.embeddingColumns() : vocabularySize;
      boolean readsIds = layer == 0 && !embeds;
      x =
          fused.isPresent()
              ? fusedLayer(fused.get(), layer, readsIds ? oneHot() : x, inputSize, outputs)
              : scannedLayer(layer, x, inputSize, readsIds, outputs);
    }
    head(x);
    outputs.forEach(Runnable::run);
  }

  // ---- before and after the layers

  private String embedded() {
    initializer("embedding");
    return graph.node("Gather", List.of("embedding", "ids"));
  }

  private String oneHot() {
    graph.initializer("one_hot", new float[] {0, 1}, 2);
    return graph.node("OneHot", List.of("ids", graph.integer(vocabularySize), "one_hot"));
  }

  private void head(String y) {
    String scores;
    if (config.tieWeights()) {
      String row = y;
      if (parameters.containsKey("output.projection")) {
        initializer("output.projection");
        row = graph.node("MatMul", List.of(y, "output.projection"));
      }
      String transposed =
          graph.node("Transpose", List.of("embedding"), OnnxGraph.attribute("perm", 1, 0));
      scores = graph.node("MatMul", List.of(row, transposed));
    } else {
      initializer("output.weight");
      scores = graph.node("MatMul", List.of(y, "output.weight"));
    }
    initializer("output.bias");
    if (scorer) {
      String logits = graph.node("Add", List.of(scores, "output.bias"));
      graph.node(
          "LogSoftmax",
          List.of(logits),
          List.of(LOG_PROBABILITIES),
          OnnxGraph.attribute("axis", -1));
      graph.output(LOG_PROBABILITIES, DataType.FLOAT, "T", "B", vocabularySize);
    } else {
      graph.node("Add", List.of(scores, "output.bias"), List.of(LOGITS));
      graph.output(LOGITS, DataType.FLOAT, "T", "B", vocabularySize);
    }
  }

  private void initializer(String name) {
    graph.initializer(name, parameter(name));
  }

  private HostTensor parameter(String name) {
    return Objects.requireNonNull(parameters.get(name), () -> "there is no '" + name + "'");
  }

  // ---- layers

  private String fusedLayer(
      FusedCell operator, int layer, String x, int inputSize, List<Runnable> outputs) {
    String name = "layer." + layer;
    int gates = operator.onnxGates().size();
    int hidden = config.hiddenSize();
    String weights = config.cell() + "." + layer + ".";
    graph.initializer(
        name + ".W",
        stacked(operator, weights, Gate::inputWeight),
        1,
        (long) gates * hidden,
        inputSize);
    graph.initializer(
        name + ".R",
        stacked(operator, weights, Gate::recurrentWeight),
        1,
        (long) gates * hidden,
        hidden);
    graph.initializer(name + ".B", biases(operator, weights), 1, 2L * gates * hidden);
    List<String> inputs = new ArrayList<>(List.of(x, name + ".W", name + ".R", name + ".B", ""));
    List<String> results = new ArrayList<>(List.of(name + ".Y"));
    for (String state : cell.states()) {
      results.add(name + ".Y_" + state);
      if (!scorer) {
        inputs.add(graph.node("Unsqueeze", List.of(stateInput(layer, state), graph.integers(0))));
        outputs.add(() -> {
          String out = stateName(layer, state) + ".out";
          graph.node("Squeeze", List.of(name + ".Y_" + state, graph.integers(0)), List.of(out));
          graph.output(out, DataType.FLOAT, "B", hidden);
        });
      }
    }
    graph.node(
        operator.onnxOperator(),
        scorer ? inputs.subList(0, 4) : inputs,
        results,
        attributes(operator));
    return graph.node("Squeeze", List.of(name + ".Y", graph.integers(1)));
  }

  private AttributeProto[] attributes(FusedCell operator) {
    AttributeProto hidden = OnnxGraph.attribute("hidden_size", config.hiddenSize());
    return operator.onnxOperator().equals("GRU")
        ? new AttributeProto[] {
          hidden, OnnxGraph.attribute("linear_before_reset", operator.hasRecurrentBias() ? 1 : 0)
        }
        : new AttributeProto[] {hidden};
  }

  private float[] stacked(FusedCell operator, String weights, Function<Gate, String> which) {
    return Matrices.stack(
            operator.onnxGates().stream()
                .map(gate -> Matrices.transpose(parameter(weights + which.apply(gate))))
                .toList())
        .values();
  }

  private float[] biases(FusedCell operator, String weights) {
    List<HostTensor> biases = new ArrayList<>();
    operator.onnxGates().forEach(gate -> biases.add(parameter(weights + gate.inputBias())));
    operator
        .onnxGates()
        .forEach(gate ->
            biases.add(
                operator.hasRecurrentBias()
                    ? parameter(weights + gate.recurrentBias())
                    : zeros(config.hiddenSize())));
    return Matrices.concatenate(biases).values();
  }

  private static HostTensor zeros(int length) {
    return new HostTensor(Shape.of(length), new float[length]);
  }

  private String scannedLayer(
      int layer, String x, int inputSize, boolean readsIds, List<Runnable> outputs) {
    int hidden = config.hiddenSize();
    String weights = config.cell() + "." + layer + ".";
    for (ParameterSpec spec : cell.parameters(inputSize, hidden)) {
      initializer(weights + spec.name());
    }
    List<String> inputs = new ArrayList<>();
    List<String> results = new ArrayList<>();
    for (String state : cell.states()) {
      if (scorer) {
        inputs.add(zeroState());
        results.add(graph.unnamed());
      } else {
        String out = stateName(layer, state) + ".out";
        inputs.add(stateInput(layer, state));
        results.add(out);
        outputs.add(() -> graph.output(out, DataType.FLOAT, "B", hidden));
      }
    }
    inputs.add(x);
    String y = graph.unnamed();
    results.add(y);
    graph.node(
        "Scan",
        inputs,
        results,
        OnnxGraph.attribute("num_scan_inputs", 1),
        OnnxGraph.attribute(
            "body", StepBody.of(cell, layer, weights, inputSize, hidden, readsIds)));
    return y;
  }

  /** A state of zeros, {@code [B, H]}. */
  private String zeroState() {
    String shape = graph.node("Shape", List.of("ids"));
    String batch = graph.node("Slice", List.of(shape, graph.integers(1), graph.integers(2)));
    String sizes =
        graph.node(
            "Concat",
            List.of(batch, graph.integers(config.hiddenSize())),
            OnnxGraph.attribute("axis", 0));
    return graph.node("ConstantOfShape", List.of(sizes));
  }

  private String stateInput(int layer, String state) {
    String name = stateName(layer, state);
    graph.input(name, DataType.FLOAT, "B", config.hiddenSize());
    return name;
  }

  private static String stateName(int layer, String state) {
    return "state." + layer + "." + state;
  }
}
