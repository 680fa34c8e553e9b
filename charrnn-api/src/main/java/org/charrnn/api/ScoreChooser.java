package org.charrnn.api;

/**
 * Chooses one of many ids by their scores: what sampling a text does after each step of a model, in
 * loops for which an accelerator may have better instructions than the compiler of the JVM finds.
 *
 * <p>The weight of a score is {@code exp((score - best) / temperature)}, where {@code best} is the
 * highest score. Of all ids, the {@code topK} with the highest scores are kept, of equal scores
 * those with the lowest ids; of those, in the order of their scores, the fewest whose weights sum
 * to at least {@code topP} of the sum of all that are kept. The choice is the first of these ids,
 * in ascending order, up to which their weights sum to more than {@code chance} times their sum.
 *
 * <p>An implementation may compute with any precision, but it must bound its errors, and not decide
 * where they could change the choice; it may leave any choice undecided. So a choice does not
 * depend on who makes it.
 *
 * <p><b>Thread safety.</b> None; a chooser reuses its memory.
 */
public interface ScoreChooser {

  /** Another implementation must make the choice. */
  int UNDECIDED = -1;

  /**
   * Chooses an id.
   *
   * @param scores the score of each id, finite or negative infinity, which forbids the id; not
   *     changed
   * @param temperature positive and finite, or 0 for the id of the highest score, of equal ones the
   *     lowest id
   * @param topK at least 1
   * @param topP in (0, 1]; 1 keeps all
   * @param chance in [0, 1)
   * @return the id, or {@link #UNDECIDED}
   */
  int choose(float[] scores, double temperature, int topK, double topP, double chance);
}
