package org.charrnn.testkit.reference;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.charrnn.graph.BinaryFunction;
import org.charrnn.graph.Expression;
import org.charrnn.graph.Op;
import org.charrnn.graph.Primitive;
import org.charrnn.graph.UnaryFunction;

/** Kernels that are right but for one mistake, each of a kind that has been made before. */
final class BrokenKernels {

  private BrokenKernels() {}

  private interface Mistake {
    /** Whether it ran the kernel. */
    boolean run(Op.Kernel kernel, List<Operand> in, List<Operand> out);
  }

  private static Kernels referenceBut(Mistake mistake) {
    Kernels reference = new ReferenceKernels();
    return (kernel, in, out) -> {
      if (!mistake.run(kernel, in, out)) {
        reference.run(kernel, in, out);
      }
    };
  }

  static Kernels wrong(Primitive primitive) {
    Kernels reference = new ReferenceKernels();
    return referenceBut((kernel, in, out) -> {
      if (kernel instanceof Op.Elementwise(Expression expression)) {
        List<Expression.Term> terms =
            expression.terms().stream().map(term -> spoiled(term, primitive)).toList();
        Expression changed = new Expression(expression.operands(), terms, expression.results());
        reference.run(new Op.Elementwise(changed), in, out);
        return true;
      }
      return false;
    });
  }

  private static Expression.Term spoiled(Expression.Term term, Primitive primitive) {
    return switch (term) {
      case Expression.Term.Unary(UnaryFunction function, int a) when function == primitive ->
          new Expression.Term.Unary(UnaryFunction.SIGMOID, a);
      case Expression.Term.Binary(BinaryFunction function, int a, int _)
          when function == primitive ->
          new Expression.Term.Unary(UnaryFunction.TANH, a);
      default -> term;
    };
  }

  /** NaN is taken for a number. */
  static Kernels maximumWithoutNaN() {
    return referenceBut((kernel, in, out) -> {
      if (!kernel.equals(new Op.Elementwise(Expression.of(BinaryFunction.MAXIMUM)))) {
        return false;
      }
      Operand result = out.getFirst();
      for (int i = 0; i < result.rows(); i++) {
        for (int j = 0; j < result.columns(); j++) {
          double a = in.get(0).repeated(i, j);
          double b = in.get(1).repeated(i, j);
          result.set(i, j, a > b ? a : b);
        }
      }
      return true;
    });
  }

  /** Transposes the second operand only where it must, or the shapes would not fit. */
  static Kernels ignoringTransposeB() {
    Kernels reference = new ReferenceKernels();
    return referenceBut((kernel, in, out) -> {
      if (kernel instanceof Op.MatMul(boolean transposeA, boolean transposeB)
          && transposeB
          && in.get(1).rows() == in.get(1).columns()) {
        reference.run(new Op.MatMul(transposeA, false), in, out);
        return true;
      }
      return false;
    });
  }

  /** Takes an addend for a full one, and so reads the row of a bias and what lies behind it. */
  static Kernels ignoringAddends() {
    Kernels reference = new ReferenceKernels();
    return referenceBut((kernel, in, out) -> {
      if (kernel instanceof Op.MatMul && in.size() == 3 && in.get(2).rows() == 1) {
        reference.run(kernel, in.subList(0, 2), out);
        return true;
      }
      return false;
    });
  }

  /** Adds to whatever the result held before. */
  static Kernels scatteringOntoOldValues() {
    return referenceBut((kernel, in, out) -> {
      if (!(kernel instanceof Op.ScatterAdd)) {
        return false;
      }
      for (int i = 0; i < in.get(1).elements(); i++) {
        for (int j = 0; j < out.getFirst().columns() && in.get(1).id(i) >= 0; j++) {
          int row = in.get(1).id(i);
          out.getFirst().set(row, j, out.getFirst().get(row, j) + in.get(0).get(i, j));
        }
      }
      return true;
    });
  }

  /** Of ids that repeat only the last one counts. */
  static Kernels scatteringWithoutAdding() {
    Kernels reference = new ReferenceKernels();
    return referenceBut((kernel, in, out) -> {
      if (!(kernel instanceof Op.ScatterAdd)) {
        return false;
      }
      reference.run(kernel, in, out);
      for (int i = 0; i < in.get(1).elements(); i++) {
        for (int j = 0; j < out.getFirst().columns() && in.get(1).id(i) >= 0; j++) {
          out.getFirst().set(in.get(1).id(i), j, in.get(0).get(i, j));
        }
      }
      return true;
    });
  }

  /** Writes the whole of one result before it reads operands for the next. */
  static Kernels oneResultAfterAnother() {
    Kernels reference = new ReferenceKernels();
    return referenceBut((kernel, in, out) -> {
      if (!(kernel instanceof Op.Elementwise(Expression all)) || all.results().size() < 2) {
        return false;
      }
      for (int r = 0; r < out.size(); r++) {
        Expression one = new Expression(all.operands(), all.terms(), List.of(all.results().get(r)));
        reference.run(new Op.Elementwise(one), in, out.subList(r, r + 1));
      }
      return true;
    });
  }

  /** Takes exponentials of logits as they are. */
  static Kernels softmaxThatOverflows() {
    return referenceBut((kernel, in, out) -> {
      if (!(kernel instanceof Op.CrossEntropy) || !isLarge(in.getFirst())) {
        return false;
      }
      for (Operand result : out) {
        for (int i = 0; i < result.elements(); i++) {
          result.setFlat(i, Double.NaN);
        }
      }
      return true;
    });
  }

  private static boolean isLarge(Operand logits) {
    for (int i = 0; i < logits.rows(); i++) {
      if (Arrays.stream(logits.row(i)).anyMatch(logit -> logit > 88)) {
        return true;
      }
    }
    return false;
  }

  /** Updates row 0 where no row is meant. */
  static Kernels updatingRowsThatAreNotThere() {
    Kernels reference = new ReferenceKernels();
    return referenceBut((kernel, in, out) -> {
      if (!(kernel instanceof Op.UpdateRows)) {
        return false;
      }
      Operand rows = in.getFirst();
      int[] ids = new int[rows.elements()];
      Arrays.setAll(ids, i -> Math.max(0, rows.id(i)));
      List<Operand> changed = new ArrayList<>(in);
      changed.set(0, new Operand(new double[0], ids, 0, 1, ids.length));
      reference.run(kernel, changed, out);
      return true;
    });
  }

  /** A little noise, as sums in the order of whichever thread is first have it. */
  static Kernels thatNeverRepeat() {
    return new ReferenceKernels() {
      private int count;

      @Override
      double round(double value) {
        return ++count % 1009 == 0 ? value * (1 + 1e-6) : value;
      }
    };
  }
}
