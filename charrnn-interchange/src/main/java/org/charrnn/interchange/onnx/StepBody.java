package org.charrnn.interchange.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.charrnn.api.Cell;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Weights;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Operands;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.interchange.failure.InterchangeException;

/**
 * The step of a cell as the body of an ONNX {@code Scan}: the cell records its step, and each node
 * of the recording becomes nodes of ONNX. The weights are values of the graph around the body, in
 * the layout of charrnn.
 *
 * <p><b>Thread safety.</b> None.
 */
final class StepBody {

  /** Stands for B in the recording: a prime that no tensor of a model has as its height. */
  private static final int BATCH = 1_000_003;

  private static final String INPUT = "x";

  private final Cell cell;
  private final String weights;
  private final Graph recording = new Graph();
  private final OnnxGraph body;
  private final Map<Tensor, String> names = new HashMap<>();
  private final List<String> states = new ArrayList<>();

  private StepBody(Cell cell, String weights, int layer) {
    this.cell = cell;
    this.weights = weights;
    this.body = new OnnxGraph("step", "step" + layer + ".");
  }

  /**
   * Writes the body. Its inputs are the states and then the input of the step; its outputs the new
   * states and then the output of the layer.
   *
   * @param weights what the names of the parameters begin with in the graph around it
   * @param inputSize columns of the input
   * @param readsIds whether the input is ids {@code [B]} instead of rows {@code [B, inputSize]}
   */
  static GraphProto of(
      Cell cell, int layer, String weights, int inputSize, int hiddenSize, boolean readsIds) {
    return new StepBody(cell, weights, layer).write(inputSize, hiddenSize, readsIds);
  }

  private GraphProto write(int inputSize, int hiddenSize, boolean readsIds) {
    Shape stateShape = Shape.of(BATCH, hiddenSize);
    List<Tensor> before = new ArrayList<>();
    for (String state : cell.states()) {
      Tensor tensor = recording.input("state " + state, Type.F32, stateShape);
      String name = body.unnamed();
      body.input(name, DataType.FLOAT, "B", hiddenSize);
      names.put(tensor, name);
      states.add(name);
      before.add(tensor);
    }
    List<Tensor> after =
        cell.step(input(inputSize, readsIds), before, weights(inputSize, hiddenSize));
    List<String> results = new ArrayList<>();
    for (Tensor tensor : after) {
      results.add(body.node("Identity", List.of(value(tensor))));
    }
    results.add(body.node("Identity", List.of(value(after.getFirst()))));
    results.forEach(result -> body.output(result, DataType.FLOAT, "B", hiddenSize));
    return body.build();
  }

  private Tensor input(int inputSize, boolean readsIds) {
    String name = body.unnamed();
    Tensor input;
    if (readsIds) {
      input = recording.input(INPUT, Type.I32, Shape.of(BATCH));
      body.input(name, DataType.INT64, "B");
    } else {
      input = recording.input(INPUT, Type.F32, Shape.of(BATCH, inputSize));
      body.input(name, DataType.FLOAT, "B", inputSize);
    }
    names.put(input, name);
    return input;
  }

