package org.charrnn.testkit.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Stream;
import org.charrnn.graph.Op;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;
import org.charrnn.testkit.cases.CaseWriter;
import org.charrnn.testkit.cases.Expressions;
import org.charrnn.testkit.cases.KernelCase;
import org.charrnn.testkit.cases.Numbers;
import org.charrnn.testkit.cases.Precision;
import org.junit.jupiter.api.Test;

/** Each kernel against results computed by hand, and programs that the interpreter refuses. */
class ReferenceInterpreterTest {

  private static final Op.Elementwise COPY =
      new Op.Elementwise(Expression.of(UnaryFunction.IDENTITY));

  private final CaseWriter writer = new CaseWriter("by hand", 0);

  private Slot input(String name, int rows, int columns, float... values) {
    return writer.input(name, rows, columns, values);
  }

  private ReferenceInterpreter run() {
    KernelCase written = writer.finish(Precision.EXACT);
    ReferenceInterpreter interpreter = new ReferenceInterpreter(written.program());
    written.floats().forEach((name, values) -> Numbers.widen(values, interpreter.floats(name)));
    written
        .ints()
        .forEach((name, values) ->
            System.arraycopy(values, 0, interpreter.ints(name), 0, values.length));
    interpreter.run();
    return interpreter;
  }

  private double[] resultOf(Op.Kernel kernel, Slot result, Slot... operands) {
    writer.run(kernel, List.of(operands), result);
    return run().floats("result");
  }

  private Slot result(int rows, int columns) {
    return writer.result("result", rows, columns);
  }

  // ---- kernels

  @Test
  void matMul_everyLayout() {
    // [1 2 3; 4 5 6] * [1 0; 0 1; 2 -1] = [7 -1; 16 -1]
    Slot a = input("a", 2, 3, 1, 2, 3, 4, 5, 6);
    Slot aTransposed = input("aTransposed", 3, 2, 1, 4, 2, 5, 3, 6);
    Slot b = input("b", 3, 2, 1, 0, 0, 1, 2, -1);
    Slot bTransposed = input("bTransposed", 2, 3, 1, 0, 2, 0, 1, -1);
    writer
        .run(new Op.MatMul(false, false), List.of(a, b), writer.result("plain", 2, 2))
        .run(new Op.MatMul(true, false), List.of(aTransposed, b), writer.result("left", 2, 2))
        .run(new Op.MatMul(false, true), List.of(a, bTransposed), writer.result("right", 2, 2))
        .run(
            new Op.MatMul(true, true),
            List.of(aTransposed, bTransposed),
            writer.result("both", 2, 2));
    ReferenceInterpreter interpreter = run();
    for (String result : List.of("plain", "left", "right", "both")) {
      assertArrayEquals(new double[] {7, -1, 16, -1}, interpreter.floats(result), result);
    }
  }

  @Test
  void matMul_addends() {
    Slot a = input("a", 2, 1, 1, 2);
    Slot b = input("b", 1, 2, 3, 4);
    Slot row = input("row", 1, 2, 10, 20);
    Slot full = input("full", 2, 2, 1, 2, 3, 4);
    writer
        .run(new Op.MatMul(false, false), List.of(a, b, row), writer.result("plusRow", 2, 2))
        .run(new Op.MatMul(false, false), List.of(a, b, full), writer.result("plusFull", 2, 2));
    ReferenceInterpreter interpreter = run();
    assertArrayEquals(new double[] {13, 24, 16, 28}, interpreter.floats("plusRow"));
    assertArrayEquals(new double[] {4, 6, 9, 12}, interpreter.floats("plusFull"));
  }

  @Test
  void gather_scatter() {
    Slot table = input("table", 3, 2, 1, 2, 3, 4, 5, 6);
    Slot ids = writer.ids("ids", 1, 4, 2, 0, 2, 2);
    Slot holes = writer.ids("holes", 1, 4, 1, -1, 1, 0);
    Slot rows = writer.result("rows", 4, 2);
    writer
        .run(new Op.Gather(), List.of(table, ids), rows)
        .run(new Op.ScatterAdd(3), List.of(rows, holes), writer.result("sums", 3, 2));
    ReferenceInterpreter interpreter = run();
    assertArrayEquals(new double[] {5, 6, 1, 2, 5, 6, 5, 6}, interpreter.floats("rows"));
    assertArrayEquals(new double[] {5, 6, 10, 12, 0, 0}, interpreter.floats("sums"));
  }

