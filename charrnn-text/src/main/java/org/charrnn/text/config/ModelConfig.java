package org.charrnn.text.config;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.charrnn.api.network.Norm;
import org.charrnn.text.config.annotation.Fixed;
import org.charrnn.text.corpus.Vocabulary;

/**
 * The architecture of a model. Two models with equal values and equal vocabularies have the same
 * tensors.
 *
 * <p><b>Thread safety.</b> Immutable; a builder belongs to one thread.
 *
 * @param tokenizer the name of the tokenizer, such as {@code code-point}
 * @param vocabularyOrder the order of the ids of the symbols
 * @param cell the name of the cell, such as {@code gru}
 * @param embeddingSize columns of the embedding of a symbol; 0 for none, the first layer then has a
 *     row for each symbol; empty for the same as {@code hiddenSize}
 * @param hiddenSize H, columns of the state of each layer
 * @param layers the number of layers
 * @param initialDeviation the standard deviation of the normal distribution that all weights are
 *     initialized from; empty for the initialization of the cell. Biases are always initialized by
 *     the cell.
 * @param tieWeights whether the output layer uses the transposed embedding instead of a weight of
 *     its own, after a projection if embedding and state differ in size
 * @param direction the direction in which the model reads and writes texts
 * @param residual whether the input of a layer is added to its output, where it has the same size
 * @param norm how the inputs of the layers and of the output layer are normalized
 */
