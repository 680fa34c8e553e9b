package org.charrnn.graph;

import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;
import org.jspecify.annotations.Nullable;

/**
 * Exact simplifications: constants are folded in double precision, neutral elements are dropped.
 */
final class Algebra {

  private Algebra() {}

  /** A constant equal to {@code function(operand)}, or null if the operand is not constant. */
  static @Nullable Tensor simplify(Graph graph, UnaryFunction function, Tensor operand) {
    Double a = constantValue(operand);
    return a == null ? null : graph.constant(function.apply(a));
  }

  /**
   * An existing or constant tensor equal to {@code function(left, right)}, or null if there is
   * none.
   */
  static @Nullable Tensor simplify(
      Graph graph, BinaryFunction function, Tensor left, Tensor right, Shape shape) {
    Double a = constantValue(left);
    Double b = constantValue(right);
    if (a != null && b != null) {
      return graph.constant(function.apply(a, b));
    }
    boolean leftNeutral = a != null && isNeutral(function, a) && commutes(function);
    if (leftNeutral && right.shape().equals(shape)) {
      return right;
    }
    boolean rightNeutral = b != null && isNeutral(function, b);
    return rightNeutral && left.shape().equals(shape) ? left : null;
  }

  /** The value of a constant tensor, or null if {@code tensor} is not constant. */
  static @Nullable Double constantValue(Tensor tensor) {
    Node node = tensor.graph().definition(tensor);
    return node != null
            && node.op() instanceof Op.Elementwise(Expression expression)
            && expression.terms().getFirst() instanceof Expression.Term.Constant(double value)
            && expression.isConstant()
        ? value
        : null;
  }

  private static boolean commutes(BinaryFunction function) {
    return function == BinaryFunction.ADD || function == BinaryFunction.MULTIPLY;
  }

  private static boolean isNeutral(BinaryFunction function, double right) {
    return switch (function) {
      case ADD, SUBTRACT -> right == 0;
      case MULTIPLY, DIVIDE -> right == 1;
      case MAXIMUM, MINIMUM, GREATER -> false;
    };
  }
}
