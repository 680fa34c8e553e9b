package org.charrnn.testkit.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.charrnn.graph.CounterRandom;
import org.charrnn.graph.Op;
import org.charrnn.graph.Operands;
import org.charrnn.graph.expression.Arithmetic;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;

/** Each kernel exactly as {@link Op} describes it, in double precision. */
class ReferenceKernels implements Kernels {

  /** Applied to every intermediate value; here the value itself. */
  double round(double value) {
    return value;
  }

  double apply(UnaryFunction function, double a) {
    return round(function.apply(a));
  }

  double apply(BinaryFunction function, double a, double b) {
    return round(function.apply(a, b));
  }

  @Override
  public void run(Operands<Operand> kernel) {
    switch (kernel) {
      case Operands.MatMul<Operand> product -> matMul(product);
      case Operands.Uniform<Operand>(int salt, Operand seed, Operand result) ->
          uniform(salt, seed, result);
      case Operands.Gather<Operand>(Operand table, Operand ids, Operand result) ->
          gather(table, ids, result);
      case Operands.ScatterAdd<Operand>(Operand values, Operand ids, Operand result) ->
          scatterAdd(values, ids, result);
      case Operands.UniqueRows<Operand>(int _, Operand ids, Operand rows, Operand slots) ->
          uniqueRows(ids, rows, slots);
      case Operands.Elementwise<Operand> elementwise -> elementwise(elementwise);
      case Operands.UpdateRows<Operand> update -> updateRows(update);
      case Operands.Sum<Operand>(Operand operand, Operand result) -> sum(operand, result);
      case Operands.CrossEntropy<Operand> crossEntropy -> crossEntropy(crossEntropy);
    }
  }

  private void matMul(Operands.MatMul<Operand> product) {
    Operand left = product.left();
    Operand right = product.right();
    Operand result = product.result();
    int depth = product.transposeLeft() ? left.rows() : left.columns();
    double[] column = new double[depth]; // of the right operand
    for (int j = 0; j < result.columns(); j++) {
      for (int k = 0; k < depth; k++) {
        column[k] = product.transposeRight() ? right.get(j, k) : right.get(k, j);
      }
      for (int i = 0; i < result.rows(); i++) {
        double sum = product.addend().isPresent() ? product.addend().get().broadcast(i, j) : 0;
        for (int k = 0; k < depth; k++) {
          double factor = product.transposeLeft() ? left.get(k, i) : left.get(i, k);
          sum = round(sum + round(factor * column[k]));
        }
        result.set(i, j, sum);
      }
    }
  }

  private static void uniform(int salt, Operand seed, Operand result) {
    for (int i = 0; i < result.elements(); i++) {
      result.setFlat(i, CounterRandom.uniform(seed.id(0), salt, i));
    }
  }

  private static void gather(Operand table, Operand ids, Operand result) {
    for (int i = 0; i < ids.elements(); i++) {
      result.setRow(i, table.row(requireRow(ids.id(i), table)), 0);
    }
  }

  private void scatterAdd(Operand values, Operand ids, Operand result) {
    result.fill(0);
    for (int i = 0; i < ids.elements(); i++) {
      if (ids.id(i) >= 0) {
        int row = requireRow(ids.id(i), result);
        for (int j = 0; j < result.columns(); j++) {
          result.set(row, j, round(result.get(row, j) + values.get(i, j)));
        }
      }
    }
  }

  private static int requireRow(int id, Operand table) {
    if (id < 0 || id >= table.rows()) {
      throw new IllegalStateException("id " + id + " is not in [0, " + table.rows() + ")");
    }
    return id;
  }

  private static void uniqueRows(Operand ids, Operand rows, Operand slots) {
    int count = 0;
    for (int i = 0; i < ids.elements(); i++) {
      int slot = 0;
      while (slot < count && rows.id(slot) != ids.id(i)) {
        slot++;
      }
      if (slot == count) {
        rows.setId(count++, ids.id(i));
      }
      slots.setId(i, slot);
    }
    for (int i = count; i < rows.elements(); i++) {
      rows.setId(i, -1);
    }
  }

  private void elementwise(Operands.Elementwise<Operand> kernel) {
    int[] rows = IntStream.range(0, kernel.results().getFirst().rows()).toArray();
    List<double[]> operands =
        kernel.operands().stream().map(operand -> rowsOf(operand, rows, kernel.results())).toList();
    evaluate(kernel.expression(), operands, kernel.results(), rows);
  }

