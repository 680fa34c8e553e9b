package org.charrnn.text.decoding;

import java.util.ArrayList;
import java.util.List;

/**
 * Computes for each id of a given text how probable it is after those before it, and which ids are
 * the most probable in its place.
 *
 * <p><b>Thread safety.</b> None.
 */
public final class Predictions implements SingleRowDecoder {

  /**
   * An id of the text and the most probable ids in its place, the most probable first; of equally
   * probable ids the lower one comes first.
   */
  public record Prediction(ScoredId actual, List<ScoredId> best) {}

  private final int[] text;
  private final int count;
  private final List<Prediction> predictions;

  /**
   * Predicts a text.
   *
   * @param text its ids, at least one
   * @param count how many of the most probable ids to list for each, at most V
   */
  public Predictions(int[] text, int count) {
    this.text = text.clone();
    this.count = count;
    this.predictions = new ArrayList<>(text.length);
  }

  /** One for each id that was predicted so far. */
  public List<Prediction> predictions() {
    return List.copyOf(predictions);
  }

  @Override
  public boolean next(Scorer scorer, int first, Workspace workspace) {
    Scores scores = workspace.scores();
    scores.read(scorer, first);
    int id = text[predictions.size()];
    double logSum = scores.logSumOfModel();
    predictions.add(
        new Prediction(new ScoredId(id, scores.given(id) - logSum), scores.best(count, logSum)));
    return predictions.size() < text.length;
  }

  @Override
  public int id() {
    return text[predictions.size() - 1];
  }
}
