package org.charrnn.testkit.cases;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.charrnn.graph.Op;
import org.charrnn.graph.Shape;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.Primitive;
import org.charrnn.graph.expression.UnaryFunction;
import org.charrnn.graph.program.Slot;

/** Each {@link Primitive} alone, on ordinary numbers and on the extremes of single precision. */
public final class PrimitiveCases {

  private static final float[] EXTREMES = {
    0f,
    -0f,
    1f,
    -1f,
    0.5f,
    -0.5f,
    2f,
    1e-8f,
    -1e-8f,
    1e-4f,
    1e-30f,
    3f,
    9.5f,
    -9.5f,
    20f,
    -20f,
    60f,
    88f,
    -87f,
    100f,
    -110f,
    1000f,
    -1000f,
    1e9f,
    1e30f,
    -1e30f,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    Float.MIN_NORMAL,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.NaN
  };

  private PrimitiveCases() {}

  public static Stream<KernelCase> all() {
    return Stream.<Primitive>concat(
            Arrays.stream(UnaryFunction.values()), Arrays.stream(BinaryFunction.values()))
        .flatMap(primitive ->
            Stream.of(
                ordinary(primitive, 1, 1),
                ordinary(primitive, 3, 257),
                ordinary(primitive, 33, 65),
                ordinary(primitive, 129, 1),
                extremes(primitive)));
  }

  private static KernelCase ordinary(Primitive primitive, int rows, int columns) {
    CaseWriter writer = new CaseWriter(primitive + " of " + Shape.of(rows, columns), columns % 2);
    Numbers numbers =
        switch (primitive) {
          case UnaryFunction.SQRT, UnaryFunction.LOG, BinaryFunction.DIVIDE -> Numbers.POSITIVE;
          case UnaryFunction.TANH, UnaryFunction.SIGMOID, UnaryFunction.EXP ->
              random -> 4 * random.nextGaussian();
          default -> Numbers.NORMAL;
        };
    List<Slot> operands =
        Stream.of("a", "b")
            .limit(primitive instanceof UnaryFunction ? 1 : 2)
            .map(operand -> writer.input(operand, rows, columns, numbers))
            .toList();
    return writer
        .run(kernel(primitive), operands, writer.result("result", rows, columns))
        .finish(Precision.ELEMENT);
  }

  /** Each extreme, or each pair of extremes. */
  private static KernelCase extremes(Primitive primitive) {
    CaseWriter writer = new CaseWriter(primitive + " of extremes", 0);
    int count = EXTREMES.length;
    Slot a = writer.input("a", 1, count, EXTREMES);
    if (primitive instanceof UnaryFunction) {
      return writer
          .run(kernel(primitive), List.of(a), writer.result("result", 1, count))
          .finish(Precision.ELEMENT);
    }
    float[] second = new float[count * count];
    for (int i = 0; i < second.length; i++) {
      second[i] = EXTREMES[i / count];
    }
    Slot b = writer.input("b", count, count, second);
    return writer
        .run(kernel(primitive), List.of(a, b), writer.result("result", count, count))
        .finish(Precision.ELEMENT);
  }

  private static Op.Elementwise kernel(Primitive primitive) {
    return new Op.Elementwise(Expression.of(primitive));
  }
}
