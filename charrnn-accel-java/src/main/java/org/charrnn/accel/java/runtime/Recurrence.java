package org.charrnn.accel.java.runtime;

import java.util.List;
import org.charrnn.accel.java.team.WorkSplit;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.graph.Operands;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.LoopAnalysis;

/**
 * A loop over time whose body applies expressions to elements: a worker runs all steps for a block
 * of elements before it starts with the next block. The states of the block stay in a cache close
 * to the processor, and workers wait for one another once, after the loop.
 *
 * <p>Blocks are not smaller, down to states in registers, since the elements of consecutive steps
 * are far apart: in a block of this size most addresses of a step are consecutive, so that the
 * processor fetches them ahead.
 */
final class Recurrence extends SplitTask {

  /** Elements of a block: measured; from 512 to 65,536 the time of a loop varies by a third. */
  private static final int BLOCK = 8192;

  private final Instruction.Loop loop;
  private final ElementRows[] body;
  private final int rows;
  private final int columns;
  private final boolean canCut; // whether a block may be a part of a row
  private final int unit; // columns that are not split

  /**
   * Prepares a loop for which {@link LoopAnalysis#isElementwise} holds.
   *
   * @param operands the operands of each instruction of its body
   */
  Recurrence(
      Instruction.Loop loop,
      List<Operands.Elementwise<Operand>> operands,
      ElementKernels source,
      WorkerTeam team) {
    super(team, isWorthSplitting(loop, operands, source));
    this.canCut =
        new LoopAnalysis(loop).hasIndependentColumns()
            && operands.stream().allMatch(run -> run.results().getFirst().matrix().isContiguous());
    boolean flat = canCut && operands.stream().allMatch(ElementRows::canBeFlat);
    this.loop = loop;
    this.body =
        operands.stream()
            .map(run -> new ElementRows(run, flat, source, parts()))
            .toArray(ElementRows[]::new);
    this.rows = body[0].rows();
    this.columns = body[0].columns();
    this.unit = canCut ? source.width() : columns;
  }

  private static boolean isWorthSplitting(
      Instruction.Loop loop, List<Operands.Elementwise<Operand>> operands, ElementKernels source) {
    return operands.stream()
        .anyMatch(run ->
            source.isWorthSplitting(
                run.expression(), (long) loop.steps() * run.results().getFirst().elements()));
  }

  @Override
  public void run(int worker, int workers) {
    int units = rows * Math.ceilDiv(columns, unit);
    int block = Math.max(1, BLOCK / unit);
    int end = WorkSplit.start(units, worker + 1, workers);
    for (int first = WorkSplit.start(units, worker, workers); first < end; first += block) {
      int last = Math.min(end, first + block);
      for (int i = 0; i < loop.steps(); i++) {
        runStep(worker, loop.reverse() ? loop.steps() - 1 - i : i, first, last);
      }
    }
  }

  private void runStep(int worker, int step, int first, int last) {
    int units = Math.ceilDiv(columns, unit); // of a row
    for (ElementRows elements : body) {
      for (int next = first; next < last; ) {
        int row = next / units;
        int from = next - row * units;
        int to = Math.min(units, from + last - next);
        int count = canCut ? Math.min(columns, to * unit) - from * unit : elements.columns();
        elements.run(worker, step, row, from * unit, count);
        next += to - from;
      }
    }
  }
}
