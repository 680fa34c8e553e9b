package org.charrnn.api.network;

/**
 * The sizes of a network.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param vocabularySize V, the number of ids, at least 1
 * @param embeddingSize E, the number of columns of the embedding of an id; 0 for none: the first
 *     layer then reads one-hot rows
 * @param hiddenSize H, the number of columns of the state of each layer, at least 1
 * @param layers the number of layers, at least 1; each reads the output of the previous layer
 * @param tied whether the weight of the output layer is the transposed embedding: Press, Wolf,
 *     "Using the Output Embedding to Improve Language Models", EACL 2017. It needs an embedding. If
 *     E and H differ, a projection comes between them.
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
   * @param vocabularySize V, the number of ids, at least 1
   * @param embeddingSize E, the size of the embedding; 0 for one-hot input
   * @param hiddenSize H, the number of columns of a state, at least 1
   * @param layers the number of recurrent layers, at least 1
   * @param tied whether the weight of the output layer is the transposed embedding
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
   * @param norm how the inputs of the layers and of the output layer are normalized
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
