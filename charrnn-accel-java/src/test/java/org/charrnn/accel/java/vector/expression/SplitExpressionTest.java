package org.charrnn.accel.java.vector.expression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.charrnn.accel.java.VectorAccelerator;
import org.charrnn.api.Availability;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.Expression.Term;
import org.charrnn.graph.expression.UnaryFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SplitExpressionTest {

  @BeforeEach
  void requireVectors() {
    assumeTrue(new VectorAccelerator().availability() instanceof Availability.Available);
  }

  @Test
  void longExpression_inPieces_sameBitsAsWhole() {
    Expression expression = longExpression();
    List<Boolean> numbers = List.of(false, true);
    List<ExpressionPieces.Piece> pieces = ExpressionPieces.of(expression);
    assertTrue(pieces.size() > 2, "pieces: " + pieces);
    ExpressionEmitter emitter = new ExpressionEmitter();
    for (int count : new int[] {1, 15, 16, 511, 512, 1307}) {
      float[] x = numbers(count);
      float[] whole = new float[count];
      float[] early = new float[count];
      int[] offsets = new int[4];
      float[] number = {0.75f};
      emitter
          .loop(expression, numbers)
          .run(new float[][] {x, number, early, whole}, offsets, count);
      // In pieces the last result is written over the operand.
      float[] earlyInPieces = new float[count];
      emitter
          .kernel(expression, numbers, count)
          .run(new float[][] {x, number, earlyInPieces, x}, offsets, count);
      assertArrayEquals(whole, x);
      assertArrayEquals(early, earlyInPieces);
    }
  }

  /**
   * Two operands, six consecutive sigmoids with a constant and an operand between them; an early
   * and a late result.
   */
  private static Expression longExpression() {
    List<Term> terms = new ArrayList<>();
    terms.add(new Term.Constant(0.5)); // value 2
    int value = 0;
    int early = 0;
    for (int i = 0; i < 6; i++) {
      terms.add(new Term.Unary(UnaryFunction.SIGMOID, value));
      terms.add(new Term.Binary(BinaryFunction.ADD, terms.size() + 1, 2));
      terms.add(new Term.Binary(BinaryFunction.MULTIPLY, terms.size() + 1, i % 2));
      value = terms.size() + 1;
      early = i == 1 ? value : early;
    }
    return new Expression(2, terms, List.of(early, value));
  }

  private static float[] numbers(int count) {
    Random random = new Random(count);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
