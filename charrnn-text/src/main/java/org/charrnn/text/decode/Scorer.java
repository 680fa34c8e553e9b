package org.charrnn.text.decode;

/**
 * Reads ids in several rows side by side and scores what may follow in each.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
public interface Scorer {

  /** V, the number of ids. */
  int vocabularySize();

  /**
   * Forgets everything and reads the same ids in every row.
   *
   * @param ids at least one
   * @param rows the number of rows from here on
   */
  void begin(int[] ids, int rows);

  /**
   * Reads another id in every row.
   *
   * @param parents for each row the one whose reading it goes on from
   * @param ids for each row the id that comes next
   */
  void advance(int[] parents, int[] ids);

  /**
   * The scores of what may follow in a row: logarithms of probabilities up to a constant.
   *
   * @param scores receives them, {@code [V]}
   */
  void scores(int row, float[] scores);
}
