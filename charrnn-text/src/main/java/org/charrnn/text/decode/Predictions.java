package org.charrnn.text.decode;

import java.util.ArrayList;
import java.util.List;

/**
 * Says of each id of a given text how probable it is after those before it, and which ones are the
 * most probable there.
 *
 * <p><b>Thread safety.</b> That of the scorer.
 */
public final class Predictions {

  /** An id and the logarithm of its probability. */
  public record ScoredId(int id, double logProbability) {}

  /**
   * An id of the text and, best first, what was most probable in its place; of equally probable ids
   * the lesser comes first.
   */
  public record Prediction(ScoredId actual, List<ScoredId> best) {}

  private final Scorer scorer;

  /** Asks this scorer. */
  public Predictions(Scorer scorer) {
    this.scorer = scorer;
  }

  /**
   * Reads a text.
   *
   * @param context the ids before it, at least one
   * @param text its ids
   * @param count how many of the most probable ids are wanted for each, at most V
   * @return one for each id of the text
   */
  public List<Prediction> read(int[] context, int[] text, int count) {
    List<Prediction> foretold = new ArrayList<>(text.length);
    Scores scores = new Scores(scorer.vocabularySize());
    scorer.begin(context, 1);
    for (int i = 0; i < text.length; i++) {
      if (i > 0) {
        scorer.advance(new int[] {0}, new int[] {text[i - 1]});
      }
      scores.read(scorer, 0);
      foretold.add(foretold(scores, text[i], count));
    }
    return foretold;
  }

  private Prediction foretold(Scores scores, int id, int count) {
    double logSum = scores.logSumOfModel();
    List<ScoredId> best = new ArrayList<>();
    for (int candidate : best(scores, Math.min(count, scorer.vocabularySize()))) {
      best.add(new ScoredId(candidate, scores.given(candidate) - logSum));
    }
    return new Prediction(new ScoredId(id, scores.given(id) - logSum), best);
  }

  /** The ids with the greatest scores; few are wanted, so each is put in its place among them. */
  private int[] best(Scores scores, int count) {
    int[] best = new int[count];
    int found = 0;
    for (int id = 0; id < scorer.vocabularySize(); id++) {
      int place = found;
      while (place > 0 && scores.given(id) > scores.given(best[place - 1])) {
        place--;
      }
      if (place < count) {
        found = Math.min(found + 1, count);
        System.arraycopy(best, place, best, place + 1, found - place - 1);
        best[place] = id;
      }
    }
    return best;
  }
}
