package org.charrnn.api;

import java.util.Optional;

/**
 * How an accelerator is to be opened.
 *
 * @param threads how many threads may compute, at least 1
 * @param device which device to use, in the accelerator's own words; empty for its best
 */
public record AcceleratorOptions(int threads, Optional<String> device) {
  /** Checks the number of threads. */
  public AcceleratorOptions {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1: " + threads);
    }
  }

  /** As many threads as there are processors, and the best device. */
  public static AcceleratorOptions defaults() {
    return new AcceleratorOptions(Runtime.getRuntime().availableProcessors(), Optional.empty());
  }

  /** The same device with another number of threads. */
  public AcceleratorOptions withThreads(int threads) {
    return new AcceleratorOptions(threads, device);
  }
}
