package org.charrnn.text.rounds;

import java.util.List;

/**
 * The result of a round.
 *
 * <p><b>Thread safety.</b> Immutable, provided that the array of {@link #sum} is not changed.
 */
public final class RoundResult {

  private final float[] sum;
  private final List<WorkerReport> reports;
  private final WorkerStates states;

  /**
   * A result.
   *
   * @param sum see {@link #sum}; not copied
   * @param reports the measurements of the workers, in their order
   * @param states the states of the workers after the round
   */
  public RoundResult(float[] sum, List<WorkerReport> reports, WorkerStates states) {
    this.sum = sum;
    this.reports = List.copyOf(reports);
    this.states = states;
  }

  /** {@return the {@link OuterStep#sum} of the values of all workers; the array itself} */
  public float[] sum() {
    return sum;
  }

  /** {@return the measurements of the workers, in their order} */
  public List<WorkerReport> reports() {
    return reports;
  }

  /** {@return the states of the workers after the round} */
  public WorkerStates states() {
    return states;
  }
}
