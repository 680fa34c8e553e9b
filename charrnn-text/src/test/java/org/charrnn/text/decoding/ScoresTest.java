package org.charrnn.text.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.charrnn.api.SeededRandom;
import org.charrnn.text.choice.Ranking;
import org.charrnn.text.engine.FakeRows;
import org.charrnn.text.evaluation.ModelDivergedException;
import org.charrnn.text.generation.Decoding;
import org.junit.jupiter.api.Test;

class ScoresTest {

  private static final float FORBIDDEN = Float.NEGATIVE_INFINITY;

  private static Hypothesis draft(int[] begin, int... written) {
    Hypothesis draft = Hypothesis.of(begin);
    for (int id : written) {
      draft = draft.extendedBy(new ChosenId(id, 0, List.of()));
    }
    return draft;
  }

  private static Scores read(float... given) {
    FakeRows rows = new FakeRows(given);
    rows.step(List.of(rows.row()), new int[] {0});
    Scores scores = new Scores(given.length);
    scores.read(rows, 0);
    return scores;
  }

  private static double logProbability(Scores scores, int id) {
    return scores.scored(id, new TextRules(1, _ -> false, Bias.NONE, true, 0)).logProbability();
  }

  private static void applied(
      Decoding.Repetition repetition, Hypothesis hypothesis, Scores scores) {
    Hypothesis prompt = hypothesis.prefix(hypothesis.length() - hypothesis.size());
    RepetitionRules rules = new RepetitionRules(repetition, prompt);
    for (int length = prompt.length() + 1; length <= hypothesis.length(); length++) {
      rules.add(hypothesis.prefix(length));
    }
    rules.apply(scores, hypothesis);
  }

  private static float[] after(Decoding.Repetition repetition, Hypothesis draft, float... given) {
    Scores scores = read(given);
    applied(repetition, draft, scores);
    return scores.values();
  }

  @Test
  void penalty_dividesWhatOccurred_multipliesIfNegative_onceEach() {
    Hypothesis draft = draft(new int[] {0, 3}, 3, 1, 1);
    assertArrayEquals(
        new float[] {1, -4, 4, 0, -2},
        after(new Decoding.Repetition(2, 0), draft, 2, -2, 4, 0, -2));
  }

  @Test
  void noRepeat_forbidsWhatWouldEndAnNgramOfTheText() {
    Hypothesis draft = draft(new int[] {0, 1, 2, 0, 1}, 3, 0, 1); // 01 was followed by 2 and 3
    assertArrayEquals(
        new float[] {5, 5, FORBIDDEN, FORBIDDEN, 5},
        after(new Decoding.Repetition(1, 3), draft, 5, 5, 5, 5, 5));
    assertArrayEquals( // 1 was followed by 2 and 3
        new float[] {5, 5, FORBIDDEN, FORBIDDEN, 5},
        after(new Decoding.Repetition(1, 2), draft, 5, 5, 5, 5, 5));
    assertArrayEquals(
        new float[] {FORBIDDEN, FORBIDDEN, FORBIDDEN, FORBIDDEN, 5},
        after(new Decoding.Repetition(1, 1), draft, 5, 5, 5, 5, 5));
  }

  @Test
  void noRepeat_longerThanTheText_forbidsNothing() {
    Hypothesis draft = draft(new int[] {0, 0}, 0);
    assertArrayEquals(new float[] {5, 5}, after(new Decoding.Repetition(1, 4), draft, 5, 5));
    assertArrayEquals(new float[] {5, 5}, after(new Decoding.Repetition(1, 9), draft, 5, 5));
    assertArrayEquals(
        new float[] {FORBIDDEN, 5}, after(new Decoding.Repetition(1, 3), draft, 5, 5));
  }

  @Test
  void both_penaltyLeavesTheForbiddenForbidden() {
    Hypothesis draft = draft(new int[] {0, 0});
    assertArrayEquals(
        new float[] {FORBIDDEN, 4}, after(new Decoding.Repetition(2, 2), draft, 3, 4));
  }

  @Test
  void logProbability_isThatOfTheModelWhateverIsForbidden() {
    Scores scores = read((float) Math.log(2), (float) Math.log(6), 1000f);
    assertEquals(0, logProbability(scores, 2), 1e-12);
    scores = read((float) Math.log(2), (float) Math.log(6));
    applied(new Decoding.Repetition(1.5, 1), draft(new int[] {1}), scores);
    assertEquals(Math.log(0.25), logProbability(scores, 0), 1e-7);
    assertEquals(Math.log(0.75), logProbability(scores, 1), 1e-7);
    assertEquals(0, scores.values()[0] - scores.logSum(), 1e-12);
  }

  @Test
  void changes_leaveWhatIsGiven_andEndWithTheNextRow() {
    FakeRows rows = new FakeRows(3f, 4f);
    rows.step(List.of(rows.row()), new int[] {0});
    Scores scores = new Scores(2);
    scores.read(rows, 0);
    scores.change(1, 5);
    assertArrayEquals(new float[] {3, 5}, scores.values());
    assertEquals(4, scores.given(1));
    scores.read(rows, 0);
    assertArrayEquals(new float[] {3, 4}, scores.values());
  }

  @Test
  void greatNumbers_giveScoresThatAreFinite() {
    Scores scores = read(-2, 2, 3);
    applied(new Decoding.Repetition(1e300, 0), draft(new int[] {0, 1}), scores);
    Bias.of(Map.of(2, 1e300)).addTo(scores);
    assertArrayEquals(new float[] {-Float.MAX_VALUE, 0, Float.MAX_VALUE}, scores.values());
    Bias.of(Map.of(2, Double.NEGATIVE_INFINITY)).addTo(scores);
    assertEquals(FORBIDDEN, scores.values()[2]);
  }

  @Test
  void read_scoreThatIsNoNumber() {
    var e = assertThrows(ModelDivergedException.class, () -> read(0, Float.NaN));
    assertTrue(e.getMessage().contains("score of symbol 1"), e.getMessage());
    assertThrows(ModelDivergedException.class, () -> read(Float.NEGATIVE_INFINITY, 0));
  }

  @Test
  void ranking_isASortThatLeavesOutTheForbidden() {
    SeededRandom random = new SeededRandom(8);
    for (int size = 1; size < 70; size++) {
      float[] values = new float[size];
      for (int id = 0; id < size; id++) {
        values[id] = 0f + Math.round(3 * random.nextGaussian());
      }
      values[size / 2] = FORBIDDEN;
      int[] sorted =
          IntStream.range(0, size)
              .filter(id -> values[id] > FORBIDDEN)
              .boxed()
              .sorted(Comparator.comparingDouble((Integer id) -> -values[id]))
              .mapToInt(Integer::intValue)
              .toArray();
      Ranking ranking = new Ranking(size);
      ranking.of(values);
      assertEquals(sorted.length, ranking.left());
      assertArrayEquals(
          sorted, IntStream.range(0, sorted.length).map(_ -> ranking.next()).toArray());
    }
  }
}
