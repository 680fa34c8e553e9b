package org.charrnn.text.scoring;

import java.util.Arrays;
import java.util.Objects;

/**
 * The outputs of the last layer of a model while it reads a text: a vector for each symbol, which
 * depends on the symbol and on those that the model read before it.
 *
 * <p>Source: Akbik, Blythe, Vollgraf, "Contextual String Embeddings for Sequence Labeling", COLING
 * 2018, where a word is represented by the vector of a forward model at its last character and that
 * of a backward model at its first.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class Embeddings {

  private final int size;
  private final int dimension;
  private final boolean backward;
  private final float[] vectors;

  /**
   * Embeddings of a text; the array is not copied and must not change.
   *
   * @param dimension H, the length of a vector
   * @param backward whether the model read the text from its end
   * @param vectors the vectors of the symbols in the order of the text, {@code [symbols, H]}
   */
  public Embeddings(int dimension, boolean backward, float[] vectors) {
    this.size = vectors.length / dimension;
    this.dimension = dimension;
    this.backward = backward;
    this.vectors = vectors;
  }

  /** {@return the number of symbols} */
  public int size() {
    return size;
  }

  /** {@return the length of each vector} */
  public int dimension() {
    return dimension;
  }

  /**
   * {@return the vector of the symbol at {@code index} of the text}
   *
   * @param index the index of a symbol of the text
   * @throws IndexOutOfBoundsException if there is no such symbol
   */
  public float[] at(int index) {
    Objects.checkIndex(index, size);
    return Arrays.copyOfRange(vectors, index * dimension, (index + 1) * dimension);
  }

  /**
   * {@return the vector of the symbols {@code from .. to - 1}: the one after the model has read the
   * last of them} That is {@code at(to - 1)}, or {@code at(from)} if the model reads from right to
   * left.
   *
   * @param from the index of the first symbol
   * @param to the index after the last symbol
   * @throws IndexOutOfBoundsException if there are no such symbols
   */
  public float[] span(int from, int to) {
    requireSpan(from, to);
    return at(backward ? from : to - 1);
  }

  /** {@return the mean of all vectors} */
  public float[] mean() {
    return mean(0, size);
  }

  /**
   * {@return the mean of the vectors of the symbols {@code from .. to - 1}}
   *
   * @param from the index of the first symbol
   * @param to the index after the last symbol
   * @throws IndexOutOfBoundsException if there are no such symbols
   */
  public float[] mean(int from, int to) {
    requireSpan(from, to);
    double[] sums = new double[dimension];
    for (int i = from * dimension; i < to * dimension; i++) {
      sums[i % dimension] += vectors[i];
    }
    float[] mean = new float[dimension];
    for (int i = 0; i < dimension; i++) {
      mean[i] = (float) (sums[i] / (to - from));
    }
    return mean;
  }

  private void requireSpan(int from, int to) {
    Objects.checkFromToIndex(from, to, size);
    if (from == to) {
      throw new IndexOutOfBoundsException("no symbols: from " + from + " to " + to);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Embeddings that
        && dimension == that.dimension
        && backward == that.backward
        && Arrays.equals(vectors, that.vectors);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(vectors);
  }

  /** {@return the number of vectors and their length} */
  @Override
  public String toString() {
    return size + " vectors of length " + dimension;
  }
}
