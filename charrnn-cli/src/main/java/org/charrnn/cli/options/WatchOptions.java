package org.charrnn.cli.options;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.WatchConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What happens between steps, and what ends a training early. */
public final class WatchOptions {

  private static final String NONE = "none";

  @Option(
      names = "--validate-every-steps",
      paramLabel = "N",
      description =
          "Measure the held-out text every N steps too, not only after each epoch; 'none' to stop that.")
  private @Nullable String validateEverySteps;

  @Option(
      names = "--save-every-steps",
      paramLabel = "N",
      description = "Write a checkpoint every N steps too; 'none' to stop that.")
  private @Nullable String saveEverySteps;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "End when N consecutive validations did not improve on the lowest loss; 'none' for never.")
  private @Nullable String patience;

  @Option(
      names = "--max-time",
      paramLabel = "TIME",
      description =
          "End after this time, for example 15m or 1h30m, with a checkpoint to resume from; 'none' for never.")
  private @Nullable String maxTime;

  /** Creates the group without values; picocli sets them. */
  public WatchOptions() {}

  /** Sets the values that were given. */
  public void applyTo(WatchConfig.Builder config) {
    apply(
        validateEverySteps,
        steps -> number("validateEverySteps", steps),
        config::validateEverySteps,
        config::noValidateEverySteps);
    apply(
        saveEverySteps,
        steps -> number("saveEverySteps", steps),
        config::saveEverySteps,
        config::noSaveEverySteps);
    apply(
        patience,
        validations ->
            Math.toIntExact(Math.min(Integer.MAX_VALUE, number("patience", validations))),
        config::patience,
        config::noPatience);
    apply(maxTime, WatchOptions::time, config::maxTime, config::noMaxTime);
  }

  private static <T> void apply(
      @Nullable String typed, Function<String, T> parse, Consumer<T> setter, Runnable none) {
    if (NONE.equals(typed)) {
      none.run();
    } else if (typed != null) {
      setter.accept(parse.apply(typed));
    }
  }

  private static long number(String option, String typed) {
    try {
      return Long.parseLong(typed);
    } catch (NumberFormatException _) {
      throw new InvalidOptionException(option, typed, "an integer, or " + NONE);
    }
  }

  private static Duration time(String typed) {
    return Times.parse(typed)
        .orElseThrow(() ->
            new InvalidOptionException(
                "maxTime", typed, "a time such as 90s, 15m or 1h30m, or " + NONE));
  }
}
