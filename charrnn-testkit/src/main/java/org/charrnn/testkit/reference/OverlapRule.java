package org.charrnn.testkit.reference;

import java.util.List;
import java.util.Locale;
import org.charrnn.graph.Operands;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;

/**
 * The promise of {@link Instruction.Run} to accelerators: slots are inside their buffers, and a
 * result overlaps an operand only where the kernel reads each element before it writes the element
 * of that place.
 *
 * @param run the instruction to check
 * @param step the step of the loop at which it runs; 0 outside of loops
 */
record OverlapRule(Instruction.Run run, int step) {

  /**
   * Checks all instructions of a program.
   *
   * @throws IllegalStateException if one breaks the promise
   */
  static void check(Program program) {
    for (Instruction instruction : program.instructions()) {
      switch (instruction) {
        case Instruction.Run run -> new OverlapRule(run, 0).check();
        case Instruction.Loop(int steps, boolean _, List<Instruction.Run> body) -> {
          for (int step = 0; step < steps; step++) {
            for (Instruction.Run run : body) {
              new OverlapRule(run, step).check();
            }
          }
        }
      }
    }
  }

  private void check() {
    run.inputs().forEach(this::requireInside);
    run.outputs().forEach(this::requireInside);
    for (int i = 0; i < run.outputs().size(); i++) {
      Slot result = run.outputs().get(i);
      run.outputs().subList(0, i).forEach(other -> requireDisjoint(result, other));
    }
    checkOperands();
  }

  private void checkOperands() {
    switch (run.operands()) {
      case Operands.Elementwise<Slot>(var _, List<Slot> operands, List<Slot> results) ->
          results.forEach(
              result -> operands.forEach(operand -> requireSameOrDisjoint(result, operand)));
      case Operands.MatMul<Slot> product -> {
        requireDisjoint(product.result(), product.left());
        requireDisjoint(product.result(), product.right());
        product.addend().ifPresent(addend -> requireSameOrDisjoint(product.result(), addend));
      }
      case Operands.CrossEntropy<Slot> kernel -> {
        kernel.loss().ifPresent(loss -> requireDisjoint(loss, kernel.logits()));
        kernel.gradient().ifPresent(slot -> requireSameOrDisjoint(slot, kernel.logits()));
        for (Slot result : run.outputs()) {
          requireDisjoint(result, kernel.targets());
          kernel.upstream().ifPresent(upstream -> requireDisjoint(result, upstream));
        }
      }
      case Operands.UpdateRows<Slot> update -> {
        for (int i = 0; i < update.results().size(); i++) {
          checkUpdate(update, update.results().get(i), update.tables().get(i));
        }
      }
      case Operands.Uniform<Slot> _,
          Operands.Gather<Slot> _,
          Operands.ScatterAdd<Slot> _,
          Operands.UniqueRows<Slot> _,
          Operands.Sum<Slot> _ ->
          run.outputs()
              .forEach(result -> run.inputs().forEach(operand -> requireDisjoint(result, operand)));
    }
  }

  private void checkUpdate(Operands.UpdateRows<Slot> update, Slot result, int table) {
    requireDisjoint(result, update.ids());
    for (int i = 0; i < update.operands().size(); i++) {
      Slot operand = update.operands().get(i);
      if (i != table) {
        requireDisjoint(result, operand);
      } else if (!isSame(result, operand)) {
        throw broken("result " + result + " is not in the memory of table " + operand);
      }
    }
  }

  private void requireInside(Slot slot) {
    int first = slot.firstRow(step);
    if (first < 0 || first + slot.rows() > slot.buffer().rows()) {
      throw broken(slot + " exceeds its buffer of " + slot.buffer().rows() + " rows");
    }
  }

  private void requireSameOrDisjoint(Slot result, Slot other) {
    if (!isSame(result, other)) {
      requireDisjoint(result, other);
    }
  }

  private void requireDisjoint(Slot result, Slot other) {
    if (result.buffer().index() == other.buffer().index()
        && result.firstRow(step) < other.firstRow(step) + other.rows()
        && other.firstRow(step) < result.firstRow(step) + result.rows()) {
      throw broken("result " + result + " overlaps " + other);
    }
  }

  private boolean isSame(Slot a, Slot b) {
    return a.buffer().index() == b.buffer().index()
        && a.firstRow(step) == b.firstRow(step)
        && a.rows() == b.rows();
  }

  private IllegalStateException broken(String problem) {
    return new IllegalStateException(
        String.format(
            Locale.ROOT,
            "%s, at step %d of %s %s <- %s",
            problem,
            step,
            run.kernel(),
            run.outputs(),
            run.inputs()));
  }
}
