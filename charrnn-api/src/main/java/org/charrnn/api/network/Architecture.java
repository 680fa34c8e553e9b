package org.charrnn.api.network;

/**
 * The sizes of a network.
 *
 * @param vocabularySize V, the number of ids
 * @param embeddingSize columns of the embedding of an id; 0 for none: the first layer then sees
 *     one-hot rows
 * @param hiddenSize H, columns of the state of each layer
 * @param layers the number of layers, each reading what the one before it writes
 */
public record Architecture(int vocabularySize, int embeddingSize, int hiddenSize, int layers) {
  /** Checks the sizes. */
  public Architecture {
    requireAtLeast(1, "vocabularySize", vocabularySize);
    requireAtLeast(0, "embeddingSize", embeddingSize);
    requireAtLeast(1, "hiddenSize", hiddenSize);
    requireAtLeast(1, "layers", layers);
  }

  static void requireAtLeast(int least, String what, int value) {
    if (value < least) {
      throw new IllegalArgumentException(what + " must be at least " + least + ": " + value);
    }
  }
}
