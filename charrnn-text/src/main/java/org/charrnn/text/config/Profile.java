package org.charrnn.text.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Named configurations to start from. */
public enum Profile {

  /**
   * The recipe of hit-computer/char-rnn, number by number: one window of 25 characters at a time,
   * each from a zero state, the sum of its losses differentiated, Adagrad with rate 0.005, weights
   * N(0, 0.01^2), 50 epochs. It learns slowly and is kept for comparison.
   */
  SEED,

  /** A small model for a first look: about a minute for a million characters. */
  SMALL,

  /**
   * The default: an embedding that is also the weight of the output, dropout, AdamW with weight
   * decay, a learning rate that rises and falls, and an end when the loss on the held-out text
   * stops improving.
   */
  STANDARD,

  /** Two layers, longer windows and more dropout, for about an hour on a million characters. */
  BEST;

  /**
   * {@return the profile of that name, whatever its case}
   *
   * @param name the name of a profile
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

  /** {@return its name in lower case} */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the configuration; components that are not set here have the defaults of the builders}
   */
  public TrainingConfig config() {
    TrainingConfig.Builder standard = TrainingConfig.builder();
    return switch (this) {
      case STANDARD -> standard.build();
      case SMALL ->
          standard
              .model(it -> it.hiddenSize(128))
              .optimizer(it -> it.learningRate(0.008).dropout(0))
              .run(it -> it.epochs(5))
              .build();
      case BEST ->
          standard
              .model(it -> it.layers(2))
              .optimizer(it -> it.dropout(0.5))
              .windows(it -> it.seqLength(64))
              .run(it -> it.epochs(32))
              .build();
      case SEED ->
          standard
              .model(it ->
                  it.embeddingSize(0).hiddenSize(100).initialDeviation(0.01).tieWeights(false))
              .optimizer(Profile::seedOptimizer)
              .windows(it -> it.seqLength(25).batchSize(1).carryState(false))
              .run(it -> it.epochs(50).saveEvery(5).validation(0))
              .sample(it -> it.temperature(0))
              .watch(it -> it.noPatience())
              .build();
    };
  }

  private static void seedOptimizer(OptimizerConfig.Builder optimizer) {
    optimizer
        .name("adagrad")
        .learningRate(0.005)
        .noClipNorm()
        .meanLoss(false)
        .dropout(0)
        .schedule(new Schedule.Constant());
  }
}
