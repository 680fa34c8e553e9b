package org.charrnn.text.choice;

import java.util.Arrays;

/**
 * The k best of all scores, of equal ones those of the lowest ids.
 *
 * <p><b>Thread safety.</b> None; the arrays are reused.
 */
final class BestScores {

  /** So many scores are ranked without being divided further. */
  private static final int FEW = 16;

  private final Places places;
  private final Ranking ranking;
  private final int[] ones;
  private final int[] members; // the indices of the scores of which only the best are selected
  private final int[] ids;
  private final float[] scores;
  private int count;

  BestScores(int vocabularySize, Places places, Ranking ranking) {
    this.places = places;
    this.ranking = ranking;
    this.ones = new int[vocabularySize];
    Arrays.fill(ones, 1);
    this.members = new int[vocabularySize];
    this.ids = new int[vocabularySize];
    this.scores = new float[vocabularySize];
  }

  /**
   * Selects the k best; fewer if others are forbidden.
   *
   * @param k at most the number of scores
   * @param all of each id
   * @param best as {@link Places#assign}
   * @param range the same
   */
  void select(int k, float[] all, double best, double range) {
    places.assign(all, all.length, best, range);
    places.find(ones, all.length, k, FEW);
    int found = places.findBeforeEnd(ids);
    count = 0;
    int last = 0;
    for (int i = 0; i < found; i++) {
      int id = ids[i];
      if (all[id] > Float.NEGATIVE_INFINITY) {
        if (places.isBefore(id) == 0) {
          members[last++] = count;
        }
        ids[count] = id;
        scores[count++] = all[id];
      }
    }
    if (count > k) {
      remove(count - k, last);
    }
  }

  /** Removes the worst of the members. */
  private void remove(int number, int memberCount) {
    ranking.of(scores, members, memberCount);
    int cut = members[0];
    for (int i = number; i <= memberCount; i++) {
      cut = ranking.next(); // at the end the best one that is removed
    }
    float worst = scores[cut];
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (scores[i] > worst || (scores[i] == worst && i < cut)) {
        ids[kept] = ids[i];
        scores[kept++] = scores[i];
      }
    }
    count = kept;
  }

  /** Their number. */
  int count() {
    return count;
  }

  /**
   * The scores, of which the first {@link #count} are selected, in ascending order of their ids.
   */
  float[] scores() {
    return scores;
  }

  /** The id of a selected score. */
  int id(int i) {
    return ids[i];
  }
}
