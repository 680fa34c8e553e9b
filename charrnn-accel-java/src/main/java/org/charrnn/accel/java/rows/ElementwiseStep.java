package org.charrnn.accel.java.rows;

import java.util.List;
import org.charrnn.accel.java.team.Team;
import org.charrnn.graph.Expression;

/** An expression applied to each element, row by row. Threads share out the rows. */
final class ElementwiseStep implements Step, Team.Task {

  /**
   * Terms computed, over all elements, that take some ten times as long as handing a share to
   * another thread.
   */
  private static final long WORTH_SHARING = 1 << 18;

  private final List<Operand> operands;
  private final List<Operand> results;
  private final Evaluator[] evaluators; // of each thread
  private final float[][][] targets; // of each thread, the rows of the results
  private final Team team;
  private final boolean shared;
  private int time;

  ElementwiseStep(
      Expression expression,
      List<Operand> operands,
      List<Operand> results,
      RowLoops loops,
      Team team) {
    this.operands = operands;
    this.results = results;
    this.team = team;
    this.shared = (long) results.getFirst().elements() * expression.terms().size() >= WORTH_SHARING;
    this.evaluators = new Evaluator[shared ? team.size() : 1];
    this.targets = new float[evaluators.length][results.size()][];
    for (int i = 0; i < evaluators.length; i++) {
      evaluators[i] = new Evaluator(expression, operands, results.getFirst().columns(), loops);
    }
  }

  @Override
  public void run(int time) {
    this.time = time;
    team.run(this, shared);
  }

  @Override
  public void run(int part, int parts) {
    Evaluator evaluator = evaluators[part];
    float[][] rows = targets[part];
    int count = results.getFirst().rows();
    int end = (int) ((long) count * (part + 1) / parts);
    for (int row = (int) ((long) count * part / parts); row < end; row++) {
      for (int i = 0; i < operands.size(); i++) {
        evaluator.operand(i, operands.get(i).repeated(row, time));
      }
      for (int i = 0; i < rows.length; i++) {
        rows[i] = results.get(i).repeated(row, time);
      }
      evaluator.run(rows);
    }
  }
}
