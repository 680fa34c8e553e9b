package org.charrnn.cli.options;

import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.TrainingConfigBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the model is made of. */
public final class ModelOptions {

  /** The size of an embedding that has as many columns as the state. */
  static final String HIDDEN = "hidden";

  @Option(
      names = "--hidden-size",
      paramLabel = "H",
      description = "Numbers in the state of each layer.")
  private @Nullable Integer hiddenSize;

  @Option(names = "--layers", paramLabel = "N", description = "Recurrent layers.")
  private @Nullable Integer layers;

  @Option(
      names = "--embedding-size",
      paramLabel = "N",
      description =
          "Numbers that stand for a character; 'hidden' for as many as --hidden-size; 0 for none, then the first layer has"
              + " a row for each.")
  private @Nullable String embeddingSize;

  @Option(
      names = "--cell",
      paramLabel = "NAME",
      description = "The cell of the layers, for example gru.")
  private @Nullable String cell;

  @Option(
      names = "--tokenizer",
      paramLabel = "NAME",
      description = "What splits text into symbols, for example code-point.")
  private @Nullable String tokenizer;

  @Option(
      names = "--tie-weights",
      negatable = true,
      description =
          "Use the embedding for the output too. Fewer numbers to learn, and often a better model.")
  private @Nullable Boolean tieWeights;

  /** No option typed yet; picocli fills them in. */
  public ModelOptions() {}

  /** Sets what the user typed. */
  public void applyTo(TrainingConfigBuilder config) {
    Given.apply(hiddenSize, config::hiddenSize);
    Given.apply(layers, config::layers);
    Given.apply(embeddingSize, typed -> applyEmbeddingSize(config, typed));
    Given.apply(cell, config::cell);
    Given.apply(tokenizer, config::tokenizer);
    Given.apply(tieWeights, config::tieWeights);
  }

  private static void applyEmbeddingSize(TrainingConfigBuilder config, String typed) {
    if (typed.equals(HIDDEN)) {
      config.embeddingOfHiddenSize();
      return;
    }
    try {
      config.embeddingSize(Integer.parseInt(typed));
    } catch (NumberFormatException _) {
      throw new InvalidOptionException("embeddingSize", typed, "a whole number, or " + HIDDEN);
    }
  }
}
