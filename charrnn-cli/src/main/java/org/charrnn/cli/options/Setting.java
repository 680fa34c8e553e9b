package org.charrnn.cli.options;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.charrnn.text.config.TrainingConfig;

/** The parts of a configuration: what each is called on the command line, and whether it may change when a training goes on. */
public enum Setting {
  TOKENIZER("--tokenizer", Change.NEVER, config -> config.model().tokenizer()),
  VOCABULARY_ORDER("vocabulary order", Change.NEVER, config -> config.model().vocabularyOrder()),
  CELL("--cell", Change.NEVER, config -> config.model().cell()),
  EMBEDDING_SIZE("--embedding-size", Change.NEVER, config -> config.model().embeddingSize()),
  HIDDEN_SIZE("--hidden-size", Change.NEVER, config -> config.model().hiddenSize()),
  LAYERS("--layers", Change.NEVER, config -> config.model().layers()),
  INITIAL_DEVIATION(
      "initial deviation", Change.NEVER, config -> Setting.orNone(config.model().initialDeviation())),
  OPTIMIZER("--optimizer", Change.NEVER, config -> config.optimizer().name()),
  LEARNING_RATE(
      "--learning-rate", Change.ALLOWED, config -> Setting.orDefault(config.optimizer().learningRate())),
  OPTIMIZER_OPTION("--optimizer-option", Change.ALLOWED, config -> config.optimizer().hyperparameters()),
  CLIP_NORM("--clip-norm", Change.ALLOWED, config -> Setting.orNone(config.optimizer().clipNorm())),
  MEAN_LOSS("mean loss", Change.ALLOWED, config -> config.optimizer().meanLoss()),
  SEQ_LENGTH("--seq-length", Change.NEVER, config -> config.windows().seqLength()),
  BATCH_SIZE("--batch-size", Change.NEVER, config -> config.windows().batchSize()),
  CARRY_STATE("carried state", Change.NEVER, config -> config.windows().carryState()),
  EPOCHS("--epochs", Change.ALLOWED, config -> config.run().epochs()),
  MAX_STEPS(
      "--max-steps",
      Change.ALLOWED,
      config -> config.run().maxSteps().isPresent() ? config.run().maxSteps().getAsLong() : "none"),
  SAVE_EVERY("--save-every", Change.ALLOWED, config -> config.run().saveEvery()),
  VALIDATION("--validation", Change.NEVER, config -> config.run().validation()),
  SEED("--seed", Change.NEVER, config -> config.run().seed()),
  BEGIN("--begin", Change.ALLOWED, config -> config.sample().begin().orElse("the first character")),
  SAMPLE_LENGTH("--sample-length", Change.ALLOWED, config -> config.sample().length()),
  TEMPERATURE("--temperature", Change.ALLOWED, config -> config.sample().temperature());

  /** Whether a training that goes on may have another value. */
  public enum Change {
    /** It may, and does from there on. */
    ALLOWED,
    /** It may not: the model or its run would be another one. */
    NEVER
  }

  /**
   * A part in which two configurations differ.
   *
   * @param setting which part
   * @param before its value in the first one
   * @param after its value in the second one
   */
  public record Difference(Setting setting, String before, String after) {}

  private final String label;
  private final Change change;
  private final Function<TrainingConfig, Object> value;

  Setting(String label, Change change, Function<TrainingConfig, Object> value) {
    this.label = label;
    this.change = change;
    this.value = value;
  }

  /** The option, or a few words for what only a profile sets. */
  public String label() {
    return label;
  }

  /** Whether it may change when a training goes on. */
  public Change change() {
    return change;
  }

  /** Its value, for the user to read. */
  public String valueIn(TrainingConfig config) {
    return String.valueOf(value.apply(config));
  }

  /** All parts in which two configurations differ. */
  public static List<Difference> differences(TrainingConfig before, TrainingConfig after) {
    return Arrays.stream(values())
        .map(setting -> new Difference(setting, setting.valueIn(before), setting.valueIn(after)))
        .filter(difference -> !difference.before().equals(difference.after()))
        .toList();
  }

  private static Object orNone(java.util.OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : "none";
  }

  private static Object orDefault(java.util.OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : "the optimizer's";
  }
}
