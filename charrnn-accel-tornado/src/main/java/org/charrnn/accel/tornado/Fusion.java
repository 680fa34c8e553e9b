package org.charrnn.accel.tornado;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.charrnn.graph.Op;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Slot;
import org.jspecify.annotations.Nullable;

/**
 * Finds what can run in one kernel: a launch costs more than many a computation, and so does
 * compiling a kernel.
 *
 * <ul>
 *   <li>Products whose results have one shape, and expressions of that shape: a work item does all
 *       of them for its element. One may use what an earlier one computed, for the same element.
 *   <li>Expressions of any shape that do not depend on one another, such as the updates of all
 *       parameters: some work items do the first one, others the second.
 * </ul>
 *
 * <p>A run joins an earlier group if it can also be moved there: neither the groups between them
 * nor it write what the other reads or writes.
 */
final class Fusion {

  /** Runs of one kernel; more would make it slow to compile. */
  private static final int MOST = 16;

  private final Predicate<Instruction.Run> isFusable;
  private final List<Group> groups = new ArrayList<>();

  private Fusion(Predicate<Instruction.Run> isFusable) {
    this.isFusable = isFusable;
  }

  /**
   * What runs together.
   *
   * @param runs products and expressions of one shape, or independent expressions, or a single run
   *     of something else
   */
  record Group(List<Instruction.Run> runs) {

    boolean areExpressions() {
      return runs.stream().allMatch(Fusion::isExpression);
    }

    /** Whether a work item does one element of each run. */
    boolean areProducts() {
      return runs.getFirst().kernel() instanceof Op.MatMul;
    }
  }

  /**
   * The runs in groups, in an order that computes the same.
   *
   * @param isFusable whether a product has a form to which others can be added
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
    return some.stream().anyMatch(slot -> others.stream().anyMatch(other -> overlap(slot, other)));
  }

  /**
   * Whether two slots share rows in a step of the loop around them; they may where it is unclear.
   */
  private static boolean overlap(Slot a, Slot b) {
    return a.buffer().equals(b.buffer())
        && (a.stride() != b.stride()
            || (a.row() < b.row() + b.rows() && b.row() < a.row() + a.rows()));
  }

  /** Whether each element of {@code later} depends on {@code earlier} at that element alone. */
  private static boolean areElementByElement(Instruction.Run earlier, Instruction.Run later) {
    return areElementByElement(earlier.outputs(), later)
        && areElementByElement(later.outputs(), earlier)
        && areAlike(earlier.outputs(), later.outputs());
  }

  private static boolean areElementByElement(List<Slot> written, Instruction.Run reader) {
    for (int i = 0; i < reader.inputs().size(); i++) {
      List<Slot> read = List.of(reader.inputs().get(i));
      boolean isFine =
          isReadByElement(reader, i) ? areAlike(written, read) : !overlap(written, read);
      if (!isFine) {
        return false;
      }
    }
    return true;
  }

  /** Whether an input is read where the results are written, and nowhere else. */
  private static boolean isReadByElement(Instruction.Run run, int input) {
    boolean canBe = run.kernel() instanceof Op.Elementwise || input == 2; // the addend of a product
    return canBe && isSameShape(run.inputs().get(input), run.outputs().getFirst());
  }

  /** Whether slots that overlap are equal. */
  private static boolean areAlike(List<Slot> some, List<Slot> others) {
    return some.stream()
        .allMatch(
            slot -> others.stream().allMatch(other -> !overlap(slot, other) || slot.equals(other)));
  }
}
