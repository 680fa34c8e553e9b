package org.charrnn.interchange.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.charrnn.graph.Shape;
import org.charrnn.interchange.failure.InterchangeException;
import org.charrnn.interchange.layout.FusedCell;
import org.charrnn.interchange.layout.Gate;
import org.charrnn.interchange.layout.ImportedWeights;
import org.charrnn.interchange.layout.Matrices;
import org.charrnn.interchange.layout.Provenance;
import org.charrnn.text.checkpoint.HostTensor;

/**
 * Reads the weights of an ONNX graph: one that {@link OnnxWriter} wrote, or a chain of a look-up of
 * rows, recurrent operators and a linear layer, as other exporters write it.
 */
public final class OnnxReader {

  /** Operators that only pass values on, or prepare states. */
  private static final Set<String> PASSING =
      Set.of(
          "Identity",
          "Unsqueeze",
          "Squeeze",
          "Reshape",
          "Shape",
          "Slice",
          "Concat",
          "ConstantOfShape",
          "Constant",
          "OneHot",
          "LogSoftmax",
          "Cast");

  private final String source;
  private final ModelProto model;
  private final GraphProto graph;
  private final Map<String, TensorProto> initializers = new HashMap<>();
  private final Map<String, HostTensor> parameters = new LinkedHashMap<>();
  private String cell = "";
  private int layers;

  private OnnxReader(String source, ModelProto model) {
    this.source = source;
    this.model = model;
    this.graph = model.getGraph();
    graph.getInitializerList().forEach(tensor -> initializers.put(tensor.getName(), tensor));
  }

  /**
   * A reader of a model.
   *
   * @param source what it was read from, for messages
   * @throws InterchangeException if it is not a model
   */
  public static OnnxReader of(String source, byte[] onnx) {
    return new OnnxReader(source, parse(source, onnx));
  }

  /** Checks that a file is an ONNX model, of whatever kind. */
  public static void requireModel(String source, byte[] onnx) {
    parse(source, onnx);
  }

  /**
   * The weights.
   *
   * @throws InterchangeException if the model has an operator, an attribute or a layout that no
   *     cell has
   */
  public ImportedWeights weights() {
    return metadata("charrnn.cell").isEmpty() || !isScanned() ? chain() : scanned();
  }

  /** What the metadata says about the model. */
  public Provenance provenance() {
    return Provenance.of(
        source,
        "ONNX",
        metadata("charrnn.configuration"),
        metadata("charrnn.vocabulary"),
        metadata("charrnn.counts"));
  }

  private static ModelProto parse(String source, byte[] onnx) {
    try {
      ModelProto model = ModelProto.parseFrom(onnx);
      if (model.getGraph().getNodeCount() > 0) {
        return model;
      }
    } catch (InvalidProtocolBufferException e) {
      throw new InterchangeException(source, "is not an ONNX model: " + e.getMessage());
    }
    throw new InterchangeException(source, "is not an ONNX model: it has no nodes");
  }

  private String metadata(String key) {
    return model.getMetadataPropsList().stream()
        .filter(entry -> entry.getKey().equals(key))
        .map(StringStringEntryProto::getValue)
        .findFirst()
        .orElse("");
  }

  // ---- any cell, written as a Scan

  private boolean isScanned() {
    return graph.getNodeList().stream().anyMatch(node -> node.getOpType().equals("Scan"));
  }

  private ImportedWeights scanned() {
    cell = metadata("charrnn.cell");
    for (String name : initializers.keySet().stream().sorted().toList()) {
      if (name.equals("embedding") || name.startsWith("output.") || name.startsWith(cell + ".")) {
        parameters.put(name, tensor(name));
      }
    }
    return new ImportedWeights(source, cell, parameters);
  }

  // ---- a chain of operators

