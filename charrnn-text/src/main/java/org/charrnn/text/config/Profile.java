package org.charrnn.text.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.charrnn.text.corpus.VocabularyOrder;
import org.charrnn.text.problem.InvalidOptionException;

/** Configurations to begin with. */
public enum Profile {

  /**
   * The recipe of hit-computer/char-rnn, number by number: one window of 25 characters at a time,
   * each from a zero state, the sum of its losses differentiated, Adagrad with rate 0.005, weights
   * N(0, 0.01), 50 epochs. It learns slowly and is here to compare with.
   */
  SEED,

  /** What to train with unless there is a reason not to: batches, a carried state, clipping. */
  STANDARD;

  /**
   * The profile of that name, whatever its case.
   *
   * @throws InvalidOptionException if there is none; the message lists all
   */
  public static Profile named(String name) {
    return Arrays.stream(values())
        .filter(profile -> profile.label().equals(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() ->
            new InvalidOptionException(
                "profile",
                name,
                "one of "
                    + Arrays.stream(values())
                        .map(Profile::label)
                        .collect(Collectors.joining(", "))));
  }

  /** Its name in lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The configuration. */
  public TrainingConfig config() {
    return switch (this) {
      case SEED ->
          new TrainingConfig(
              model(100, OptionalDouble.of(0.01)),
              adagrad(0.005, OptionalDouble.empty(), false),
              new WindowConfig(25, 1, false),
              new RunConfig(50, OptionalLong.empty(), 5, 0, 0),
              new SampleConfig(Optional.empty(), 100, 0),
              DocumentConfig.none(),
              WatchConfig.none());
      case STANDARD ->
          new TrainingConfig(
              model(256, OptionalDouble.empty()),
              adagrad(0.05, OptionalDouble.of(5), true),
              new WindowConfig(50, 32, true),
              new RunConfig(20, OptionalLong.empty(), 1, 0.1, 0),
              new SampleConfig(Optional.empty(), 100, 0.8),
              DocumentConfig.none(),
              WatchConfig.none());
    };
  }

  private static ModelConfig model(int hiddenSize, OptionalDouble initialDeviation) {
    return new ModelConfig(
        "code-point", VocabularyOrder.CODE_POINT, "gru", 0, hiddenSize, 1, initialDeviation, false);
  }

  private static OptimizerConfig adagrad(double rate, OptionalDouble clipNorm, boolean meanLoss) {
    return new OptimizerConfig(
        "adagrad",
        OptionalDouble.of(rate),
        Map.of(),
        clipNorm,
        OptionalDouble.empty(),
        1,
        meanLoss,
        0,
        new Schedule.Constant());
  }
}
