package org.charrnn.testkit.reference;

import java.util.Arrays;
import java.util.List;
import org.charrnn.graph.BinaryFunction;
import org.charrnn.graph.CounterRandom;
import org.charrnn.graph.Expression;
import org.charrnn.graph.Op;
import org.charrnn.graph.UnaryFunction;

/**
 * Each kernel as its description in {@link Op} reads, in double precision and without any haste.
 */
class ReferenceKernels implements Kernels {

  /** Applied to every intermediate value; here the value itself. */
  double round(double value) {
    return value;
  }

  @Override
  public void run(Op.Kernel kernel, List<Operand> in, List<Operand> out) {
    switch (kernel) {
      case Op.MatMul(boolean transposeA, boolean transposeB) ->
          matMul(transposeA, transposeB, in, out.getFirst());
      case Op.Uniform(int salt) -> uniform(salt, in.getFirst(), out.getFirst());
      case Op.Gather() -> gather(in.get(0), in.get(1), out.getFirst());
      case Op.ScatterAdd _ -> scatterAdd(in.get(0), in.get(1), out.getFirst());
      case Op.UniqueRows _ -> uniqueRows(in.getFirst(), out.get(0), out.get(1));
      case Op.Elementwise(Expression expression) -> elementwise(expression, in, out);
      case Op.UpdateRows(Expression expression, List<Integer> tables) ->
          updateRows(expression, tables, in, out);
      case Op.Sum() -> sum(in.getFirst(), out.getFirst());
      case Op.CrossEntropy(boolean loss, boolean gradient) -> crossEntropy(loss, gradient, in, out);
    }
  }

  private void matMul(boolean transposeA, boolean transposeB, List<Operand> in, Operand out) {
    Operand a = in.get(0);
    Operand b = in.get(1);
    int depth = transposeA ? a.rows() : a.columns();
    double[] right = new double[depth];
    for (int j = 0; j < out.columns(); j++) {
      for (int k = 0; k < depth; k++) {
        right[k] = transposeB ? b.get(j, k) : b.get(k, j);
      }
      for (int i = 0; i < out.rows(); i++) {
        double sum = in.size() > 2 ? in.get(2).repeated(i, j) : 0;
        for (int k = 0; k < depth; k++) {
          double left = transposeA ? a.get(k, i) : a.get(i, k);
          sum = round(sum + round(left * right[k]));
        }
        out.set(i, j, sum);
      }
    }
  }

  private static void uniform(int salt, Operand seed, Operand out) {
    for (int i = 0; i < out.rows(); i++) {
      for (int j = 0; j < out.columns(); j++) {
        out.set(i, j, CounterRandom.uniform(seed.id(0), salt, i * out.columns() + j));
      }
    }
  }

  private static void gather(Operand table, Operand ids, Operand out) {
    for (int i = 0; i < ids.elements(); i++) {
      int id = requireRow(ids.id(i), table.rows());
      for (int j = 0; j < table.columns(); j++) {
        out.set(i, j, table.get(id, j));
      }
    }
  }

  private void scatterAdd(Operand values, Operand ids, Operand out) {
    for (int i = 0; i < out.elements(); i++) {
      out.setFlat(i, 0);
    }
    for (int i = 0; i < ids.elements(); i++) {
      if (ids.id(i) >= 0) {
        int row = requireRow(ids.id(i), out.rows());
        for (int j = 0; j < out.columns(); j++) {
          out.set(row, j, round(out.get(row, j) + values.get(i, j)));
        }
      }
    }
  }

  private static int requireRow(int id, int rows) {
    if (id < 0 || id >= rows) {
      throw new IllegalStateException("id " + id + " is not in [0, " + rows + ")");
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

  private void elementwise(Expression expression, List<Operand> in, List<Operand> out) {
    double[] values = new double[expression.operands() + expression.terms().size()];
    for (int i = 0; i < out.getFirst().rows(); i++) {
      for (int j = 0; j < out.getFirst().columns(); j++) {
        for (int o = 0; o < in.size(); o++) {
          values[o] = in.get(o).repeated(i, j);
        }
        evaluate(expression, values);
        for (int r = 0; r < out.size(); r++) {
          out.get(r).set(i, j, values[expression.results().get(r)]);
        }
      }
    }
  }

  /** Fills in the values of the terms, after those of the operands. */
  private void evaluate(Expression expression, double[] values) {
    for (int i = 0; i < expression.terms().size(); i++) {
      Expression.Term term = expression.terms().get(i);
      double value =
          switch (term) {
            case Expression.Term.Constant(double number) -> number;
            case Expression.Term.Unary(UnaryFunction function, int a) -> function.apply(values[a]);
            case Expression.Term.Binary(BinaryFunction function, int a, int b) ->
                function.apply(values[a], values[b]);
          };
      values[expression.operands() + i] = round(value);
    }
  }

  private void updateRows(
      Expression expression, List<Integer> tables, List<Operand> in, List<Operand> out) {
    Operand rows = in.getFirst();
    List<Operand> operands = in.subList(1, in.size());
    double[] values = new double[expression.operands() + expression.terms().size()];
    for (int i = 0; i < rows.elements(); i++) {
      int row = rows.id(i);
      for (int j = 0; row >= 0 && j < out.getFirst().columns(); j++) {
        for (int o = 0; o < operands.size(); o++) {
          values[o] = operands.get(o).repeated(tables.contains(o) ? row : i, j);
        }
        evaluate(expression, values);
        for (int r = 0; r < out.size(); r++) {
          out.get(r)
              .set(requireRow(row, out.get(r).rows()), j, values[expression.results().get(r)]);
        }
      }
    }
  }

  private void sum(Operand in, Operand out) {
    for (int i = 0; i < out.elements(); i++) {
      out.setFlat(i, 0);
    }
    for (int i = 0; i < in.rows(); i++) {
      for (int j = 0; j < in.columns(); j++) {
        int row = i % out.rows();
        int column = out.columns() == 1 ? 0 : j;
        out.set(row, column, round(out.get(row, column) + in.get(i, j)));
      }
    }
  }

  private void crossEntropy(boolean loss, boolean gradient, List<Operand> in, List<Operand> out) {
    Operand logits = in.get(0);
    Operand targets = in.get(1);
    for (int i = 0; i < targets.elements(); i++) {
      int target = targets.id(i);
      double[] scores = logits.row(i);
      if (target >= logits.columns()) {
        throw new IllegalStateException("target " + target + " of logits " + logits.columns());
      }
      double[] exponentials = exponentials(scores);
      double sum = sum(exponentials);
      if (loss) {
        // In this order large scores cost no digits.
        double value = target < 0 ? 0 : Math.log(sum) - (scores[target] - max(scores));
        out.getFirst().setFlat(i, round(value));
      }
      if (gradient) {
        Operand upstream = in.get(2);
        double factor = upstream.flat(upstream.elements() == 1 ? 0 : i);
        for (int j = 0; j < logits.columns(); j++) {
          double slope = round(exponentials[j] / sum) - (j == target ? 1 : 0);
          out.getLast().set(i, j, target < 0 ? 0 : round(slope * factor));
        }
      }
    }
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
