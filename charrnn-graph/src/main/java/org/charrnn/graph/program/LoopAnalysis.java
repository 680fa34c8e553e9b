package org.charrnn.graph.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.charrnn.graph.Op;
import org.charrnn.graph.Operands;

/**
 * Facts about a loop that help an accelerator to run it faster. They follow from the instructions
 * alone, whatever the device.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class LoopAnalysis {

  private final Instruction.Loop loop;
  private final Set<Buffer> written;

  /**
   * Analyzes a loop.
   *
   * @param loop the loop
   */
  public LoopAnalysis(Instruction.Loop loop) {
    this.loop = loop;
    this.written =
        loop.body().stream()
            .flatMap(run -> run.outputs().stream())
            .map(Slot::buffer)
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * {@return whether a slot has the same rows and values in each step: an accelerator can prepare
   * it once, before the loop}
   *
   * @param slot a slot
   */
  public boolean isFixed(Slot slot) {
    return slot.stride() == 0 && !written.contains(slot.buffer());
  }

  // ---- products with the same left operand

  /**
   * {@return the instructions of the body in order, grouped: consecutive products that have the
   * same left operand and do not depend on one another form a group, any other instruction is a
   * group of its own} An accelerator can compute the products of a group together.
   */
  public List<List<Instruction.Run>> groups() {
    List<List<Instruction.Run>> groups = new ArrayList<>();
    for (Instruction.Run run : loop.body()) {
      if (!groups.isEmpty() && groups.getLast().stream().allMatch(other -> canJoin(other, run))) {
        groups.getLast().add(run);
      } else {
        groups.add(new ArrayList<>(List.of(run)));
      }
    }
    return groups.stream().map(List::copyOf).toList();
  }

  private static boolean canJoin(Instruction.Run first, Instruction.Run second) {
    return first.operands() instanceof Operands.MatMul<Slot> a
        && second.operands() instanceof Operands.MatMul<Slot> b
        && a.transposeLeft() == b.transposeLeft()
        && a.left().equals(b.left())
        && a.result().columns() == b.result().columns()
        && isIndependent(first, second);
  }

  private static boolean isIndependent(Instruction.Run first, Instruction.Run second) {
    Buffer a = first.outputs().getFirst().buffer();
    Buffer b = second.outputs().getFirst().buffer();
    return !a.equals(b)
        && first.inputs().stream().noneMatch(slot -> slot.buffer().equals(b))
        && second.inputs().stream().noneMatch(slot -> slot.buffer().equals(a));
  }

  // ---- independent rows

  /**
   * Partitions the rows of a loop, so that threads run all its steps without waiting for one
   * another. That is possible if no row that the loop computes depends on another row, as in a
   * recurrent network, whose rows are the texts of a batch.
   *
   * @param parts the number of loops, at least 1
   * @param minimumRows the minimum number of rows of a part, at least 1
   * @return a loop over consecutive rows for each part, in order; empty if there is one part, or
   *     the rows are not independent or too few
   */
  public Optional<List<Instruction.Loop>> partition(int parts, int minimumRows) {
    if (parts == 1 || !hasIndependentRows()) {
      return Optional.empty();
    }
    int rows = loop.body().getFirst().outputs().getFirst().rows();
    if (rows / parts < minimumRows) {
      return Optional.empty();
    }
    return Optional.of(
        IntStream.range(0, parts)
            .mapToObj(part -> rows(rows, rows * part / parts, rows * (part + 1) / parts))
            .toList());
  }

  /**
   * {@return whether no row that the loop computes depends on another row, and all its results have
   * as many rows} Its right operands of products do not change then.
   */
  public boolean hasIndependentRows() {
    if (loop.body().isEmpty()) {
      return false;
    }
    int rows = loop.body().getFirst().outputs().getFirst().rows();
    return loop.body().stream().allMatch(run -> hasIndependentRows(run, rows));
  }

  private boolean hasIndependentRows(Instruction.Run run, int rows) {
    return switch (run.operands()) {
      case Operands.MatMul<Slot> product ->
          !product.transposeLeft()
              && isFixed(product.right())
              && Stream.concat(Stream.of(product.left()), product.addend().stream())
                  .filter(slot -> !isFixedRow(slot))
                  .allMatch(slot -> isPartitioned(slot, rows) && !slot.equals(product.right()))
              && isPartitioned(product.result(), rows);
      case Operands.Elementwise<Slot> elementwise ->
          elementwise.operands().stream()
                  .allMatch(slot -> isPartitioned(slot, rows) || isFixedRow(slot))
              && elementwise.results().stream().allMatch(slot -> isPartitioned(slot, rows));
      default -> false;
    };
  }

  // ---- independent elements

  /**
   * {@return whether the body only applies expressions to elements of its rows, as in a recurrence
   * whose products do not depend on the state} An accelerator can then run all steps for some rows
   * before it starts with others.
   */
  public boolean isElementwise() {
    return hasIndependentRows()
        && loop.body().stream().allMatch(run -> run.kernel() instanceof Op.Elementwise);
  }

  /**
   * {@return whether, in an {@linkplain #isElementwise element-wise} loop, the columns of a row do
   * not depend on one another either, so that an accelerator can also cut the rows}
   *
   * @throws java.util.NoSuchElementException if the loop has no instructions
   */
  public boolean hasIndependentColumns() {
    int columns = loop.body().getFirst().outputs().getFirst().columns();
    return loop.body().stream()
        .allMatch(run ->
            run.outputs().stream().allMatch(slot -> slot.columns() == columns)
                && run.inputs().stream()
                    .allMatch(
                        slot -> slot.columns() == columns || !written.contains(slot.buffer())));
  }

  private boolean isFixedRow(Slot slot) {
    return slot.rows() == 1 && isFixed(slot);
  }

  /** Whether a part has rows of its own in this slot, in all steps. */
  private boolean isPartitioned(Slot slot, int rows) {
    return slot.rows() == rows
        && (!written.contains(slot.buffer())
            || (slot.row() % rows == 0 && slot.stride() % rows == 0));
  }

  /** The loop over the rows {@code from} to {@code to} of {@code rows}. */
  private Instruction.Loop rows(int rows, int from, int to) {
    List<Instruction.Run> body =
        loop.body().stream().map(run -> rows(run, rows, from, to)).toList();
    return new Instruction.Loop(loop.steps(), loop.reverse(), body);
  }

  private static Instruction.Run rows(Instruction.Run run, int rows, int from, int to) {
    Slot right = run.operands() instanceof Operands.MatMul<Slot> product ? product.right() : null;
    List<Slot> inputs =
        run.inputs().stream()
            .map(slot -> slot.equals(right) || slot.rows() != rows ? slot : rows(slot, from, to))
            .toList();
    List<Slot> outputs = run.outputs().stream().map(slot -> rows(slot, from, to)).toList();
    return new Instruction.Run(run.kernel(), inputs, outputs);
  }

  private static Slot rows(Slot slot, int from, int to) {
    return new Slot(slot.buffer(), slot.row() + from, to - from, slot.stride());
  }
}
