package org.charrnn.api.network;

/**
 * The sizes of a network.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param vocabularySize V, the number of ids
 * @param embeddingSize columns of the embedding of an id; 0 for none: the first layer then sees
 *     one-hot rows
 * @param hiddenSize H, columns of the state of each layer
 * @param layers the number of layers; each reads the output of the previous layer
 * @param tied whether the weight of the output layer is the transposed embedding: Press, Wolf,
 *     "Using the output embedding to improve language models", EACL 2017. If the sizes of embedding
 *     and state differ, a projection comes between them.
 * @param residual whether the input of a layer is added to its output, where it has the same size:
 *     He et al., "Deep Residual Learning for Image Recognition", CVPR 2016
 * @param norm how the inputs of the layers and of the output layer are normalized
 */
public record Architecture(
    int vocabularySize,
    int embeddingSize,
    int hiddenSize,
    int layers,
    boolean tied,
    boolean residual,
    Norm norm) {
  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if a size is below its minimum; the message names it
   */
  public Architecture {
    requireAtLeast(1, "vocabularySize", vocabularySize);
    requireAtLeast(0, "embeddingSize", embeddingSize);
    requireAtLeast(1, "hiddenSize", hiddenSize);
    requireAtLeast(1, "layers", layers);
    if (tied) {
      requireAtLeast(1, "embeddingSize of a network with a tied output", embeddingSize);
    }
  }

  /**
   * Sizes of a network without residual connections and norms.
   *
   * @param vocabularySize V, the size of the vocabulary
   * @param embeddingSize E, the size of the embedding; 0 for one-hot input
   * @param hiddenSize H, the number of columns of a state
   * @param layers the number of recurrent layers
   * @param tied whether the embedding is also the weight of the output
   * @throws IllegalArgumentException if a size is below its minimum; the message names it
   */
  public Architecture(
      int vocabularySize, int embeddingSize, int hiddenSize, int layers, boolean tied) {
    this(vocabularySize, embeddingSize, hiddenSize, layers, tied, false, Norm.NONE);
  }

  /**
   * {@return these sizes with other connections between layers}
   *
   * @param residual whether the input of a layer is added to its output
   * @param norm the normalization of the output of a layer
   */
  public Architecture with(boolean residual, Norm norm) {
    return new Architecture(
        vocabularySize, embeddingSize, hiddenSize, layers, tied, residual, norm);
  }

  /** Whether the output layer first projects a state to the size of the embedding. */
  boolean projects() {
    return tied && embeddingSize != hiddenSize;
  }

  static void requireAtLeast(int minimum, String what, int value) {
    if (value < minimum) {
      throw new IllegalArgumentException(what + " must be at least " + minimum + ": " + value);
    }
  }
}
