package org.charrnn.testkit.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.graph.CounterRandom;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.expression.Arithmetic;
import org.charrnn.graph.expression.Expression;

/**
 * Computes a recorded graph node by node, with a separate array for each tensor: no compiler, no
 * passes, no planner, no shared memory. Results of compiled programs are compared with these.
 */
final class GraphEvaluator {

  private final Map<Tensor, double[]> floats = new HashMap<>();
  private final Map<Tensor, int[]> ints = new HashMap<>();

  GraphEvaluator() {}

  private GraphEvaluator(GraphEvaluator surrounding) {
    floats.putAll(surrounding.floats);
    ints.putAll(surrounding.ints);
  }

  void put(Tensor leaf, double[] values) {
    floats.put(leaf, values.clone());
  }

  void put(Tensor leaf, int[] ids) {
    ints.put(leaf, ids.clone());
  }

  double[] get(Tensor tensor) {
    return floats.get(tensor);
  }

  void evaluate(Graph graph) {
    evaluate(graph.nodes());
  }

  private void evaluate(List<Node> nodes) {
    for (Node node : nodes) {
      if (node.op() instanceof Op.Scan scan) {
        scan(node, scan);
      } else {
        floats.put(node.outputs().getFirst(), compute(node));
      }
    }
  }

  private double[] compute(Node node) {
    List<Tensor> in = node.inputs();
    Tensor out = node.outputs().getFirst();
    return switch (node.op()) {
      case Op.MatMul(boolean transposeA, boolean transposeB) ->
          product(in.get(0), in.get(1), transposeA, transposeB, out);
      case Op.Uniform(int salt) -> uniform(salt, in.getFirst(), out);
      case Op.Gather() -> gather(in.get(0), in.get(1), out);
      case Op.ScatterAdd _ -> scatter(in.get(0), in.get(1), out);
      case Op.Elementwise(Expression expression) -> elementwise(expression, in, out);
      case Op.Sum() -> sum(in.getFirst(), out);
      case Op.CrossEntropy(boolean loss, boolean _) -> crossEntropy(loss, in, out);
      case Op.UniqueRows _, Op.UpdateRows _, Op.Scan _ ->
          throw new IllegalStateException("not recorded by graphs: " + node.op());
    };
  }

  private double[] product(Tensor a, Tensor b, boolean transposeA, boolean transposeB, Tensor out) {
    double[][] left = transposeA ? transposed(matrix(a)) : matrix(a);
    double[][] right = transposeB ? transposed(matrix(b)) : matrix(b);
    double[] result = new double[out.shape().elements()];
    for (int i = 0; i < left.length; i++) {
      for (int k = 0; k < right.length; k++) {
        for (int j = 0; j < right[k].length; j++) {
          result[i * right[k].length + j] += left[i][k] * right[k][j];
        }
      }
    }
    return result;
  }

  private double[][] matrix(Tensor tensor) {
    int columns = tensor.shape().columns();
    double[][] rows = new double[tensor.shape().rows()][];
    Arrays.setAll(
        rows, i -> Arrays.copyOfRange(floats.get(tensor), i * columns, (i + 1) * columns));
    return rows;
  }

