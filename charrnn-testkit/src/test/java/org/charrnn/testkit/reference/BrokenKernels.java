package org.charrnn.testkit.reference;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.charrnn.api.Accelerator;
import org.charrnn.graph.Operands;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;

/** Accelerators with a single fault in their kernels, each of a kind that occurred in practice. */
public final class BrokenKernels {

  private static final Kernels REFERENCE = new ReferenceKernels();

  private BrokenKernels() {}

  /** A correct accelerator in single precision. */
  public static Accelerator singlePrecision() {
    return new ReferenceAccelerator(new SinglePrecisionKernels());
  }

  /** Rounding errors that differ from run to run, as in sums whose order depends on threads. */
  public static Accelerator unrepeatable() {
    return new ReferenceAccelerator(
        new ReferenceKernels() {
          private int count;

          @Override
          double round(double value) {
            return ++count % 1009 == 0 ? value * (1 + 1e-6) : value;
          }
        });
  }

  // ---- functions

  /** Computes {@code tanh} as a sigmoid. */
  public static Accelerator wrongTanh() {
    return new ReferenceAccelerator(
        new ReferenceKernels() {
          @Override
          double apply(UnaryFunction function, double a) {
            boolean wrong = function == UnaryFunction.TANH;
            return super.apply(wrong ? UnaryFunction.SIGMOID : function, a);
          }
        });
  }

  /** Computes {@code a > b} as {@code tanh(a)}. */
  public static Accelerator wrongGreater() {
    return new ReferenceAccelerator(
        new ReferenceKernels() {
          @Override
          double apply(BinaryFunction function, double a, double b) {
            return function == BinaryFunction.GREATER
                ? super.apply(UnaryFunction.TANH, a)
                : super.apply(function, a, b);
          }
        });
  }

  /** The maximum of NaN and a number is the number. */
  public static Accelerator maximumWithoutNaN() {
    return new ReferenceAccelerator(
        new ReferenceKernels() {
          @Override
          double apply(BinaryFunction function, double a, double b) {
            return function == BinaryFunction.MAXIMUM
                ? (a > b ? a : b)
                : super.apply(function, a, b);
          }
        });
  }

  // ---- other operands than those of the instruction

  private static Accelerator rewriting(UnaryOperator<Operands<Operand>> fault) {
    return new ReferenceAccelerator(kernel -> REFERENCE.run(fault.apply(kernel)));
  }

  /** Reads a square right operand as if it were not transposed. */
  public static Accelerator ignoringTransposeRight() {
    return rewriting(kernel ->
        kernel instanceof Operands.MatMul<Operand> product
                && product.right().rows() == product.right().columns()
            ? new Operands.MatMul<>(
                product.left(),
                product.transposeLeft(),
                product.right(),
                false,
                product.addend(),
                product.result())
            : kernel);
  }

  /** Omits an addend that is a single row. */
  public static Accelerator ignoringAddends() {
    return rewriting(kernel ->
        kernel instanceof Operands.MatMul<Operand> product
                && product.addend().isPresent()
                && product.addend().get().rows() == 1
            ? new Operands.MatMul<>(
                product.left(),
                product.transposeLeft(),
                product.right(),
                product.transposeRight(),
                Optional.empty(),
                product.result())
            : kernel);
  }

  /** Updates row 0 where the id says that there is no row. */
  public static Accelerator updatingRowsOfNegativeIds() {
    return rewriting(kernel ->
        kernel instanceof Operands.UpdateRows<Operand> update
            ? new Operands.UpdateRows<>(
                update.expression(),
                update.tables(),
                withoutNegatives(update.ids()),
                update.operands(),
                update.results())
            : kernel);
  }

  private static Operand withoutNegatives(Operand ids) {
    int[] changed = new int[ids.elements()];
    Arrays.setAll(changed, i -> Math.max(0, ids.id(i)));
    return new Operand(new double[0], changed, 0, 1, changed.length);
  }

  // ---- other kernels

  /** Whether a fault replaced the kernel, which then does not run. */
  private interface Replacement {
    boolean run(Operands<Operand> kernel);
  }

  private static Accelerator replacing(Replacement fault) {
    return new ReferenceAccelerator(kernel -> {
      if (!fault.run(kernel)) {
        REFERENCE.run(kernel);
      }
    });
  }

  /** Adds to the previous contents of the result. */
  public static Accelerator scatteringOntoOldValues() {
    return replacing(kernel -> {
      if (!(kernel
          instanceof Operands.ScatterAdd<Operand>(Operand values, Operand ids, Operand result))) {
        return false;
      }
      for (int i = 0; i < ids.elements(); i++) {
        for (int j = 0; j < result.columns() && ids.id(i) >= 0; j++) {
          result.set(ids.id(i), j, result.get(ids.id(i), j) + values.get(i, j));
        }
      }
      return true;
    });
  }

  /** Keeps only the last of the rows with equal ids. */
  public static Accelerator scatteringWithoutAdding() {
    return replacing(kernel -> {
      if (!(kernel
          instanceof Operands.ScatterAdd<Operand>(Operand values, Operand ids, Operand result))) {
        return false;
      }
      result.fill(0);
      for (int i = 0; i < ids.elements(); i++) {
        if (ids.id(i) >= 0) {
          result.setRow(ids.id(i), values.row(i), 0);
        }
      }
      return true;
    });
  }

  /** Writes the whole of one result before it reads operands for the next. */
  public static Accelerator writingResultsInSequence() {
    return replacing(kernel -> {
      if (!(kernel
          instanceof
          Operands.Elementwise<Operand>(
              Expression all,
              List<Operand> operands,
              List<Operand> results))) {
        return false;
      }
      for (int i = 0; i < results.size(); i++) {
        Expression one =
            new Expression(all.operands(), all.terms(), all.results().subList(i, i + 1));
        REFERENCE.run(new Operands.Elementwise<>(one, operands, results.subList(i, i + 1)));
      }
      return true;
    });
  }

  /** Computes exponentials of logits without subtracting their maximum first. */
  public static Accelerator overflowingSoftmax() {
    return replacing(kernel -> {
      if (!(kernel instanceof Operands.CrossEntropy<Operand> softmax)
          || !overflows(softmax.logits())) {
        return false;
      }
      softmax.loss().ifPresent(loss -> loss.fill(Double.NaN));
      softmax.gradient().ifPresent(gradient -> gradient.fill(Double.NaN));
      return true;
    });
  }

  private static boolean overflows(Operand logits) {
    for (int i = 0; i < logits.rows(); i++) {
      if (Arrays.stream(logits.row(i)).anyMatch(logit -> logit > 88)) {
        return true;
      }
    }
    return false;
  }
}
