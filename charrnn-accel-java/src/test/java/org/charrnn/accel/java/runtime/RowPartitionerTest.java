package org.charrnn.accel.java.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.charrnn.graph.Expression;
import org.charrnn.graph.Op;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.UnaryFunction;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Slot;
import org.junit.jupiter.api.Test;

/** A recurrence {@code s[t + 1] = tanh(s[t] * weights + bias)} over 20 rows of 20 columns. */
class RowPartitionerTest {

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

  private static Optional<List<Instruction.Loop>> cut(int count, Instruction.Run... body) {
    return RowPartitioner.of(new Instruction.Loop(4, true, List.of(body)), count, 5);
  }

  @Test
  void of_recurrence_eachPartHasItsRowsExceptOfWeightsAndBias() {
    List<Instruction.Loop> parts =
        cut(3, product(before, whole(weights), whole(bias), sums), tanh(sums, after)).orElseThrow();

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
  void of_fewRowsOrOneThread_empty() {
    Instruction.Run product = product(before, whole(weights), whole(bias), sums);
    assertEquals(Optional.empty(), cut(5, product)); // four rows each
    assertEquals(Optional.empty(), cut(1, product));
  }

  @Test
  void of_rightOperandThatTheLoopWrites_empty() {
    assertEquals(
        Optional.empty(), cut(2, product(before, sums, whole(bias), after), tanh(before, sums)));
  }

  @Test
  void of_transposedLeftOperand_empty() {
    Instruction.Run product =
        new Instruction.Run(
            new Op.MatMul(true, false), List.of(before, whole(weights)), List.of(sums));
    assertEquals(Optional.empty(), cut(2, product));
  }

  @Test
  void of_shiftedRowsOfAnotherIteration_empty() {
    assertEquals(Optional.empty(), cut(2, tanh(new Slot(states, 1, ROWS, ROWS), after)));
    assertEquals(Optional.empty(), cut(2, tanh(new Slot(states, 0, ROWS, 1), after)));
  }

  @Test
  void of_rowThatTheLoopWrites_empty() {
    assertEquals(Optional.empty(), cut(2, tanh(new Slot(states, 0, 1, ROWS), after)));
  }

  @Test
  void of_sumOverRows_empty() {
    Instruction.Run total =
        new Instruction.Run(new Op.Sum(), List.of(before), List.of(new Slot(states, 0, 1, 0)));
    assertEquals(Optional.empty(), cut(2, tanh(before, after), total));
  }
}
