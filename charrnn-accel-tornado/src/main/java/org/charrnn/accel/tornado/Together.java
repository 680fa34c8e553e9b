package org.charrnn.accel.tornado;

import java.util.ArrayList;
import java.util.List;
import org.charrnn.graph.Op;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Slot;
import org.jspecify.annotations.Nullable;

/**
 * Finds expressions that can run in one kernel, such as the updates of all parameters: a launch
 * costs more than many an expression, and so does compiling a kernel.
 *
 * <p>An expression joins earlier ones if neither they nor anything between them and it reads what
 * it writes, writes what it reads, or writes what it writes. Two parts of one buffer are taken for
 * the same.
 */
final class Together {

  /** Expressions of one kernel; more would make it slow to compile. */
  private static final int MOST = 16;

  private Together() {}

  /**
   * What runs together.
   *
   * @param runs expressions, or a single run of something else
   */
  record Group(List<Instruction.Run> runs) {

    boolean areExpressions() {
      return isExpression(runs.getFirst());
    }

    private boolean isInTheWayOf(Instruction.Run run) {
      return runs.stream()
          .anyMatch(other -> touches(run.outputs(), other) || touches(other.outputs(), run));
    }

    private static boolean touches(List<Slot> written, Instruction.Run run) {
      List<Buffer> buffers = written.stream().map(Slot::buffer).toList();
      return run.inputs().stream().anyMatch(slot -> buffers.contains(slot.buffer()))
          || run.outputs().stream().anyMatch(slot -> buffers.contains(slot.buffer()));
    }
  }

  /** The runs in groups, in an order that computes the same. */
  static List<Group> group(List<Instruction.Run> runs) {
    List<Group> groups = new ArrayList<>();
    for (Instruction.Run run : runs) {
      Group joined = isExpression(run) ? lastThatCanTake(groups, run) : null;
      if (joined == null) {
        groups.add(new Group(new ArrayList<>(List.of(run))));
      } else {
        joined.runs().add(run);
      }
    }
    return groups;
  }

  private static @Nullable Group lastThatCanTake(List<Group> groups, Instruction.Run run) {
    for (Group group : groups.reversed()) {
      if (group.isInTheWayOf(run)) {
        return null;
      }
      if (group.areExpressions() && group.runs().size() < MOST) {
        return group;
      }
    }
    return null;
  }

  private static boolean isExpression(Instruction.Run run) {
    return run.kernel() instanceof Op.Elementwise || run.kernel() instanceof Op.UpdateRows;
  }
}
