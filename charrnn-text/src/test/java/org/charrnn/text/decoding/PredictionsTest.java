package org.charrnn.text.decoding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.charrnn.text.decoding.Predictions.Prediction;
import org.charrnn.text.engine.Engine;
import org.charrnn.text.engine.FakeRows;
import org.charrnn.text.engine.Start;
import org.charrnn.text.evaluation.ModelDivergedException;
import org.junit.jupiter.api.Test;

class PredictionsTest {

  private static List<Prediction> read(FakeRows rows, int[] context, int[] text, int count) {
    Predictions predictions = new Predictions(text, count);
    return Engine.inline(rows).decode(Start.of(context), predictions).predictions();
  }

  @Test
  void read_givesTrueProbabilities_afterWhatStandsBefore() {
    FakeRows scorer = new FakeRows(5, 7);
    int[] context = {1, 4};
    int[] text = {2, 2, 0, 3};
    List<Prediction> predicted = read(scorer, context, text, 5);
    int[] all = {1, 4, 2, 2, 0, 3};
    for (int i = 0; i < text.length; i++) {
      float[] scores = scorer.after(all[i + 1], all[i]);
      double sum = 0;
      for (float score : scores) {
        sum += Math.exp(score);
      }
      Prediction here = predicted.get(i);
      assertEquals(text[i], here.actual().id());
      assertEquals(
          Math.log(Math.exp(scores[text[i]]) / sum), here.actual().logProbability(), 1e-12);
      double total = 0;
      for (int k = 0; k < 5; k++) {
        ScoredId scored = here.best().get(k);
        assertEquals(Math.log(Math.exp(scores[scored.id()]) / sum), scored.logProbability(), 1e-12);
        assertTrue(k == 0 || here.best().get(k - 1).logProbability() >= scored.logProbability());
        total += Math.exp(scored.logProbability());
      }
      assertEquals(1, total, 1e-12);
    }
  }

  @Test
  void read_equallyProbable_theLowerIdFirst() {
    Prediction predicted =
        read(new FakeRows(1, 3, 2, 3), new int[] {0}, new int[] {2}, 3).getFirst();
    assertEquals(List.of(1, 3, 2), predicted.best().stream().map(ScoredId::id).toList());
  }

  @Test
  void read_moreThanThereAre_givesAll() {
    Prediction predicted = read(new FakeRows(1f, 3f), new int[] {0}, new int[] {1}, 9).getFirst();
    assertEquals(2, predicted.best().size());
  }

  @Test
  void read_notANumber_isNotPassedOver() {
    FakeRows rows = new FakeRows(1, Float.NaN);
    assertThrows(ModelDivergedException.class, () -> read(rows, new int[] {0}, new int[] {1}, 1));
  }
}
