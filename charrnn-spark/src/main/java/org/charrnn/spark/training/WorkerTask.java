package org.charrnn.spark.training;

import java.io.Serializable;
import org.charrnn.text.rounds.Round;
import org.charrnn.text.rounds.WorkerResult;
import org.jspecify.annotations.Nullable;

/**
 * The task of a worker in a round.
 *
 * @param worker its index
 * @param state its state before the round; null before the first one
 */
@SuppressWarnings("ArrayRecordComponent") // sent, never compared
record WorkerTask(int worker, byte @Nullable [] state) implements Serializable {

  /** Runs the worker in this executor. */
  WorkerResult run(SharedSetup setup, Round round) {
    return ExecutorWorkers.SHARED.run(setup, round, this);
  }
}