public record ModelConfig(
    @Fixed(Fixed.Scope.PARAMETERS) String tokenizer,
    @Fixed(Fixed.Scope.RUN) Vocabulary.Order vocabularyOrder,
    @Fixed(Fixed.Scope.PARAMETERS) String cell,
    @Fixed(Fixed.Scope.PARAMETERS) OptionalInt embeddingSize,
    @Fixed(Fixed.Scope.PARAMETERS) int hiddenSize,
    @Fixed(Fixed.Scope.PARAMETERS) int layers,
    @Fixed(Fixed.Scope.RUN) OptionalDouble initialDeviation,
    @Fixed(Fixed.Scope.PARAMETERS) boolean tieWeights,
    @Fixed(Fixed.Scope.PARAMETERS) ReadingDirection direction,
    @Fixed(Fixed.Scope.PARAMETERS) boolean residual,
    @Fixed(Fixed.Scope.PARAMETERS) Norm norm) {

  /** Compiling and training a deeper network takes longer than anyone waits for. */
  private static final int MAXIMUM_LAYERS = 100;

  /**
   * Checks the names and sizes.
   *
   * @throws InvalidOptionException if a size is out of range; the message names it
   */
  public ModelConfig {
    Check.pluginName("tokenizer", tokenizer);
    Check.pluginName("cell", cell);
    embeddingSize.ifPresent(size -> Check.atLeast(0, "embeddingSize", size));
    Check.atLeast(1, "hiddenSize", hiddenSize);
    Check.inRange(1, MAXIMUM_LAYERS, "layers", layers);
    initialDeviation.ifPresent(deviation -> Check.positiveFloat("initialDeviation", deviation));
    if (tieWeights && embeddingSize.orElse(hiddenSize) == 0) {
      throw new InvalidOptionException(
          "embeddingSize", 0, "at least 1 if tieWeights uses the embedding for the output too");
    }
  }

  /** {@return the columns of the embedding of a symbol; 0 if there is none} */
  public int embeddingColumns() {
    return embeddingSize.orElse(hiddenSize);
  }

  /** {@return a builder that starts with these values} */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.tokenizer = tokenizer;
    builder.vocabularyOrder = vocabularyOrder;
    builder.cell = cell;
    builder.embeddingSize = embeddingSize;
    builder.hiddenSize = hiddenSize;
    builder.layers = layers;
    builder.initialDeviation = initialDeviation;
    builder.tieWeights = tieWeights;
    builder.direction = direction;
    builder.residual = residual;
    builder.norm = norm;
    return builder;
  }

  /**
   * Builds a {@link ModelConfig}; each method sets the component of its name. {@link
   * TrainingConfig.Builder#build} reports a value that is not allowed.
   */
  public static final class Builder {

    private String tokenizer = "code-point";
    private Vocabulary.Order vocabularyOrder = Vocabulary.Order.CODE_POINT;
    private String cell = "gru";
    private OptionalInt embeddingSize = OptionalInt.empty();
    private int hiddenSize = 512;
    private int layers = 1;
    private OptionalDouble initialDeviation = OptionalDouble.empty();
    private boolean tieWeights = true;
    private ReadingDirection direction = ReadingDirection.FORWARD;
    private boolean residual;
    private Norm norm = Norm.NONE;

    Builder() {}

    /**
     * Sets the name of the tokenizer.
     *
     * @param value by default {@code code-point}
     * @return this builder
     */
    public Builder tokenizer(String value) {
      tokenizer = value;
      return this;
    }

    /**
     * Sets the order of the ids of the symbols.
     *
     * @param value by default that of the code points
     * @return this builder
     */
    public Builder vocabularyOrder(Vocabulary.Order value) {
      vocabularyOrder = value;
      return this;
    }

    /**
     * Sets the name of the cell.
     *
     * @param value by default {@code gru}
     * @return this builder
     */
    public Builder cell(String value) {
      cell = value;
      return this;
    }

    /**
     * Sets the columns of the embedding; 0 for none.
     *
     * @param value at least 0; with tied weights at least 1
     * @return this builder
     */
    public Builder embeddingSize(int value) {
      embeddingSize = OptionalInt.of(value);
      return this;
    }

    /**
     * Gives the embedding as many columns as the state.
     *
     * @return this builder
     */
    public Builder embeddingOfHiddenSize() {
      embeddingSize = OptionalInt.empty();
      return this;
    }

    /**
     * Sets the columns of the state of each layer.
     *
     * @param value H, at least 1; by default 512
     * @return this builder
     */
    public Builder hiddenSize(int value) {
      hiddenSize = value;
      return this;
    }

    /**
     * Sets the number of layers.
     *
     * @param value from 1 to 100; by default 1
     * @return this builder
     */
    public Builder layers(int value) {
      layers = value;
      return this;
    }

    /**
     * Sets the standard deviation that all weights are initialized with.
     *
     * @param value greater than 0
     * @return this builder
     */
    public Builder initialDeviation(double value) {
      initialDeviation = OptionalDouble.of(value);
      return this;
    }

    /**
     * Initializes weights as the cell prescribes.
     *
     * @return this builder
     */
    public Builder noInitialDeviation() {
      initialDeviation = OptionalDouble.empty();
      return this;
    }

    /**
     * Sets whether the output layer uses the embedding.
     *
     * @param value by default true
     * @return this builder
     */
    public Builder tieWeights(boolean value) {
      tieWeights = value;
      return this;
    }

    /**
     * Sets the direction in which the model reads and writes texts.
     *
     * @param value by default forward
     * @return this builder
     */
    public Builder direction(ReadingDirection value) {
      direction = value;
      return this;
    }

    /**
     * Sets whether the input of a layer is added to its output.
     *
     * @param value by default false; layers whose input has another size are not changed
     * @return this builder
     */
    public Builder residual(boolean value) {
      residual = value;
      return this;
    }

    /**
     * Sets how the inputs of the layers are normalized.
     *
     * @param value by default none
     * @return this builder
     */
    public Builder norm(Norm value) {
      norm = value;
      return this;
    }

    ModelConfig build() {
      return new ModelConfig(
          tokenizer,
          vocabularyOrder,
          cell,
          embeddingSize,
          hiddenSize,
          layers,
          initialDeviation,
          tieWeights,
          direction,
          residual,
          norm);
    }
  }
}
