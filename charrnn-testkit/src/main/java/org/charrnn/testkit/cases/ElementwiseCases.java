package org.charrnn.testkit.cases;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.charrnn.graph.Op;
import org.charrnn.graph.Shape;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;
import org.charrnn.graph.program.Slot;

/**
 * Element-wise expressions: operands broadcast in each possible way, many terms, many results,
 * results that overwrite operands.
 */
public final class ElementwiseCases {

  private static final int[][] SHAPES = { // T, B, H
    {1, 1, 1}, {5, 3, 17}, {2, 1, 33}, {1, 31, 65}, {17, 5, 1}, {3, 2, 257}, {7, 7, 7}, {2, 33, 100}
  };

  private ElementwiseCases() {}

  public static Stream<KernelCase> all() {
    List<KernelCase> cases = new ArrayList<>();
    for (int[] shape : SHAPES) {
      int rows = shape[0] * shape[1];
      for (int[] operand : broadcastable(shape)) {
        cases.add(copy(operand[0], operand[1], rows, shape[2]));
      }
      cases.add(mixture(shape));
      cases.add(gate(rows, shape[2]));
      cases.add(inPlace(rows, shape[2]));
      cases.add(swapped(rows, shape[2]));
      cases.add(constants(rows, shape[2]));
    }
    return cases.stream();
  }

  /**
   * Rows and columns of each operand that is broadcast to {@code [T, B, H]}: scalar, row, columns,
   * blocks, full.
   */
  private static int[][] broadcastable(int[] shape) {
    int rows = shape[0] * shape[1];
    int batch = shape[1];
    int columns = shape[2];
    return new int[][] {
      {1, 1}, {1, columns}, {batch, 1}, {rows, 1}, {batch, columns}, {rows, columns}
    };
  }

  private static KernelCase copy(int rows, int columns, int resultRows, int resultColumns) {
    CaseWriter writer =
        new CaseWriter(
            Shape.of(rows, columns) + " broadcast to " + Shape.of(resultRows, resultColumns),
            resultColumns % 2);
    Slot operand = writer.input("operand", rows, columns, Numbers.NORMAL);
    return writer
        .run(
            new Op.Elementwise(Expression.of(UnaryFunction.IDENTITY)),
            List.of(operand),
            writer.result("result", resultRows, resultColumns))
        .finish(Precision.EXACT);
  }

  /** Operands of all shapes in one expression. */
  private static KernelCase mixture(int[] shape) {
    int rows = shape[0] * shape[1];
    CaseWriter writer = new CaseWriter("operands of all shapes to " + Shape.of(shape), 1);
    List<Slot> operands = new ArrayList<>();
    for (int[] operand : broadcastable(shape)) {
      operands.add(writer.input("v" + operands.size(), operand[0], operand[1], Numbers.WHOLE));
    }
    Expressions expression = new Expressions(6);
    int sum = expression.term(BinaryFunction.MULTIPLY, 5, 0);
    for (int operand = 1; operand < 5; operand++) {
      int difference = expression.term(BinaryFunction.SUBTRACT, sum, operand);
      sum = expression.term(BinaryFunction.MULTIPLY, operand % 2 == 0 ? operand : 5, difference);
    }
    return writer
        .run(
            new Op.Elementwise(expression.finish(sum)),
            operands,
            writer.result("result", rows, shape[2]))
        .finish(Precision.EXACT);
  }

