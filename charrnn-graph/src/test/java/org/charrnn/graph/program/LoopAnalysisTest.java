package org.charrnn.graph.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.charrnn.graph.Op;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;
import org.junit.jupiter.api.Test;

/** A recurrence {@code s[t + 1] = tanh(s[t] * weights + bias)} over 20 rows of 20 columns. */
class LoopAnalysisTest {

  private static final int ROWS = 20;

  private final Buffer states = buffer(0, 5 * ROWS, ROWS);
  private final Buffer sum = buffer(1, ROWS, ROWS);
  private final Buffer weights = buffer(2, ROWS, ROWS); // as many rows as the states have
  private final Buffer bias = buffer(3, 1, ROWS);

  private final Slot before = new Slot(states, 0, ROWS, ROWS);
  private final Slot after = new Slot(states, ROWS, ROWS, ROWS);
  private final Slot sums = new Slot(sum, 0, ROWS, 0);

  private static Buffer buffer(int index, int rows, int columns) {
    return new Buffer(index, "b" + index, Role.TEMPORARY, Type.F32, Shape.of(rows, columns));
  }

  private static Slot whole(Buffer buffer) {
    return new Slot(buffer, 0, buffer.rows(), 0);
  }

  private static Instruction.Run product(Slot left, Slot right, Slot addend, Slot result) {
    return new Instruction.Run(
        new Op.MatMul(false, false), List.of(left, right, addend), List.of(result));
  }

  private static Instruction.Run tanh(Slot from, Slot to) {
    Expression tanh = Expression.of(UnaryFunction.TANH);
    return new Instruction.Run(new Op.Elementwise(tanh), List.of(from), List.of(to));
  }

  private static LoopAnalysis analysis(Instruction.Run... body) {
    return new LoopAnalysis(new Instruction.Loop(4, true, List.of(body)));
  }

  private static Optional<List<Instruction.Loop>> partition(int parts, Instruction.Run... body) {
    return analysis(body).partition(parts, 5);
  }

  // ---- fixed slots

  @Test
  void isFixed_sameRowsInEachStepAndNotWritten() {
    LoopAnalysis analysis = analysis(tanh(before, sums));
    assertTrue(analysis.isFixed(whole(weights)));
    assertFalse(analysis.isFixed(before), "moves with the step");
    assertFalse(analysis.isFixed(sums), "is written");
  }

  // ---- products with the same left operand

  private static Instruction.Run product(Slot left, Slot right, Slot result) {
    return new Instruction.Run(new Op.MatMul(false, false), List.of(left, right), List.of(result));
  }

  private final Slot other = whole(buffer(4, ROWS, ROWS));

  @Test
  void groups_productsWithTheSameLeftOperand_together() {
    Instruction.Run first = product(before, whole(weights), sums);
    Instruction.Run second = product(before, whole(weights), whole(bias), other);
    Instruction.Run last = tanh(sums, after);
    assertEquals(
        List.of(List.of(first, second), List.of(last)), analysis(first, second, last).groups());
  }

  @Test
  void groups_separatedProducts_apart() {
    Instruction.Run first = product(before, whole(weights), sums);
    Instruction.Run between = tanh(sums, after);
    Instruction.Run second = product(before, whole(weights), other);
    assertEquals(
        List.of(List.of(first), List.of(between), List.of(second)),
        analysis(first, between, second).groups());
  }

  @Test
  void groups_dependentProducts_apart() {
    Instruction.Run first = product(before, whole(weights), sums);
    for (Instruction.Run second :
        List.of(
            product(before, sums, other), // reads the result of the first
            product(before, whole(weights), sums, other),
            product(before, other, sums), // overwrites it
            product(before, whole(buffer(5, ROWS, 3)), whole(buffer(6, ROWS, 3))),
            product(sums, whole(weights), other))) {
      assertEquals(List.of(List.of(first), List.of(second)), analysis(first, second).groups());
    }
  }

  // ---- independent rows

