package org.charrnn.text.config;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What happens between steps besides what happens at the end of each pass, and what ends a run
 * before its last step.
 *
 * @param validateEverySteps the steps from one measuring of the held-out text to the next; empty
 *     for the ends of passes alone
 * @param saveEverySteps the steps from one checkpoint to the next; empty for the ends of passes
 *     alone
 * @param patience a run ends when so many validations one after the other did not lower the least
 *     loss on the held-out text; empty for never. Without held-out text it has no effect.
 * @param maxTime a run ends after the step at which it has taken so long; empty for never. A run
 *     that goes on is given this time anew.
 */
public record WatchConfig(
    OptionalLong validateEverySteps,
    OptionalLong saveEverySteps,
    OptionalInt patience,
    Optional<Duration> maxTime) {
  /** Checks the numbers. */
  public WatchConfig {
    validateEverySteps.ifPresent(steps -> Check.atLeast(1, "validateEverySteps", steps));
    saveEverySteps.ifPresent(steps -> Check.atLeast(1, "saveEverySteps", steps));
    patience.ifPresent(validations -> Check.atLeast(1, "patience", validations));
    if (maxTime.isPresent() && !maxTime.get().isPositive()) {
      throw new InvalidOptionException("maxTime", maxTime.get(), "longer than no time");
    }
  }

  /** Ends of passes alone, and nothing that ends a run before its last step. */
  public static WatchConfig none() {
    return new WatchConfig(
        OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty(), Optional.empty());
  }
}
