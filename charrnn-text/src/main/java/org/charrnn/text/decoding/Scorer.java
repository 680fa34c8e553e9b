package org.charrnn.text.decoding;

/**
 * Reads ids in several rows at once and scores the possible next ids of each.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
public interface Scorer {

  /** V, the number of ids. */
  int vocabularySize();

  /**
   * Resets all state and reads the same ids in every row.
   *
   * @param ids at least one
   * @param rows the number of rows from now on
   */
  void begin(int[] ids, int rows);

  /**
   * Reads another id in every row.
   *
   * @param parents for each row the row whose state it continues
   * @param ids for each row the next id
   */
  void advance(int[] parents, int[] ids);

  /**
   * The scores of the possible next ids of a row: log-probabilities up to a constant.
   *
   * @param scores receives them, {@code [V]}
   */
  void scores(int row, float[] scores);
}
