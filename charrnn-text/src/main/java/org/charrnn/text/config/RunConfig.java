package org.charrnn.text.config;

import java.util.OptionalLong;

/**
 * How long to train, what to keep, and where randomness begins.
 *
 * @param epochs the number of passes over the training text
 * @param maxSteps the greatest number of steps, whatever the epochs; empty for no limit
 * @param saveEvery the number of epochs from one checkpoint to the next; there is always one at the
 *     end
 * @param validation the share of the text, at its end, that is held out and measured after each
 *     epoch; 0 for none
 * @param test the share of the text, at its very end, that is set aside before all else and
 *     measured once, when training is over; {@code validation} is then a share of what is left; 0
 *     for none
 * @param seed determines all randomness
 */
public record RunConfig(
    int epochs, OptionalLong maxSteps, int saveEvery, double validation, double test, long seed) {
  /** Checks the numbers. */
  public RunConfig {
    Check.atLeast(1, "epochs", epochs);
    maxSteps.ifPresent(steps -> Check.atLeast(1, "maxSteps", steps));
    Check.atLeast(1, "saveEvery", saveEvery);
    Check.within(0, 1, "validation", validation);
    Check.within(0, 1, "test", test);
  }
}
