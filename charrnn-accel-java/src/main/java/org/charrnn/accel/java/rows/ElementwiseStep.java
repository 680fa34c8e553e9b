package org.charrnn.accel.java.rows;

import java.util.Arrays;
import java.util.List;
import org.charrnn.accel.java.team.Team;
import org.charrnn.graph.Expression;

/** An expression applied to each element, row by row. Threads share out the rows. */
final class ElementwiseStep implements Step, Team.Task {

  /**
   * Terms computed, over all elements, that take some ten times as long as handing a share to
   * another thread.
   */
  private static final long WORTH_SHARING = 1 << 16;

  /** Terms that take as long as a function. */
  private static final int FUNCTION = 32;

  private final List<Operand> operands;
  private final List<Operand> results;
  private final RowLoop[] loops; // of each thread
  private final float[][][] rows; // of each thread, those of the operands
  private final float[][][] targets; // and those of the results
  private final Team team;
  private final boolean shared;
  private int time;

  ElementwiseStep(
      Expression expression,
      List<Operand> operands,
      List<Operand> results,
      RowLoops source,
      Team team) {
    this.operands = operands;
    this.results = results;
    this.team = team;
    this.shared = results.getFirst().elements() * work(expression) >= WORTH_SHARING;
    this.loops = new RowLoop[shared ? team.size() : 1];
    Operand result = results.getFirst();
    List<Boolean> numbers = RowLoops.numbers(operands, result);
    Arrays.setAll(loops, _ -> source.of(expression, numbers, result.columns()));
    this.rows = new float[loops.length][operands.size()][];
    this.targets = new float[loops.length][results.size()][];
  }

  /** How much work an element is, in terms. */
  private static long work(Expression expression) {
    return expression.terms().stream()
        .mapToLong(term -> RowLoops.isSimple(term) ? 1 : FUNCTION)
        .sum();
  }

  @Override
  public void run(int time) {
    this.time = time;
    team.run(this, shared);
  }

  @Override
  public void run(int part, int parts) {
    int count = results.getFirst().rows();
    int columns = results.getFirst().columns();
    int end = (int) ((long) count * (part + 1) / parts);
    for (int row = (int) ((long) count * part / parts); row < end; row++) {
      for (int i = 0; i < rows[part].length; i++) {
        rows[part][i] = operands.get(i).repeated(row, time);
      }
      for (int i = 0; i < targets[part].length; i++) {
        targets[part][i] = results.get(i).repeated(row, time);
      }
      loops[part].run(rows[part], targets[part], columns);
    }
  }
}