  @Test
  void partition_recurrence_eachPartHasItsRowsExceptOfWeightsAndBias() {
    List<Instruction.Loop> parts =
        partition(3, product(before, whole(weights), whole(bias), sums), tanh(sums, after))
            .orElseThrow();

    assertEquals(3, parts.size());
    assertEquals(
        new Instruction.Loop(
            4,
            true,
            List.of(
                product(
                    new Slot(states, 6, 7, ROWS),
                    whole(weights),
                    whole(bias),
                    new Slot(sum, 6, 7, 0)),
                tanh(new Slot(sum, 6, 7, 0), new Slot(states, ROWS + 6, 7, ROWS)))),
        parts.get(1));
  }

  @Test
  void partition_fewRowsOrOnePart_empty() {
    Instruction.Run product = product(before, whole(weights), whole(bias), sums);
    assertEquals(Optional.empty(), partition(5, product)); // four rows each
    assertEquals(Optional.empty(), partition(1, product));
  }

  @Test
  void partition_rightOperandThatTheLoopWrites_empty() {
    assertEquals(
        Optional.empty(),
        partition(2, product(before, sums, whole(bias), after), tanh(before, sums)));
  }

  @Test
  void partition_transposedLeftOperand_empty() {
    Instruction.Run product =
        new Instruction.Run(
            new Op.MatMul(true, false), List.of(before, whole(weights)), List.of(sums));
    assertEquals(Optional.empty(), partition(2, product));
  }

  @Test
  void partition_shiftedRowsOfAnotherIteration_empty() {
    assertEquals(Optional.empty(), partition(2, tanh(new Slot(states, 1, ROWS, ROWS), after)));
    assertEquals(Optional.empty(), partition(2, tanh(new Slot(states, 0, ROWS, 1), after)));
  }

  @Test
  void partition_rowThatTheLoopWrites_empty() {
    assertEquals(Optional.empty(), partition(2, tanh(new Slot(states, 0, 1, ROWS), after)));
  }

  @Test
  void partition_sumOverRows_empty() {
    Instruction.Run total =
        new Instruction.Run(new Op.Sum(), List.of(before), List.of(new Slot(states, 0, 1, 0)));
    assertEquals(Optional.empty(), partition(2, tanh(before, after), total));
  }

  @Test
  void partition_rightOperandIsAlsoAnotherOperand_empty() {
    assertEquals(Optional.empty(), partition(2, product(whole(weights), whole(weights), sums)));
    assertEquals(
        Optional.empty(), partition(2, product(before, whole(weights), whole(weights), sums)));
  }

  @Test
  void hasIndependentRows_recurrence_unlessItSumsOverRows() {
    Instruction.Run product = product(before, whole(weights), whole(bias), sums);
    assertTrue(analysis(product, tanh(sums, after)).hasIndependentRows());
    Instruction.Run total =
        new Instruction.Run(new Op.Sum(), List.of(before), List.of(whole(bias)));
    assertFalse(analysis(product, tanh(sums, after), total).hasIndependentRows());
    assertFalse(analysis().hasIndependentRows());
  }

  // ---- independent elements

  private static Instruction.Run sum(Slot left, Slot right, Slot to) {
    Expression sum = Expression.of(BinaryFunction.ADD);
    return new Instruction.Run(new Op.Elementwise(sum), List.of(left, right), List.of(to));
  }

  @Test
  void isElementwise_expressionsOfStatesAndFixedRows() {
    assertTrue(analysis(sum(before, whole(bias), sums), tanh(sums, after)).isElementwise());
    assertTrue(analysis(tanh(sums, sums)).isElementwise(), "a state that is overwritten");
  }

  @Test
  void isElementwise_productOrShiftedRows_false() {
    assertFalse(analysis(product(before, whole(weights), sums), tanh(sums, after)).isElementwise());
    assertFalse(analysis(tanh(new Slot(states, 1, ROWS, ROWS), after)).isElementwise());
    assertFalse(analysis(tanh(new Slot(states, 0, 1, ROWS), after)).isElementwise());
  }

  @Test
  void hasIndependentColumns_unlessAColumnIsWrittenAndBroadcast() {
    Slot column = whole(buffer(7, ROWS, 1));
    assertTrue(analysis(sum(before, column, after)).hasIndependentColumns());
    LoopAnalysis gate = analysis(tanh(column, column), sum(before, column, after));
    assertTrue(gate.isElementwise());
    assertFalse(gate.hasIndependentColumns());
  }
}
