package org.charrnn.cli.options;

import org.charrnn.api.network.Norm;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.ModelConfig;
import org.charrnn.text.config.ReadingDirection;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The architecture of the model. */
public final class ModelOptions {

  /** The value for an embedding that has as many columns as the state. */
  static final String HIDDEN = "hidden";

  @Option(
      names = "--hidden-size",
      paramLabel = "H",
      description = "Size of the state of each layer.")
  private @Nullable Integer hiddenSize;

  @Option(names = "--layers", paramLabel = "N", description = "Recurrent layers.")
  private @Nullable Integer layers;

  @Option(
      names = "--embedding-size",
      paramLabel = "N",
      description =
          "Size of the character embedding; 'hidden' for the same as --hidden-size; 0 for none, then the first layer has"
              + " a row for each character.")
  private @Nullable String embeddingSize;

  @Option(
      names = "--cell",
      paramLabel = "NAME",
      description = "The cell of the layers, for example gru.")
  private @Nullable String cell;

  @Option(
      names = "--tokenizer",
      paramLabel = "NAME",
      description = "The tokenizer, which splits text into symbols, for example code-point.")
  private @Nullable String tokenizer;

  @Option(
      names = "--tie-weights",
      negatable = true,
      description =
          "Use the embedding for the output too: fewer parameters, and often a better model.")
  private @Nullable Boolean tieWeights;

  @Option(
      names = "--direction",
      paramLabel = "NAME",
      description =
          "forward, or backward for a model that reads and writes texts from their end to their beginning.")
  private @Nullable String direction;

  @Option(
      names = "--residual",
      negatable = true,
      description =
          "Add the input of a layer to its output, where it has the same size. Helps deep networks.")
  private @Nullable Boolean residual;

  @Option(
      names = "--norm",
      paramLabel = "NAME",
      description =
          "Normalize the inputs of the layers and of the output: rms, layer, or none. Helps deep networks.")
  private @Nullable String norm;

  /** Creates the group without values; picocli sets them. */
  public ModelOptions() {}

  /** Sets the values that were given. */
  public void applyTo(ModelConfig.Builder config) {
    Given.apply(hiddenSize, config::hiddenSize);
    Given.apply(layers, config::layers);
    Given.apply(embeddingSize, typed -> applyEmbeddingSize(config, typed));
    Given.apply(cell, config::cell);
    Given.apply(tokenizer, config::tokenizer);
    Given.apply(tieWeights, config::tieWeights);
    Given.apply(direction, name -> config.direction(ReadingDirection.named(name)));
    Given.apply(residual, config::residual);
    Given.apply(norm, name -> config.norm(Named.of("norm", Norm.class, name)));
  }

  private static void applyEmbeddingSize(ModelConfig.Builder config, String typed) {
    if (typed.equals(HIDDEN)) {
      config.embeddingOfHiddenSize();
      return;
    }
    try {
      config.embeddingSize(Integer.parseInt(typed));
    } catch (NumberFormatException _) {
      throw new InvalidOptionException("embeddingSize", typed, "an integer, or " + HIDDEN);
    }
  }
}
