package org.charrnn.text.rounds;

/**
 * Runs the workers of a round, in any order and in any place: the result must not depend on that.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
@FunctionalInterface
public interface RoundRunner extends AutoCloseable {

  /**
   * Runs all workers of a round and sums their values in the order of the workers.
   *
   * @param round the task of all workers
   * @param states their states before: those of the result of the previous round, or those that a
   *     checkpoint contains
   * @return the sum of their values, and their states after it
   */
  RoundResult run(Round round, WorkerStates states);

  /** Frees the memory of the workers. Closing twice does nothing. */
  @Override
  default void close() {}
}
