package org.charrnn.benchmarks;

/** An action that is repeated while it is measured. */
interface Workload extends AutoCloseable {

  /** Runs the action once and returns the number of characters processed. */
  int run();

  /** The loss of the last run, in nats per character; NaN if there is none. */
  double loss();

  @Override
  void close();
}
