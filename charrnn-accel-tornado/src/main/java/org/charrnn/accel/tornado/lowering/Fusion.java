package org.charrnn.accel.tornado.lowering;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.charrnn.graph.Op;
import org.charrnn.graph.Operands;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Slot;
import org.jspecify.annotations.Nullable;

/**
 * Finds instructions that can share a kernel: launching a kernel costs more than many computations,
 * and so does compiling one.
 *
 * <ul>
 *   <li>Products whose results have the same shape, and expressions of that shape: a work item
 *       computes all of them for its elements. One may read what an earlier one computed for the
 *       same element.
 *   <li>Expressions of any shape that do not depend on one another, such as the updates of all
 *       parameters: some work items compute the first one, others the second.
 * </ul>
 *
 * <p>An instruction joins an earlier group only if it can also be moved there: neither the groups
 * between them nor the instruction write what the other reads or writes.
 */
final class Fusion {

  /** The maximum number of instructions of a kernel; more would make it slow to compile. */
  private static final int MOST = 16;

  private final Predicate<Instruction.Run> isFusable;
  private final List<Group> groups = new ArrayList<>();

  private Fusion(Predicate<Instruction.Run> isFusable) {
    this.isFusable = isFusable;
  }

  /**
   * Instructions that share a kernel.
   *
   * @param runs products and expressions of one shape, or independent expressions, or a single
   *     instruction of another kind
   */
  record Group(List<Instruction.Run> runs) {

    boolean areExpressions() {
      return runs.stream().allMatch(Fusion::isExpression);
    }

    /** Whether a work item computes elements of each instruction. */
    boolean areProducts() {
      return runs.getFirst().kernel() instanceof Op.MatMul;
    }
  }

  /**
   * The instructions in groups, in an order that computes the same.
   *
   * @param isFusable whether a product has a form with which other instructions can be combined
   */
  static List<Group> group(List<Instruction.Run> runs, Predicate<Instruction.Run> isFusable) {
    Fusion fusion = new Fusion(isFusable);
    runs.forEach(fusion::add);
    return fusion.groups;
  }

  private void add(Instruction.Run run) {
    Group group = lastThatCanTake(run);
    if (group == null) {
      groups.add(new Group(new ArrayList<>(List.of(run))));
    } else {
      group.runs().add(run);
    }
  }

  private @Nullable Group lastThatCanTake(Instruction.Run run) {
    for (Group group : groups.reversed()) {
      if (group.runs().size() < MOST && canTake(group, run)) {
        return group;
      }
      if (group.runs().stream().anyMatch(other -> depend(other, run))) {
        return null;
      }
    }
    return null;
  }

  private boolean canTake(Group group, Instruction.Run run) {
    Instruction.Run first = group.runs().getFirst();
    if (group.areProducts()) {
      boolean isKind =
          run.kernel() instanceof Op.MatMul
              ? isFusable.test(run)
              : run.kernel() instanceof Op.Elementwise;
      return isKind
          && isFusable.test(first)
          && isSameShape(first.outputs().getFirst(), run.outputs().getFirst())
          && group.runs().stream().allMatch(other -> areElementByElement(other, run));
    }
    return group.areExpressions()
        && isExpression(run)
        && group.runs().stream().noneMatch(other -> depend(other, run));
  }

  private static boolean isExpression(Instruction.Run run) {
    return run.kernel() instanceof Op.Elementwise || run.kernel() instanceof Op.UpdateRows;
  }

  private static boolean isSameShape(Slot a, Slot b) {
    return a.rows() == b.rows() && a.columns() == b.columns();
  }

  /** Whether one writes what the other reads or writes. */
  private static boolean depend(Instruction.Run earlier, Instruction.Run later) {
    return overlap(earlier.outputs(), later.inputs())
        || overlap(earlier.outputs(), later.outputs())
        || overlap(earlier.inputs(), later.outputs());
  }

  private static boolean overlap(List<Slot> some, List<Slot> others) {
    return others.stream().anyMatch(other -> overlap(some, other));
  }

  private static boolean overlap(List<Slot> some, Slot other) {
    return some.stream().anyMatch(slot -> overlap(slot, other));
  }

  /** Whether two slots may share rows in a time step of the surrounding loop. */
  private static boolean overlap(Slot a, Slot b) {
    return a.buffer().equals(b.buffer())
        && (a.stride() != b.stride()
            || (a.row() < b.row() + b.rows() && b.row() < a.row() + a.rows()));
  }

  /** Whether each element of {@code later} depends only on the same element of {@code earlier}. */
  private static boolean areElementByElement(Instruction.Run earlier, Instruction.Run later) {
    return readsByElement(later, earlier.outputs())
        && readsByElement(earlier, later.outputs())
        && later.outputs().stream().allMatch(slot -> isEqualOrDisjoint(earlier.outputs(), slot));
  }

  /** Whether each element of {@code reader} reads only the same element of what is written. */
  private static boolean readsByElement(Instruction.Run reader, List<Slot> written) {
    return switch (reader.operands()) {
      case Operands.MatMul<Slot>(
              Slot left,
              boolean _,
              Slot right,
              boolean _,
              Optional<Slot> addend,
              Slot result) ->
          !overlap(written, left)
              && !overlap(written, right)
              && addend.stream().allMatch(slot -> isReadByElement(slot, result, written));
      case Operands.Elementwise<Slot>(Expression _, List<Slot> operands, List<Slot> results) ->
          operands.stream().allMatch(slot -> isReadByElement(slot, results.getFirst(), written));
      default -> !overlap(written, reader.inputs());
    };
  }

  /** An operand of the shape of the result is read element by element; others are broadcast. */
  private static boolean isReadByElement(Slot operand, Slot result, List<Slot> written) {
    return isSameShape(operand, result)
        ? isEqualOrDisjoint(written, operand)
        : !overlap(written, operand);
  }

  private static boolean isEqualOrDisjoint(List<Slot> some, Slot other) {
    return some.stream().allMatch(slot -> slot.equals(other) || !overlap(slot, other));
  }
}
