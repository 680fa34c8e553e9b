package org.charrnn.graph;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Simplifications that hold exactly: numbers are folded in double precision, neutral elements
 * disappear.
 */
final class Algebra {

  private Algebra() {}

  /**
   * An existing or constant tensor equal to {@code primitive(operands)}, or null if there is none.
   */
  static @Nullable Tensor simplify(
      Graph graph, Primitive primitive, List<Tensor> operands, Shape shape) {
    Tensor left = operands.getFirst();
    Tensor right = operands.getLast();
    Double a = constantValue(left);
    Double b = constantValue(right);
    if (a != null && b != null) {
      return graph.constant(primitive.apply(a, b));
    }
    boolean leftNeutral = a != null && isNeutral(primitive, a) && commutes(primitive);
    if (leftNeutral && right.shape().equals(shape)) {
      return right;
    }
    boolean rightNeutral = b != null && isNeutral(primitive, b);
    return rightNeutral && left.shape().equals(shape) ? left : null;
  }

  /** The number that {@code tensor} is, or null if it depends on anything. */
  static @Nullable Double constantValue(Tensor tensor) {
    Node node = tensor.graph().definition(tensor);
    return node != null
            && node.op() instanceof Op.Elementwise(Expression expression)
            && expression.isConstant()
        ? expression.terms().getFirst().constant()
        : null;
  }

  private static boolean commutes(Primitive primitive) {
    return primitive == Primitive.ADD || primitive == Primitive.MULTIPLY;
  }

  private static boolean isNeutral(Primitive primitive, double right) {
    return switch (primitive) {
      case ADD, SUBTRACT -> right == 0;
      case MULTIPLY, DIVIDE -> right == 1;
      default -> false;
    };
  }
}
