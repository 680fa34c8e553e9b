package org.charrnn.text.decoding;

import java.util.ArrayList;
import java.util.List;

/**
 * Computes for each id of a given text how probable it is after those before it, and which ids are
 * the most probable in its place.
 *
 * <p><b>Thread safety.</b> That of the scorer.
 */
final class Predictions {

  /** An id and the logarithm of its probability. */
  record ScoredId(int id, double logProbability) {}

  /**
   * An id of the text and the most probable ids in its place, the most probable first; of equally
   * probable ids the lower one comes first.
   */
  record Prediction(ScoredId actual, List<ScoredId> best) {}

  private final Scorer scorer;

  /** Reads texts with this scorer. */
  Predictions(Scorer scorer) {
    this.scorer = scorer;
  }

  /**
   * Reads a text.
   *
   * @param context the ids before it, at least one
   * @param text its ids
   * @param count how many of the most probable ids to list for each, at most V
   * @return one for each id of the text
   */
  List<Prediction> read(int[] context, int[] text, int count) {
    List<Prediction> predictions = new ArrayList<>(text.length);
    Scores scores = new Scores(scorer.vocabularySize());
    scorer.begin(context, 1);
    for (int i = 0; i < text.length; i++) {
      if (i > 0) {
        scorer.advance(new int[] {0}, new int[] {text[i - 1]});
      }
      scores.read(scorer, 0);
      predictions.add(prediction(scores, text[i], count));
    }
    return predictions;
  }

  private Prediction prediction(Scores scores, int id, int count) {
    double logSum = scores.logSumOfModel();
    List<ScoredId> best = new ArrayList<>();
    for (int candidate : best(scores, Math.min(count, scorer.vocabularySize()))) {
      best.add(new ScoredId(candidate, scores.given(candidate) - logSum));
    }
    return new Prediction(new ScoredId(id, scores.given(id) - logSum), best);
  }

  /** The ids with the highest scores, by insertion, since their number is small. */
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
