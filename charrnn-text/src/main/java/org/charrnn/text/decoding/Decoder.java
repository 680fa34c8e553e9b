package org.charrnn.text.decoding;

/**
 * Decides how a text continues from the scores of the next id: the part of a request that needs no
 * model. It may follow several continuations, one per row.
 *
 * <p><b>Thread safety.</b> None, except where a method says so: one thread at a time calls {@link
 * #next}.
 */
public interface Decoder {

  /** The maximum number of rows. */
  int maxRows();

  /**
   * Continues the text. The first call has the scores after the prompt, in one row; each further
   * call has those after the ids that the previous call chose.
   *
   * @param scorer has the scores
   * @param first the index of the first row of this decoder in the last step
   * @param workspace arrays to compute in
   * @return whether ids are to be read; otherwise the text has ended
   */
  boolean next(Scorer scorer, int first, Workspace workspace);

  /** The number of rows to advance. */
  int rows();

  /** The id that a row reads next. */
  int id(int row);

  /** The row of the last step whose state a row continues. */
  int parent(int row);
}