  /**
   * Many terms, a result that is also an operand of later terms, one slot as two operands, equal
   * results.
   */
  private static KernelCase gate(int rows, int columns) {
    CaseWriter writer = new CaseWriter("gates of " + Shape.of(rows, columns), 0);
    Expressions e = new Expressions(4); // h, r's sum, z's sum, bias
    int r = e.term(UnaryFunction.SIGMOID, e.term(BinaryFunction.ADD, 1, 3));
    int z = e.term(UnaryFunction.SIGMOID, e.term(BinaryFunction.ADD, 2, 3));
    int candidate = e.term(UnaryFunction.TANH, e.term(BinaryFunction.MULTIPLY, r, 0));
    int kept = e.term(BinaryFunction.MULTIPLY, z, 0);
    int rest = e.term(BinaryFunction.SUBTRACT, e.number(1), z);
    int state = e.term(BinaryFunction.ADD, kept, e.term(BinaryFunction.MULTIPLY, rest, candidate));
    int slope =
        e.term(
            BinaryFunction.SUBTRACT,
            e.number(1),
            e.term(BinaryFunction.MULTIPLY, candidate, candidate));
    int limited =
        e.term(
            BinaryFunction.MINIMUM, e.term(BinaryFunction.MAXIMUM, slope, e.number(0.25)), state);
    Expression expression = e.finish(state, r, z, limited, r);
    Slot h = writer.input("h", rows, columns, Numbers.NORMAL);
    List<Slot> operands =
        List.of(
            h,
            writer.input("r", rows, columns, Numbers.NORMAL),
            h,
            writer.input("bias", 1, columns, Numbers.NORMAL));
    List<Slot> results =
        Stream.of("state", "reset", "update", "limited", "resetAgain")
            .map(result -> writer.result(result, rows, columns))
            .toList();
    return writer.run(new Op.Elementwise(expression), operands, results).finish(Precision.ELEMENT);
  }

  /** An update of a parameter and of the state of its optimizer, both in place. */
  private static KernelCase inPlace(int rows, int columns) {
    CaseWriter writer = new CaseWriter("update in place of " + Shape.of(rows, columns), 1);
    Slot parameter = writer.state("parameter", rows, columns, Numbers.NORMAL);
    Slot memory = writer.state("memory", rows, columns, Numbers.POSITIVE);
    Slot gradient = writer.input("gradient", rows, columns, Numbers.NORMAL);
    Slot rate = writer.input("rate", 1, 1, new float[] {0.1f});
    return writer
        .run(
            new Op.Elementwise(adagrad()),
            List.of(parameter, memory, gradient, rate),
            List.of(parameter, memory))
        .finish(Precision.ELEMENT);
  }

  /** Operands: parameter, memory, gradient, rate. Results: parameter and memory. */
  static Expression adagrad() {
    Expressions e = new Expressions(4);
    int memory = e.term(BinaryFunction.ADD, 1, e.term(BinaryFunction.MULTIPLY, 2, 2));
    int root = e.term(UnaryFunction.SQRT, e.term(BinaryFunction.ADD, memory, e.number(1e-8)));
    int change = e.term(BinaryFunction.DIVIDE, e.term(BinaryFunction.MULTIPLY, 3, 2), root);
    return e.finish(e.term(BinaryFunction.SUBTRACT, 0, change), memory);
  }

  /** Two results, each of which overwrites the operand of the other. */
  private static KernelCase swapped(int rows, int columns) {
    CaseWriter writer = new CaseWriter("two arrays swapped, " + Shape.of(rows, columns), 0);
    Slot a = writer.state("a", rows, columns, Numbers.NORMAL);
    Slot b = writer.state("b", rows, columns, Numbers.NORMAL);
    Expressions e = new Expressions(2);
    int first = e.term(UnaryFunction.IDENTITY, 1);
    int second = e.term(UnaryFunction.NEGATE, 0);
    return writer
        .run(new Op.Elementwise(e.finish(first, second)), List.of(a, b), List.of(a, b))
        .finish(Precision.EXACT);
  }

  private static KernelCase constants(int rows, int columns) {
    CaseWriter writer = new CaseWriter("constants to " + Shape.of(rows, columns), 1);
    Expressions e = new Expressions(0);
    int number = e.number(-2.5);
    int product = e.term(BinaryFunction.MULTIPLY, number, e.number(3));
    List<Slot> results =
        List.of(writer.result("number", rows, columns), writer.result("product", rows, columns));
    return writer
        .run(new Op.Elementwise(e.finish(number, product)), List.of(), results)
        .finish(Precision.EXACT);
  }
}