  private ImportedWeights chain() {
    Map<String, HostTensor> linear = new LinkedHashMap<>();
    boolean tied = false;
    for (NodeProto node : graph.getNodeList()) {
      switch (node.getOpType()) {
        case "Gather" -> gather(node);
        case "GRU", "LSTM", "RNN" -> recurrent(node);
        case "Transpose" -> tied |= parameters.containsKey("embedding");
        case "MatMul", "Gemm" -> linear(node, linear);
        case "Add" ->
            initializer(node, 1).ifPresent(name -> parameters.put("output.bias", vector(name)));
        default -> {
          if (!PASSING.contains(node.getOpType())) {
            throw new InterchangeException(
                source,
                String.format(
                    Locale.ROOT,
                    "has an operator %s (node '%s'), which no model of charrnn has",
                    node.getOpType(),
                    node.getName()));
          }
        }
      }
    }
    if (layers == 0) {
      throw new InterchangeException(source, "has no GRU, LSTM or RNN");
    }
    List<HostTensor> weights = List.copyOf(linear.values());
    if (weights.size() > 1) {
      throw new InterchangeException(source, "has several linear layers: " + linear.keySet());
    }
    if (!weights.isEmpty()) {
      parameters.put(tied ? "output.projection" : "output.weight", weights.getFirst());
    }
    return new ImportedWeights(source, cell, parameters);
  }

  private void gather(NodeProto node) {
    initializer(node, 0).ifPresent(name -> parameters.put("embedding", tensor(name)));
  }

  private void linear(NodeProto node, Map<String, HostTensor> linear) {
    initializer(node, 1)
        .ifPresent(name -> {
          boolean transposed = integer(node, "transB", 0) != 0;
          linear.put(name, transposed ? Matrices.transpose(tensor(name)) : tensor(name));
        });
    if (node.getOpType().equals("Gemm")) {
      initializer(node, 2).ifPresent(name -> parameters.put("output.bias", vector(name)));
    }
  }

  private void recurrent(NodeProto node) {
    FusedCell operator = operator(node);
    if (layers > 0 && !operator.cellName().equals(cell)) {
      throw new InterchangeException(source, "has layers of different kinds");
    }
    cell = operator.cellName();
    int gates = operator.onnxGates().size();
    HostTensor inputs = matrix(node, 1);
    HostTensor recurrent = matrix(node, 2);
    int hidden = recurrent.shape().columns();
    HostTensor biases =
        initializer(node, 3)
            .map(this::vector)
            .orElseGet(
                () -> new HostTensor(Shape.of(2 * gates * hidden), new float[2 * gates * hidden]));
    if (inputs.shape().rows() != gates * hidden
        || recurrent.shape().rows() != gates * hidden
        || biases.shape().elements() != 2 * gates * hidden) {
      throw new InterchangeException(
          source,
          String.format(
              Locale.ROOT, "has weights of impossible shapes in node '%s'", node.getName()));
    }
    HostTensor first = Matrices.piece(biases, 0, 2);
    HostTensor second = Matrices.piece(biases, 1, 2);
    String prefix = cell + "." + layers + ".";
    for (int i = 0; i < gates; i++) {
      Gate gate = operator.onnxGates().get(i);
      parameters.put(
          prefix + gate.inputWeight(), Matrices.transpose(Matrices.block(inputs, i, gates)));
      parameters.put(
          prefix + gate.recurrentWeight(), Matrices.transpose(Matrices.block(recurrent, i, gates)));
      if (operator.hasRecurrentBias()) {
        parameters.put(prefix + gate.inputBias(), Matrices.piece(first, i, gates));
        parameters.put(prefix + gate.recurrentBias(), Matrices.piece(second, i, gates));
      } else {
        parameters.put(
            prefix + gate.inputBias(), Matrices.piece(Matrices.sum(first, second), i, gates));
      }
    }
    layers++;
  }

