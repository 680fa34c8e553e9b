package org.charrnn.text.decoding;

/**
 * The scores of the possible next ids of several texts, one text per row.
 *
 * <p><b>Thread safety.</b> Any number of threads, until the next scores are computed.
 */
public interface Scorer {

  /** V, the number of ids. */
  int vocabularySize();

  /**
   * The scores of the possible next ids of a row: log-probabilities up to a constant.
   *
   * @param row the index of the row
   * @param scores receives them, {@code [V]}
   */
  void scores(int row, float[] scores);
}
