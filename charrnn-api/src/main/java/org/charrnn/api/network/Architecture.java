package org.charrnn.api.network;

/**
 * The sizes of a network.
 *
 * @param vocabularySize V, the number of ids
 * @param embeddingSize columns of the embedding of an id; 0 for none: the first layer then sees
 *     one-hot rows
 * @param hiddenSize H, columns of the state of each layer
 * @param layers the number of layers, each reading what the one before it writes
 * @param tied whether the weight of the output layer is the embedding, turned: Press, Wolf, "Using
 *     the output embedding to improve language models", EACL 2017. If it has another number of
 *     columns than the state, a projection stands in between.
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
      requireAtLeast(1, "embeddingSize of a network whose output is tied to it", embeddingSize);
    }
  }

  /** Whether the output layer first turns a state into a row of the size of the embedding. */
  boolean projects() {
    return tied && embeddingSize != hiddenSize;
  }

  static void requireAtLeast(int least, String what, int value) {
    if (value < least) {
      throw new IllegalArgumentException(what + " must be at least " + least + ": " + value);
    }
  }
}
