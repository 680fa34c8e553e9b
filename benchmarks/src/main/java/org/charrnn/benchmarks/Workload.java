package org.charrnn.benchmarks;

/** Something that is done again and again while it is measured. */
interface Workload extends AutoCloseable {

  /** Does it once and returns the number of characters that were worked on. */
  int run();

  /** The loss of the last run, in nats per character; NaN if there is none. */
  double loss();

  @Override
  void close();
}