  private Weights weights(int inputSize, int hiddenSize) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (ParameterSpec spec : cell.parameters(inputSize, hiddenSize)) {
      Tensor tensor = recording.parameter(spec.name(), spec.shape());
      names.put(tensor, weights + spec.name());
      tensors.put(spec.name(), tensor);
    }
    return new Weights(tensors);
  }

  // ---- nodes

  /** The name of a value, which is written first if nothing needed it before. */
  private String value(Tensor tensor) {
    String known = names.get(tensor);
    if (known != null) {
      return known;
    }
    Node node =
        Objects.requireNonNull(recording.definition(tensor), "a value without a definition");
    if (!(node.op() instanceof Op.Kernel kernel)) {
      throw unsupported(node);
    }
    switch (Operands.of(kernel, node.inputs(), node.outputs())) {
      case Operands.MatMul<Tensor> product -> names.put(tensor, product(product));
      case Operands.Gather<Tensor> gather ->
          names.put(
              tensor, body.node("Gather", List.of(value(gather.table()), value(gather.ids()))));
      case Operands.Elementwise<Tensor> elementwise -> elementwise(elementwise);
      case Operands.Sum<Tensor> sum -> names.put(tensor, sum(sum));
      default -> throw unsupported(node);
    }
    return Objects.requireNonNull(names.get(tensor));
  }

  private InterchangeException unsupported(Node node) {
    return new InterchangeException(
        "Cell '" + cell.name() + "'",
        String.format(Locale.ROOT, "uses %s, which has no counterpart in ONNX", node.op()));
  }

  private String product(Operands.MatMul<Tensor> operands) {
    String left = matrix(operands.left(), operands.transposeLeft());
    String right = matrix(operands.right(), operands.transposeRight());
    String product = body.node("MatMul", List.of(left, right));
    return operands
        .addend()
        .map(addend -> body.node("Add", List.of(product, value(addend))))
        .orElse(product);
  }

  /** A value as a matrix; a vector is a matrix of one row. */
  private String matrix(Tensor tensor, boolean transposed) {
    String name = value(tensor);
    String matrix =
        tensor.shape().rank() == 2
            ? name
            : body.node("Reshape", List.of(name, body.integers(-1, tensor.shape().columns())));
    return transposed
        ? body.node("Transpose", List.of(matrix), OnnxGraph.attribute("perm", 1, 0))
        : matrix;
  }

  private void elementwise(Operands.Elementwise<Tensor> elementwise) {
    Shape result = elementwise.results().getFirst().shape();
    List<Tensor> operands = elementwise.operands();
    for (Tensor operand : operands) {
      if (operand.shape().rows() != 1 && operand.shape().rows() != result.rows()) {
        throw new InterchangeException(
            "Cell '" + cell.name() + "'",
            String.format(
                Locale.ROOT,
                "repeats the rows of a tensor of shape %s in one of shape %s, which ONNX cannot"
                    + " express",
                operand.shape(),
                result));
      }
    }
    List<String> inputs = operands.stream().map(this::value).toList();
    List<String> values = elementwise.expression().evaluate(new OnnxArithmetic(body), inputs);
    for (int i = 0; i < values.size(); i++) {
      names.put(elementwise.results().get(i), expanded(values.get(i), operands, result));
    }
  }

  /** The operands of an operator are repeated to their common shape; to a larger one by force. */
  private String expanded(String value, List<Tensor> operands, Shape result) {
    boolean sameRows = operands.stream().anyMatch(it -> it.shape().rows() == result.rows());
    boolean sameColumns =
        operands.stream().anyMatch(it -> it.shape().columns() == result.columns());
    if (sameRows
        && sameColumns
        && operands.stream().anyMatch(it -> it.shape().rank() == result.rank())) {
      return value;
    }
    if (result.rank() == 0) {
      return value;
    }
    String sizes =
        result.rows() == BATCH
            ? body.node(
                "Concat",
                List.of(batchSize(), body.integers(result.columns())),
                OnnxGraph.attribute("axis", 0))
            : body.integers(sizes(result));
    return body.node("Expand", List.of(value, sizes));
  }

  private static long[] sizes(Shape shape) {
    long[] sizes = new long[shape.rank()];
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = shape.size(axis);
    }
    return sizes;
  }

  /** B, as a vector of one element. */
  private String batchSize() {
    String shape = body.node("Shape", List.of(states.getFirst()));
    return body.node("Slice", List.of(shape, body.integers(0), body.integers(1)));
  }

  private String sum(Operands.Sum<Tensor> operands) {
    Shape from = operands.operand().shape();
    Shape to = operands.result().shape();
    boolean keepsRows = to.rows() == from.rows();
    boolean keepsColumns = to.columns() == from.columns();
    if (!keepsRows && to.rows() != 1) {
      throw new InterchangeException(
          "Cell '" + cell.name() + "'",
          String.format(
              Locale.ROOT,
              "sums a tensor of shape %s to one of shape %s, which ONNX cannot express",
              from,
              to));
    }
    String matrix = matrix(operands.operand(), false);
    long[] axes = keepsRows ? new long[] {1} : keepsColumns ? new long[] {0} : new long[] {0, 1};
    String sum =
        keepsRows && keepsColumns
            ? matrix
            : body.node("ReduceSum", List.of(matrix, body.integers(axes)));
    return to.rank() == 2 ? sum : body.node("Reshape", List.of(sum, body.integers(sizes(to))));
  }
}