  private static double[][] transposed(double[][] matrix) {
    double[][] result = new double[matrix[0].length][matrix.length];
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix[i].length; j++) {
        result[j][i] = matrix[i][j];
      }
    }
    return result;
  }

  private double[] uniform(int salt, Tensor seed, Tensor out) {
    double[] result = new double[out.shape().elements()];
    Arrays.setAll(result, i -> CounterRandom.uniform(ints.get(seed)[0], salt, i));
    return result;
  }

  private double[] gather(Tensor table, Tensor ids, Tensor out) {
    double[][] rows = matrix(table);
    double[] result = new double[out.shape().elements()];
    int columns = table.shape().columns();
    int[] read = ints.get(ids);
    for (int i = 0; i < read.length; i++) {
      System.arraycopy(rows[read[i]], 0, result, i * columns, columns);
    }
    return result;
  }

  private double[] scatter(Tensor values, Tensor ids, Tensor out) {
    double[] result = new double[out.shape().elements()];
    int columns = out.shape().columns();
    int[] read = ints.get(ids);
    for (int i = 0; i < read.length; i++) {
      for (int j = 0; j < columns; j++) {
        result[read[i] * columns + j] += floats.get(values)[i * columns + j];
      }
    }
    return result;
  }

  private double[] elementwise(Expression expression, List<Tensor> in, Tensor out) {
    double[] result = new double[out.shape().elements()];
    for (int i = 0; i < result.length; i++) {
      List<Double> values = new ArrayList<>();
      for (Tensor operand : in) {
        values.add(broadcast(operand, i, out.shape().columns()));
      }
      result[i] = expression.evaluate(Arithmetic.DOUBLES, values).getFirst();
    }
    return result;
  }

  /**
   * The element of a smaller tensor that is broadcast to element {@code index} of a tensor with
   * {@code columns} columns.
   */
  private double broadcast(Tensor operand, int index, int columns) {
    int row = index / columns % operand.shape().rows();
    int column = operand.shape().columns() == 1 ? 0 : index % columns;
    return floats.get(operand)[row * operand.shape().columns() + column];
  }

  private double[] sum(Tensor in, Tensor out) {
    double[] result = new double[out.shape().elements()];
    double[][] rows = matrix(in);
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        int column = out.shape().columns() == 1 ? 0 : j;
        result[i % out.shape().rows() * out.shape().columns() + column] += rows[i][j];
      }
    }
    return result;
  }

  private double[] crossEntropy(boolean loss, List<Tensor> in, Tensor out) {
    double[][] logits = matrix(in.get(0));
    int[] targets = ints.get(in.get(1));
    double[] result = new double[out.shape().elements()];
    for (int i = 0; i < logits.length; i++) {
      double sum = Arrays.stream(logits[i]).map(Math::exp).sum();
      if (loss) {
        result[i] = Math.log(sum) - logits[i][targets[i]];
        continue;
      }
      double[] upstream = floats.get(in.get(2));
      for (int j = 0; j < logits[i].length; j++) {
        double slope = Math.exp(logits[i][j]) / sum - (j == targets[i] ? 1 : 0);
        result[i * logits[i].length + j] = slope * upstream[upstream.length == 1 ? 0 : i];
      }
    }
    return result;
  }

  private void scan(Node node, Op.Scan scan) {
    List<Tensor> inputs = scan.body().inputs();
    List<Tensor> outputs = scan.body().outputs();
    List<double[]> carried = new ArrayList<>();
    for (int c = 0; c < scan.carried(); c++) {
      carried.add(floats.get(node.inputs().get(scan.sequences() + c)));
    }
    List<double[]> stacks = new ArrayList<>();
    for (Tensor output : outputs) {
      stacks.add(new double[scan.steps() * output.shape().elements()]);
    }
    for (int i = 0; i < scan.steps(); i++) {
      int step = scan.reverse() ? scan.steps() - 1 - i : i;
      GraphEvaluator body = new GraphEvaluator(this);
      for (int s = 0; s < scan.sequences(); s++) {
        body.putSlice(inputs.get(s), node.inputs().get(s), step);
      }
      for (int c = 0; c < scan.carried(); c++) {
        body.put(inputs.get(scan.sequences() + c), carried.get(c));
      }
      body.evaluate(scan.body().nodes());
      for (int o = 0; o < outputs.size(); o++) {
        double[] value = body.get(outputs.get(o));
        System.arraycopy(value, 0, stacks.get(o), step * value.length, value.length);
      }
      for (int c = 0; c < scan.carried(); c++) {
        carried.set(c, body.get(outputs.get(c)));
      }
    }
    for (int o = 0; o < outputs.size(); o++) {
      floats.put(node.outputs().get(o), o < scan.carried() ? carried.get(o) : stacks.get(o));
    }
  }

  private void putSlice(Tensor slice, Tensor sequence, int step) {
    int length = slice.shape().elements();
    int from = step * length;
    if (slice.type() == Type.F32) {
      put(slice, Arrays.copyOfRange(floats.get(sequence), from, from + length));
    } else {
      put(slice, Arrays.copyOfRange(ints.get(sequence), from, from + length));
    }
  }
}
