package org.charrnn.text.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
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

  /** A small model for a first look: about a minute for a million characters. */
  SMALL,

  /**
   * What to train with unless there is a reason not to: an embedding, dropout, Adam, a learning
   * rate that rises and falls, and an end when the held-out text gets no better.
   */
  STANDARD;

  private static final int WARMUP_STEPS = 100;
  private static final int PATIENCE = 3;

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
              model(0, 100, OptionalDouble.of(0.01)),
              new OptimizerConfig(
                  "adagrad",
                  OptionalDouble.of(0.005),
                  Map.of(),
                  OptionalDouble.empty(),
                  OptionalDouble.empty(),
                  1,
                  false,
                  0,
                  new Schedule.Constant()),
              new WindowConfig(25, 1, false),
              new RunConfig(50, OptionalLong.empty(), 5, 0, 0, 0),
              new SampleConfig(Optional.empty(), 100, 0),
              DocumentConfig.none(),
              WatchConfig.none());
      case SMALL -> modern(model(128, 128, OptionalDouble.empty()), adam(0.004, 0), 5);
      case STANDARD -> modern(model(256, 512, OptionalDouble.empty()), adam(0.002, 0.3), 6);
    };
  }

  private static ModelConfig model(
      int embeddingSize, int hiddenSize, OptionalDouble initialDeviation) {
    return new ModelConfig(
        "code-point",
        VocabularyOrder.CODE_POINT,
        "gru",
        embeddingSize,
        hiddenSize,
        1,
        initialDeviation,
        false);
  }

  private static OptimizerConfig adam(double rate, double dropout) {
    return new OptimizerConfig(
        "adam",
        OptionalDouble.of(rate),
        Map.of(),
        OptionalDouble.of(5),
        OptionalDouble.empty(),
        1,
        true,
        dropout,
        new Schedule.Cosine(WARMUP_STEPS, 0));
  }

  private static TrainingConfig modern(ModelConfig model, OptimizerConfig optimizer, int epochs) {
    return new TrainingConfig(
        model,
        optimizer,
        new WindowConfig(50, 32, true),
        new RunConfig(epochs, OptionalLong.empty(), 1, 0.1, 0, 0),
        new SampleConfig(Optional.empty(), 100, 0.8),
        DocumentConfig.none(),
        new WatchConfig(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalInt.of(PATIENCE),
            Optional.empty()));
  }
}
