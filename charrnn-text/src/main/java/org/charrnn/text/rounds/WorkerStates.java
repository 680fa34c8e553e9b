package org.charrnn.text.rounds;

import java.util.List;

/**
 * The states of all workers between two rounds. They may be on other machines until they are read.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
@FunctionalInterface
public interface WorkerStates {

  /**
   * The states in the order of the workers, as {@link WorkerResult#state} returned them; an empty
   * list before the first round.
   *
   * @return the states
   */
  List<byte[]> read();

  /**
   * States in memory.
   *
   * @param states the states in the order of the workers
   * @return the states
   */
  static WorkerStates of(List<byte[]> states) {
    List<byte[]> copy = List.copyOf(states);
    return () -> copy;
  }
}