  private void updateRows(Operands.UpdateRows<Operand> kernel) {
    int[] places =
        IntStream.range(0, kernel.ids().elements()).filter(i -> kernel.ids().id(i) >= 0).toArray();
    int[] ids =
        IntStream.of(places)
            .map(i -> requireRow(kernel.ids().id(i), kernel.results().getFirst()))
            .toArray();
    List<double[]> operands = new ArrayList<>();
    for (int i = 0; i < kernel.operands().size(); i++) {
      boolean isTable = kernel.tables().contains(i);
      operands.add(rowsOf(kernel.operands().get(i), isTable ? ids : places, kernel.results()));
    }
    evaluate(kernel.expression(), operands, kernel.results(), ids);
  }

  /** Some rows of an operand, broadcast to the columns of the results. */
  private static double[] rowsOf(Operand operand, int[] rows, List<Operand> results) {
    int columns = results.getFirst().columns();
    double[] values = new double[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns; j++) {
        values[i * columns + j] = operand.broadcast(rows[i], j);
      }
    }
    return values;
  }

  /** Computes some rows of the results. */
  private void evaluate(
      Expression expression, List<double[]> operands, List<Operand> results, int[] rows) {
    int columns = results.getFirst().columns();
    List<double[]> values =
        expression.evaluate(new ArrayArithmetic(rows.length * columns), operands);
    for (int r = 0; r < results.size(); r++) {
      for (int i = 0; i < rows.length; i++) {
        results.get(r).setRow(rows[i], values.get(r), i * columns);
      }
    }
  }

  /** Evaluates an expression element by element. */
  private final class ArrayArithmetic implements Arithmetic<double[]> {

    private final int elements;

    ArrayArithmetic(int elements) {
      this.elements = elements;
    }

    @Override
    public double[] constant(double value) {
      double[] values = new double[elements];
      Arrays.fill(values, round(value));
      return values;
    }

    @Override
    public double[] unary(UnaryFunction function, double[] a) {
      double[] values = new double[elements];
      for (int i = 0; i < elements; i++) {
        values[i] = apply(function, a[i]);
      }
      return values;
    }

    @Override
    public double[] binary(BinaryFunction function, double[] a, double[] b) {
      double[] values = new double[elements];
      for (int i = 0; i < elements; i++) {
        values[i] = apply(function, a[i], b[i]);
      }
      return values;
    }
  }

  private void sum(Operand operand, Operand result) {
    result.fill(0);
    for (int i = 0; i < operand.rows(); i++) {
      for (int j = 0; j < operand.columns(); j++) {
        int row = i % result.rows();
        int column = result.columns() == 1 ? 0 : j;
        result.set(row, column, round(result.get(row, column) + operand.get(i, j)));
      }
    }
  }

  private void crossEntropy(Operands.CrossEntropy<Operand> kernel) {
    for (int i = 0; i < kernel.targets().elements(); i++) {
      int row = i;
      int target = kernel.targets().id(row);
      double[] scores = kernel.logits().row(row);
      if (target >= scores.length) {
        throw new IllegalStateException("target " + target + " of logits " + scores.length);
      }
      double[] exponentials = exponentials(scores);
      double sum = sum(exponentials);
      // Subtracting in this order keeps the digits of large scores.
      kernel
          .loss()
          .ifPresent(loss ->
              loss.setFlat(
                  row, target < 0 ? 0 : round(Math.log(sum) - (scores[target] - max(scores)))));
      if (kernel.gradient().isPresent()) {
        double factor = factor(kernel.upstream(), row);
        double[] gradient = new double[scores.length];
        for (int j = 0; target >= 0 && j < scores.length; j++) {
          double slope = round(exponentials[j] / sum) - (j == target ? 1 : 0);
          gradient[j] = round(slope * factor);
        }
        kernel.gradient().get().setRow(row, gradient, 0);
      }
    }
  }

  /** The gradient of one loss. */
  private static double factor(Optional<Operand> upstream, int row) {
    Operand gradients = upstream.orElseThrow();
    return gradients.flat(gradients.elements() == 1 ? 0 : row);
  }

  private double[] exponentials(double[] scores) {
    double max = max(scores);
    return Arrays.stream(scores).map(score -> round(Math.exp(score - max))).toArray();
  }

  private double sum(double[] values) {
    return Arrays.stream(values).reduce(0, (sum, value) -> round(sum + value));
  }

  private static double max(double[] scores) {
    return Arrays.stream(scores).reduce(Double.NEGATIVE_INFINITY, Math::max);
  }
}
