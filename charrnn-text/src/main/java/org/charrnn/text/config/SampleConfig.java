package org.charrnn.text.config;

import java.util.Optional;

/**
 * What the model writes at each checkpoint, for the user to see.
 *
 * @param begin the text to begin with; empty for the first symbol of the training text
 * @param length the number of symbols to write after it; 0 for no samples
 * @param temperature divides the logits before one is drawn; 0 for greedy
 */
public record SampleConfig(Optional<String> begin, int length, double temperature) {
  /** Checks the numbers. */
  public SampleConfig {
    if (begin.isPresent() && begin.get().isEmpty()) {
      throw new InvalidOptionException("begin", "''", "at least one symbol");
    }
    Check.atLeast(0, "sampleLength", length);
    Check.within(0, Double.POSITIVE_INFINITY, "temperature", temperature);
  }
}
