package org.charrnn.cli.options;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.charrnn.text.Trainer;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.TrainingConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The time that a training takes, from which its number of steps follows. */
public final class BudgetOption {

  private static final List<String> OTHER_LENGTHS =
      List.of("--epochs", "--steps", "--max-steps", "--resume");

  @Option(
      names = "--budget",
      paramLabel = "TIME",
      description =
          "Train for about this time, for example 90s, 15m or 1h: measure the speed for some"
              + " seconds, then set --steps so that the schedule ends when the time does."
              + " Measurements of the held-out text count.")
  private @Nullable String typed;

  private Duration time = Duration.ZERO;
  private long startNanos;

  /** Creates the option without a value; picocli sets it. */
  public BudgetOption() {}

  /**
   * Starts the time, if one was given.
   *
   * @throws InvalidOptionException if it is no time, or another option determines the length too
   */
  public void start(ParseResult options) {
    if (typed == null) {
      return;
    }
    for (String other : OTHER_LENGTHS) {
      if (options.hasMatchedOption(other)) {
        throw new InvalidOptionException(
            "budget", typed, "omitted; it cannot be combined with " + other);
      }
    }
    String value = typed;
    time =
        Times.parse(value)
            .filter(Duration::isPositive)
            .orElseThrow(
                () -> new InvalidOptionException("budget", value, "a time such as 90s, 15m or 1h"));
    startNanos = System.nanoTime();
  }

  /**
   * The configuration with the number of steps that fit the rest of the time; as given if no time
   * was.
   *
   * @param open opens a trainer for a trial
   * @param err receives the number
   */
  public TrainingConfig planned(
      TrainingConfig config, Function<TrainingConfig, Trainer> open, PrintWriter err) {
    if (typed == null) {
      return config;
    }
    TrainingConfig endless = config.toBuilder().run(it -> it.noMaxSteps().noSteps()).build();
    long steps;
    try (Trainer trial = open.apply(endless)) {
      steps = trial.stepsWithin(time.minusNanos(System.nanoTime() - startNanos));
    }
    err.println(
        String.format(
            Locale.ROOT,
            "charrnn: %s hold %,d steps here; --steps %d instead of --budget repeats this training"
                + " exactly",
            Times.format(time),
            steps,
            steps));
    return endless.toBuilder().run(it -> it.steps(steps)).build();
  }
}
