package org.charrnn.text.config;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.charrnn.text.corpus.VocabularyOrder;

/**
 * What the model is made of. Two models with equal values and equal vocabularies have the same
 * tensors.
 *
 * @param tokenizer the name of the tokenizer, such as {@code code-point}
 * @param vocabularyOrder which symbol gets which id
 * @param cell the name of the cell, such as {@code gru}
 * @param embeddingSize columns of the embedding of a symbol; 0 for none, the first layer then sees
 *     one-hot rows; empty for as many as {@code hiddenSize}
 * @param hiddenSize H, columns of the state of each layer
 * @param layers the number of layers
 * @param initialDeviation the standard deviation of the normal numbers that all weights begin with;
 *     empty for what the cell prescribes. Biases always begin as the cell prescribes.
 * @param tieWeights whether the output layer uses the embedding, turned, instead of a weight of its
 *     own, after a projection if embedding and state differ in size
 */
public record ModelConfig(
    String tokenizer,
    VocabularyOrder vocabularyOrder,
    String cell,
    OptionalInt embeddingSize,
    int hiddenSize,
    int layers,
    OptionalDouble initialDeviation,
    boolean tieWeights) {
  /** Checks the names and sizes. */
  public ModelConfig {
    Check.name("tokenizer", tokenizer);
    Check.name("cell", cell);
    embeddingSize.ifPresent(size -> Check.atLeast(0, "embeddingSize", size));
    Check.atLeast(1, "hiddenSize", hiddenSize);
    Check.atLeast(1, "layers", layers);
    initialDeviation.ifPresent(deviation -> Check.greaterThanZero("initialDeviation", deviation));
    if (tieWeights && embeddingSize.orElse(hiddenSize) == 0) {
      throw new InvalidOptionException(
          "embeddingSize", 0, "at least 1 if tieWeights uses the embedding for the output too");
    }
  }

  /** The columns of the embedding of a symbol; 0 if there is none. */
  public int embeddingColumns() {
    return embeddingSize.orElse(hiddenSize);
  }
}