  @Test
  void uniqueRows_inOrderOfFirstOccurrence() {
    Slot ids = writer.ids("ids", 2, 3, 7, 2, 7, 7, 0, 2);
    writer.run(
        new Op.UniqueRows(8),
        List.of(ids),
        List.of(writer.intResult("rows", 1, 6), writer.intResult("slots", 2, 3)));
    ReferenceInterpreter interpreter = run();
    assertArrayEquals(new int[] {7, 2, 0, -1, -1, -1}, interpreter.ints("rows"));
    assertArrayEquals(new int[] {0, 1, 0, 0, 2, 1}, interpreter.ints("slots"));
  }

  @Test
  void elementwise_broadcastsOperands() {
    Slot block = input("block", 2, 1, 10, 20); // two rows, broadcast over time
    Slot row = input("row", 1, 2, 1, 2);
    double[] sum =
        resultOf(new Op.Elementwise(Expression.of(BinaryFunction.ADD)), result(4, 2), block, row);
    assertArrayEquals(new double[] {11, 12, 21, 22, 11, 12, 21, 22}, sum);
  }

  @Test
  void elementwise_readsAllOperandsBeforeItWrites() {
    Slot a = writer.state("a", 1, 2, Numbers.NORMAL);
    Slot b = writer.state("b", 1, 2, Numbers.NORMAL);
    Expressions e = new Expressions(2);
    writer.run(
        new Op.Elementwise(
            e.finish(e.term(UnaryFunction.IDENTITY, 1), e.term(UnaryFunction.IDENTITY, 0))),
        List.of(a, b),
        List.of(a, b));
    KernelCase before = writer.finish(Precision.EXACT);
    ReferenceInterpreter after = run();
    for (int i = 0; i < 2; i++) {
      assertEquals(before.floats().get("b")[i], after.floats("a")[i]);
      assertEquals(before.floats().get("a")[i], after.floats("b")[i]);
    }
  }

  @Test
  void updateRows_changesOnlyTheGivenRows() {
    Slot rows = writer.ids("rows", 1, 3, 2, 0, -1);
    Slot table = input("table", 3, 2, 1, 2, 3, 4, 5, 6);
    Slot change = input("change", 3, 1, 10, 20, 30);
    writer.run(
        new Op.UpdateRows(Expression.of(BinaryFunction.ADD), List.of(0)),
        List.of(rows, table, change),
        List.of(table));
    assertArrayEquals(new double[] {21, 22, 3, 4, 15, 16}, run().floats("table"));
  }

  @Test
  void sum_toEverySmallerShape() {
    Slot x = input("x", 4, 2, 1, 2, 3, 4, 5, 6, 7, 8);
    writer
        .run(new Op.Sum(), List.of(x), writer.result("all", 1, 1))
        .run(new Op.Sum(), List.of(x), writer.result("row", 1, 2))
        .run(new Op.Sum(), List.of(x), writer.result("column", 4, 1))
        .run(new Op.Sum(), List.of(x), writer.result("overTime", 2, 2));
    ReferenceInterpreter interpreter = run();
    assertArrayEquals(new double[] {36}, interpreter.floats("all"));
    assertArrayEquals(new double[] {16, 20}, interpreter.floats("row"));
    assertArrayEquals(new double[] {3, 7, 11, 15}, interpreter.floats("column"));
    assertArrayEquals(new double[] {6, 8, 10, 12}, interpreter.floats("overTime"));
  }

