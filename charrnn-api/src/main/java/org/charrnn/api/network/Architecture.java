package org.charrnn.api.network;

/**
 * The sizes of a network.
 *
 * @param vocabularySize V, the number of ids
 * @param embeddingSize columns of the embedding of an id; 0 for none: the first layer then sees
 *     one-hot rows
 * @param hiddenSize H, columns of the state of each layer
 * @param layers the number of layers, each reading what the one before it writes
 * @param tied whether the weight of the output layer is the embedding, turned; the embedding then
 *     has as many columns as the state: Press, Wolf, "Using the output embedding to improve
 *     language models", EACL 2017
 */
public record Architecture(
    int vocabularySize, int embeddingSize, int hiddenSize, int layers, boolean tied) {
  /** Checks the sizes. */
  public Architecture {
    requireAtLeast(1, "vocabularySize", vocabularySize);
    requireAtLeast(0, "embeddingSize", embeddingSize);
    requireAtLeast(1, "hiddenSize", hiddenSize);
    requireAtLeast(1, "layers", layers);
    if (tied && embeddingSize != hiddenSize) {
      throw new IllegalArgumentException(
          "embeddingSize must be hiddenSize, %d, if the output is tied to it: %d"
              .formatted(hiddenSize, embeddingSize));
    }
  }

  /** A network whose output layer has a weight of its own. */
  public Architecture(int vocabularySize, int embeddingSize, int hiddenSize, int layers) {
    this(vocabularySize, embeddingSize, hiddenSize, layers, false);
  }

  static void requireAtLeast(int least, String what, int value) {
    if (value < least) {
      throw new IllegalArgumentException(what + " must be at least " + least + ": " + value);
    }
  }
}
