package org.charrnn.api.network;

/**
 * The sizes of a network.
 *
 * @param vocabularySize V, the number of ids
 * @param embeddingSize columns of the embedding of an id; 0 for none: the first layer then sees
 *     one-hot rows
 * @param hiddenSize H, columns of the state of each layer
 * @param layers the number of layers; each reads the output of the previous layer
 * @param tied whether the weight of the output layer is the transposed embedding: Press, Wolf,
 *     "Using the output embedding to improve language models", EACL 2017. If the sizes of embedding
 *     and state differ, a projection comes between them.
 */
public record Architecture(
    int vocabularySize, int embeddingSize, int hiddenSize, int layers, boolean tied) {
  /** Checks the sizes. */
  public Architecture {
    requireAtLeast(1, "vocabularySize", vocabularySize);
    requireAtLeast(0, "embeddingSize", embeddingSize);
    requireAtLeast(1, "hiddenSize", hiddenSize);
    requireAtLeast(1, "layers", layers);
    if (tied) {
      requireAtLeast(1, "embeddingSize of a network with a tied output", embeddingSize);
    }
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