  @Test
  void crossEntropy_lossAndGradient() {
    float log3 = (float) Math.log(3);
    Slot logits = input("logits", 2, 2, 1000 + log3, 1000, 5, 5);
    Slot targets = writer.ids("targets", 2, 1, 0, -1);
    Slot upstream = input("upstream", 1, 1, 2);
    writer.run(
        new Op.CrossEntropy(true, true),
        List.of(logits, targets, upstream),
        List.of(writer.result("loss", 2, 1), writer.result("gradient", 2, 2)));
    ReferenceInterpreter interpreter = run();
    double[] loss = interpreter.floats("loss");
    assertEquals(-Math.log(0.75), loss[0], 1e-4);
    assertEquals(0, loss[1]);
    assertArrayEquals(new double[] {-0.5, 0.5, 0, 0}, interpreter.floats("gradient"), 1e-4);
  }

  @Test
  void loop_reverse_startsAtTheLastSlice() {
    Slot x = input("x", 3, 1, 1, 10, 100);
    Slot states = writer.state("states", 4, 1, _ -> 0);
    Slot before = new Slot(states.buffer(), 1, 1, 1);
    Slot after = new Slot(states.buffer(), 0, 1, 1);
    Slot slice = new Slot(x.buffer(), 0, 1, 1);
    writer.loop(
        3,
        true,
        new Instruction.Run(
            new Op.Elementwise(Expression.of(BinaryFunction.ADD)),
            List.of(before, slice),
            List.of(after)));
    assertArrayEquals(new double[] {111, 110, 100, 0}, run().floats("states"));
  }

  // ---- memory

  @Test
  void temporaryReadBeforeItIsWritten_isNaN() {
    Slot temporary = writer.temporary(2, 2);
    double[] copy = resultOf(COPY, result(2, 2), temporary);
    for (double value : copy) {
      assertTrue(Double.isNaN(value));
    }
  }

  @Test
  void temporaryOfAnEarlierRun_isNaN() {
    Slot temporary = writer.temporary(1, 1);
    writer.run(COPY, List.of(temporary), result(1, 1));
    writer.run(COPY, List.of(input("one", 1, 1, 1)), temporary);
    ReferenceInterpreter interpreter = run();
    interpreter.run();
    assertTrue(Double.isNaN(interpreter.floats("result")[0]));
  }

  @Test
  void bind_sharesMemoryBetweenPrograms() {
    writer.run(COPY, List.of(input("x", 1, 2, 3, 4)), result(1, 2));
    ReferenceInterpreter first = run();
    double[] shared = first.floats("result");
    ReferenceInterpreter second = new ReferenceInterpreter(first.program());
    second.bind("x", shared);
    second.run();
    assertArrayEquals(new double[] {3, 4}, second.floats("result"));
    assertThrows(IllegalArgumentException.class, () -> second.bind("x", new double[3]));
    assertThrows(IllegalArgumentException.class, () -> second.bind("x", new int[2]));
  }

  @Test
  void floats_unknownOrOfAnotherType() {
    writer.run(COPY, List.of(input("x", 1, 2, 3, 4)), result(1, 2));
    writer.ids("ids", 1, 1, 0);
    ReferenceInterpreter interpreter = run();
    NoSuchElementException error =
        assertThrows(NoSuchElementException.class, () -> interpreter.floats("y"));
    assertTrue(error.getMessage().contains("result"), error::getMessage);
    assertThrows(IllegalArgumentException.class, () -> interpreter.floats("ids"));
    assertThrows(IllegalArgumentException.class, () -> interpreter.ints("x"));
  }

  // ---- wrong programs

  private static Slot buffer(int index, int rows, int columns) {
    Shape shape = Shape.of(rows, columns);
    return new Slot(new Buffer(index, "b" + index, Role.PARAMETER, Type.F32, shape), 0, rows, 0);
  }

  private static Slot part(Slot slot, int row, int rows) {
    return new Slot(slot.buffer(), row, rows, 0);
  }

  private static void assertRefused(Op.Kernel kernel, List<Slot> inputs, List<Slot> outputs) {
    IllegalStateException error =
        assertThrows(IllegalStateException.class, () -> run(kernel, inputs, outputs));
    assertTrue(error.getMessage().contains("b0"), error::getMessage);
  }

