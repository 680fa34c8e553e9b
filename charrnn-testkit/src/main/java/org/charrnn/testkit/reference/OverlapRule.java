package org.charrnn.testkit.reference;

import java.util.List;
import org.charrnn.graph.Op;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Slot;

/**
 * What {@link Instruction.Run} promises to accelerators: slots lie inside their buffers, and a
 * result overlaps an operand only where the kernel reads each element before it writes the element
 * of that place.
 */
final class OverlapRule {

  private OverlapRule() {}

  /**
   * Checks one instruction at one step of its loop.
   *
   * @throws IllegalStateException if it breaks the promise
   */
  static void check(Instruction.Run run, int step) {
    run.inputs().forEach(slot -> requireInside(run, slot, step));
    run.outputs().forEach(slot -> requireInside(run, slot, step));
    for (int o = 0; o < run.outputs().size(); o++) {
      Slot output = run.outputs().get(o);
      for (int i = 0; i < run.inputs().size(); i++) {
        Slot input = run.inputs().get(i);
        if (overlap(input, output, step) && !(same(input, output, step) && mayShare(run, i, o))) {
          throw broken(run, step, "result " + output + " overlaps operand " + input);
        }
      }
      for (Slot other : run.outputs().subList(0, o)) {
        if (overlap(other, output, step)) {
          throw broken(run, step, "result " + output + " overlaps result " + other);
        }
      }
    }
    requireTablesInPlace(run, step);
  }

  private static boolean mayShare(Instruction.Run run, int input, int output) {
    return switch (run.kernel()) {
      case Op.Elementwise _ -> true; // the same rows, so an operand of the full shape
      case Op.MatMul _ -> input == 2;
      case Op.CrossEntropy(boolean _, boolean gradient) ->
          input == 0 && gradient && output == run.outputs().size() - 1;
      case Op.UpdateRows(_, List<Integer> tables) -> input == 1 + tables.get(output);
      case Op.Uniform _, Op.Gather _, Op.ScatterAdd _, Op.UniqueRows _, Op.Sum _ -> false;
    };
  }

  private static void requireTablesInPlace(Instruction.Run run, int step) {
    if (run.kernel() instanceof Op.UpdateRows(_, List<Integer> tables)) {
      for (int o = 0; o < tables.size(); o++) {
        Slot table = run.inputs().get(1 + tables.get(o));
        if (!same(table, run.outputs().get(o), step)) {
          throw broken(
              run,
              step,
              "result " + run.outputs().get(o) + " is not in the memory of table " + table);
        }
      }
    }
  }

  private static void requireInside(Instruction.Run run, Slot slot, int step) {
    int first = slot.firstRow(step);
    if (first < 0 || first + slot.rows() > slot.buffer().rows()) {
      throw broken(
          run, step, slot + " reaches out of its buffer of " + slot.buffer().rows() + " rows");
    }
  }

  private static boolean overlap(Slot a, Slot b, int step) {
    return a.buffer().index() == b.buffer().index()
        && a.firstRow(step) < b.firstRow(step) + b.rows()
        && b.firstRow(step) < a.firstRow(step) + a.rows();
  }

  private static boolean same(Slot a, Slot b, int step) {
    return a.buffer().index() == b.buffer().index()
        && a.firstRow(step) == b.firstRow(step)
        && a.rows() == b.rows();
  }

  private static IllegalStateException broken(Instruction.Run run, int step, String what) {
    return new IllegalStateException(
        "%s, at step %d of %s %s <- %s"
            .formatted(what, step, run.kernel(), run.outputs(), run.inputs()));
  }
}