  private FusedCell operator(NodeProto node) {
    for (AttributeProto attribute : node.getAttributeList()) {
      boolean usual =
          switch (attribute.getName()) {
            case "hidden_size", "linear_before_reset" -> true;
            case "direction" -> attribute.getS().toStringUtf8().equals("forward");
            case "layout" -> attribute.getI() == 0;
            default -> false;
          };
      if (!usual) {
        throw new InterchangeException(
            source,
            String.format(
                Locale.ROOT,
                "has node '%s' with attribute '%s', which no cell of charrnn has",
                node.getName(),
                attribute.getName()));
      }
    }
    if (node.getInputCount() > 7 && !node.getInput(7).isEmpty()) {
      throw new InterchangeException(
          source,
          String.format(
              Locale.ROOT, "has node '%s' with peepholes, which no cell has", node.getName()));
    }
    return switch (node.getOpType()) {
      case "LSTM" -> FusedCell.LSTM;
      case "RNN" -> FusedCell.RNN;
      default ->
          integer(node, "linear_before_reset", 0) == 0 ? FusedCell.GRU : FusedCell.GRU_RESET_AFTER;
    };
  }

  // ---- tensors

  private Optional<String> initializer(NodeProto node, int input) {
    return node.getInputCount() > input && initializers.containsKey(node.getInput(input))
        ? Optional.of(node.getInput(input))
        : Optional.empty();
  }

  private static long integer(NodeProto node, String attribute, long otherwise) {
    return node.getAttributeList().stream()
        .filter(it -> it.getName().equals(attribute))
        .mapToLong(AttributeProto::getI)
        .findFirst()
        .orElse(otherwise);
  }

  /** The weights of one direction, {@code [1, rows, columns]}, as a matrix. */
  private HostTensor matrix(NodeProto node, int input) {
    String name =
        initializer(node, input)
            .orElseThrow(() ->
                new InterchangeException(
                    source,
                    String.format(
                        Locale.ROOT, "has node '%s' whose weights are computed", node.getName())));
    HostTensor tensor = tensor(name);
    if (tensor.shape().rank() != 3 || tensor.shape().size(0) != 1) {
      throw new InterchangeException(
          source,
          String.format(
              Locale.ROOT,
              "has weights '%s' of shape %s; only one direction can be imported",
              name,
              tensor.shape()));
    }
    return new HostTensor(
        Shape.of(tensor.shape().size(1), tensor.shape().size(2)), tensor.values());
  }

  private HostTensor vector(String name) {
    float[] values = tensor(name).values();
    return new HostTensor(Shape.of(values.length), values);
  }

  private HostTensor tensor(String name) {
    TensorProto tensor = initializers.get(name);
    if (tensor == null || tensor.getDataType() != TensorProto.DataType.FLOAT.getNumber()) {
      throw new InterchangeException(source, "has tensor '" + name + "' that is not of type float");
    }
    long elements = 1;
    int[] sizes = new int[tensor.getDimsCount()];
    for (int axis = 0; axis < sizes.length; axis++) {
      long size = tensor.getDims(axis);
      if (size < 1 || size > Integer.MAX_VALUE || elements * size > Integer.MAX_VALUE) {
        throw new InterchangeException(
            source,
            String.format(
                Locale.ROOT, "has tensor '%s' of impossible shape %s", name, tensor.getDimsList()));
      }
      sizes[axis] = (int) size;
      elements *= size;
    }
    float[] values = values(tensor);
    if (values.length != elements) {
      throw new InterchangeException(
          source,
          String.format(
              Locale.ROOT,
              "has tensor '%s' of %d numbers, its shape %s asks for %d",
              name,
              values.length,
              tensor.getDimsList(),
              elements));
    }
    HostTensor read = new HostTensor(Shape.of(sizes), values);
    if (!read.isFinite()) {
      throw InterchangeException.notFinite(source, name);
    }
    return read;
  }

  private static float[] values(TensorProto tensor) {
    if (tensor.getRawData().isEmpty()) {
      float[] values = new float[tensor.getFloatDataCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = tensor.getFloatData(i);
      }
      return values;
    }
    ByteBuffer bytes = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }
}
