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
   * What to train with unless there is a reason not to: an embedding that is the weight of the
   * output too, dropout, Adam, a learning rate that rises and falls, and an end when the held-out
   * text gets no better.
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
              seedModel(),
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
      case SMALL -> modern(model(128), adam(0.004, 0), 5);
      case STANDARD -> modern(model(512), adam(0.002, 0.3), 6);
    };
  }

  private static ModelConfig seedModel() {
    return new ModelConfig(
        "code-point",
        VocabularyOrder.CODE_POINT,
        "gru",
        OptionalInt.of(0),
        100,
        1,
        OptionalDouble.of(0.01),
        false);
  }

  private static ModelConfig model(int hiddenSize) {
    return new ModelConfig(
        "code-point",
        VocabularyOrder.CODE_POINT,
        "gru",
        OptionalInt.empty(),
        hiddenSize,
        1,
        OptionalDouble.empty(),
        true);
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