  private static void run(Op.Kernel kernel, List<Slot> inputs, List<Slot> outputs) {
    List<Buffer> buffers =
        Stream.of(inputs, outputs)
            .flatMap(List::stream)
            .map(Slot::buffer)
            .distinct()
            .sorted(Comparator.comparingInt(Buffer::index))
            .toList();
    Program program =
        new Program("test", buffers, List.of(new Instruction.Run(kernel, inputs, outputs)));
    new ReferenceInterpreter(program).run();
  }

  @Test
  void run_productOverItsOwnFactor_isRefused() {
    Slot a = buffer(0, 2, 2);
    Slot b = buffer(1, 2, 2);
    assertRefused(new Op.MatMul(false, false), List.of(a, b), List.of(a));
    assertRefused(new Op.MatMul(false, false), List.of(b, a), List.of(a));
    run(new Op.MatMul(false, false), List.of(b, b, a), List.of(a)); // it may overwrite its addend
  }

  @Test
  void run_resultOverPartOfAnOperand_isRefused() {
    Slot a = buffer(0, 3, 2);
    assertRefused(COPY, List.of(part(a, 0, 2)), List.of(part(a, 1, 2)));
    assertRefused(COPY, List.of(part(a, 1, 1)), List.of(part(a, 0, 3)));
    run(COPY, List.of(part(a, 0, 1)), List.of(part(a, 1, 2)));
    run(COPY, List.of(a), List.of(a));
  }

  @Test
  void run_twoResultsInOneSlot_areRefused() {
    Slot a = buffer(0, 2, 2);
    Slot b = buffer(1, 2, 2);
    Expressions e = new Expressions(1);
    int negative = e.term(UnaryFunction.NEGATE, 0);
    int root = e.term(UnaryFunction.SQRT, 0);
    assertRefused(new Op.Elementwise(e.finish(negative, root)), List.of(b), List.of(a, a));
  }

  @Test
  void run_sumGatherScatter_overTheirOperands_areRefused() {
    Slot a = buffer(0, 2, 2);
    assertRefused(new Op.Sum(), List.of(a), List.of(a));
    Slot ids = new Slot(new Buffer(1, "b1", Role.INPUT, Type.I32, Shape.of(2, 1)), 0, 2, 0);
    assertRefused(new Op.Gather(), List.of(a, ids), List.of(a));
    assertRefused(new Op.ScatterAdd(2), List.of(a, ids), List.of(a));
  }

  @Test
  void run_lossOverLogits_isRefused_gradientIsNot() {
    Slot logits = buffer(0, 2, 1);
    Slot upstream = buffer(2, 1, 1);
    Slot ids = new Slot(new Buffer(1, "b1", Role.INPUT, Type.I32, Shape.of(2, 1)), 0, 2, 0);
    assertRefused(new Op.CrossEntropy(true, false), List.of(logits, ids), List.of(logits));
    run(new Op.CrossEntropy(false, true), List.of(logits, ids, upstream), List.of(logits));
  }

  @Test
  void run_updateOfRowsElsewhere_isRefused() {
    Slot table = buffer(0, 2, 2);
    Slot other = buffer(2, 2, 2);
    Slot rows = new Slot(new Buffer(1, "b1", Role.INPUT, Type.I32, Shape.of(1, 1)), 0, 1, 0);
    Op.UpdateRows update = new Op.UpdateRows(Expression.of(UnaryFunction.NEGATE), List.of(0));
    assertRefused(update, List.of(rows, table), List.of(other));
    run(update, List.of(rows, table), List.of(table));
  }

  @Test
  void run_slotBeyondItsBuffer_isRefused() {
    Slot a = buffer(0, 3, 2);
    assertRefused(COPY, List.of(part(a, 2, 2)), List.of(buffer(1, 2, 2)));
    assertRefused(COPY, List.of(part(a, -1, 2)), List.of(buffer(1, 2, 2)));
  }

  @Test
  void run_idBeyondTheTable_isRefused() {
    Slot table = input("table", 2, 2, 1, 2, 3, 4);
    writer.run(new Op.Gather(), List.of(table, writer.ids("ids", 1, 1, 2)), result(1, 2));
    IllegalStateException error = assertThrows(IllegalStateException.class, this::run);
    assertEquals("id 2 is not in [0, 2)", error.getMessage());
  }
}
