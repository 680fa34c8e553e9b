package org.charrnn.accel.java.rows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.charrnn.accel.java.runtime.ElementKernel;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.Primitive;
import org.charrnn.graph.expression.UnaryFunction;
import org.junit.jupiter.api.Test;

/** Generated loops compute the same bits as an evaluation term by term. */
class RowLoopsTest {

  private static final List<Primitive> SIMPLE =
      List.of(
          UnaryFunction.IDENTITY,
          UnaryFunction.NEGATE,
          UnaryFunction.SQRT,
          BinaryFunction.ADD,
          BinaryFunction.SUBTRACT,
          BinaryFunction.MULTIPLY,
          BinaryFunction.DIVIDE,
          BinaryFunction.MAXIMUM,
          BinaryFunction.MINIMUM);

  private final RowLoops loops = new RowLoops();
  private final Random random = new Random(5);

  @Test
  void randomExpressions_asTermByTerm() {
    for (int i = 0; i < 200; i++) {
      List<Boolean> scalars =
          IntStream.rangeClosed(0, random.nextInt(4))
              .mapToObj(_ -> random.nextInt(3) == 0)
              .toList();
      int columns = 2 + random.nextInt(70);
      Expression expression = expression(scalars.size(), 1 + random.nextInt(9));
      ElementKernel generated = loops.kernel(expression, scalars, columns);
      assertFalse(generated instanceof Evaluator, expression.toString());
      float[][] operands = operands(scalars, columns);
      float[][] results = new float[expression.results().size()][columns];
      float[][] expected = new float[expression.results().size()][columns];
      run(generated, operands, results, columns);
      run(new Evaluator(expression, scalars, columns), operands, expected, columns);
      assertArrayEquals(expected, results, expression.toString());
    }
  }

  private static void run(
      ElementKernel kernel, float[][] operands, float[][] results, int columns) {
    float[][] arrays = Arrays.copyOf(operands, operands.length + results.length);
    System.arraycopy(results, 0, arrays, operands.length, results.length);
    kernel.run(arrays, new int[arrays.length], columns);
  }

  private Expression expression(int operands, int count) {
    List<Expression.Term> terms = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      terms.add(term(operands + i));
    }
    return new Expression(
        operands, terms, List.of(operands + count - 1, operands + random.nextInt(count)));
  }

  private Expression.Term term(int values) {
    int kind = random.nextInt(SIMPLE.size() + 1);
    if (kind == SIMPLE.size()) {
      return new Expression.Term.Constant(random.nextGaussian());
    }
    return switch (SIMPLE.get(kind)) {
      case UnaryFunction function -> new Expression.Term.Unary(function, random.nextInt(values));
      case BinaryFunction function ->
          new Expression.Term.Binary(function, random.nextInt(values), random.nextInt(values));
    };
  }

  /** With zeros, so that divisions give infinities and NaN, and with negative roots. */
  private float[][] operands(List<Boolean> scalars, int columns) {
    float[][] operands = new float[scalars.size()][];
    for (int i = 0; i < operands.length; i++) {
      operands[i] = new float[scalars.get(i) ? 1 : columns];
      for (int j = 0; j < operands[i].length; j++) {
        operands[i][j] = random.nextInt(10) == 0 ? 0 : (float) random.nextGaussian();
      }
    }
    return operands;
  }

  @Test
  void resultInPlaceOfOperand_readBeforeItIsWritten() {
    Expression sumAndDifference =
        new Expression(
            2,
            List.of(
                new Expression.Term.Binary(BinaryFunction.ADD, 0, 1),
                new Expression.Term.Binary(BinaryFunction.SUBTRACT, 0, 1)),
            List.of(2, 3));
    float[] a = {5, 6, 7};
    float[] b = {1, 2, 3};
    float[][] both = {a, b};
    run(loops.kernel(sumAndDifference, List.of(false, false), 3), both, both, 3);
    assertArrayEquals(new float[] {6, 8, 10}, a);
    assertArrayEquals(new float[] {4, 4, 4}, b);
  }

  @Test
  void functionsAndLongExpressions_useTheEvaluator() {
    Expression function = Expression.of(UnaryFunction.TANH);
    assertInstanceOf(Evaluator.class, loops.kernel(function, List.of(false), 3));
    Expression tooLong = expression(1, 60);
    assertInstanceOf(Evaluator.class, loops.kernel(tooLong, List.of(false), 3));
  }

  @Test
  void sameExpressionAndLength_sameLoop() {
    Expression expression = expression(2, 3);
    List<Boolean> scalars = List.of(true, false);
    assertSame(loops.kernel(expression, scalars, 9), loops.kernel(expression, scalars, 9));
  }
}
