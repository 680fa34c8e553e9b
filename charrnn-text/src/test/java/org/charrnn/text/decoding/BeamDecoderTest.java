package org.charrnn.text.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.charrnn.api.SeededRandom;
import org.charrnn.text.engine.Engine;
import org.charrnn.text.engine.FakeRows;
import org.charrnn.text.engine.RowModel;
import org.charrnn.text.engine.Start;
import org.charrnn.text.generation.BeamSearch;
import org.charrnn.text.generation.Decoding;
import org.charrnn.text.generation.GeneratedText.Ending;
import org.charrnn.text.generation.Sampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BeamDecoderTest {

  private static final int[] BEGIN = {1, 0};
  private static final Predicate<Hypothesis> NEVER = _ -> false;
  private static final Predicate<Hypothesis> AT_TWO = draft -> draft.written(draft.size() - 1) == 2;

  private static Hypothesis search(
      RowModel rows, BeamSearch search, int length, Predicate<Hypothesis> stop) {
    return text(rows, new BeamDecoder(Hypothesis.of(BEGIN), search, rules(length, stop)));
  }

  private static TextRules rules(int length, Predicate<Hypothesis> stop) {
    return new TextRules(length, stop, Bias.NONE, true, 0);
  }

  private static Hypothesis text(RowModel rows, TextDecoder decoder) {
    return decoder.text().hasEnded()
        ? decoder.text()
        : Engine.inline(rows).decode(Start.of(BEGIN), decoder).text();
  }

  private static int[] written(Hypothesis draft) {
    return draft.written();
  }

  private static double logProbability(Hypothesis draft) {
    return IntStream.range(0, draft.size())
        .mapToDouble(i -> draft.chosen(i).logProbability())
        .sum();
  }

  /** The best of all texts, by trying every one. */
  private static final class Exhaustive {
    private final FakeRows scorer;
    private final int length;
    private final Predicate<Hypothesis> stop;
    private final double lengthPenalty;
    private double best = Double.NEGATIVE_INFINITY;
    private int[] bestIds = {};

    Exhaustive(FakeRows scorer, int length, Predicate<Hypothesis> stop, double lengthPenalty) {
      this.scorer = scorer;
      this.length = length;
      this.stop = stop;
      this.lengthPenalty = lengthPenalty;
      tryAll(Hypothesis.of(BEGIN), 0);
    }

    private void tryAll(Hypothesis draft, double score) {
      if (draft.size() == length || (draft.size() > 0 && stop.test(draft))) {
        double normalized = score / Math.pow(draft.size(), lengthPenalty);
        if (normalized > best) {
          best = normalized;
          bestIds = written(draft);
        }
        return;
      }
      int last = draft.length() - 1;
      float[] scores = scorer.after(draft.id(last), draft.id(last - 1));
      double sum = 0;
      for (float value : scores) {
        sum += Math.exp(value);
      }
      for (int id = 0; id < scores.length; id++) {
        tryAll(
            draft.extendedBy(new ChosenId(id, 0, List.of())), score + scores[id] - Math.log(sum));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void wideEnough_findsTheBestOfAllTexts(long seed) {
    FakeRows scorer = new FakeRows(3, seed);
    Exhaustive all = new Exhaustive(scorer, 5, NEVER, 0);
    Hypothesis found = search(scorer, BeamSearch.ofWidth(81), 5, NEVER);
    assertArrayEquals(all.bestIds, written(found));
    assertEquals(all.best, logProbability(found), 1e-9);
    assertEquals(Ending.LENGTH, found.ending());
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0.5", "3, 0.5", "4, 1", "5, 1", "6, 1", "7, 2", "8, 2"})
  void wideEnough_withAStop_findsTheBestOfAllLengths(long seed, double lengthPenalty) {
    FakeRows scorer = new FakeRows(3, seed);
    Exhaustive all = new Exhaustive(scorer, 5, AT_TWO, lengthPenalty);
    BeamSearch search = new BeamSearch(243, lengthPenalty, Decoding.Repetition.ALLOWED);
    Hypothesis found = search(scorer, search, 5, AT_TWO);
    assertArrayEquals(all.bestIds, written(found));
  }

  /** Otherwise the test above would not tell whether lengths are compared at all. */
  @Test
  void lengthPenalty_prefersLongerTexts() {
    int shorter = 0;
    for (long seed = 1; seed <= 8; seed++) {
      FakeRows scorer = new FakeRows(3, seed);
      int without = search(scorer, BeamSearch.ofWidth(243), 5, AT_TWO).size();
      BeamSearch mean = new BeamSearch(243, 2, Decoding.Repetition.ALLOWED);
      int with = search(scorer, mean, 5, AT_TWO).size();
      assertTrue(without <= with);
      shorter += without < with ? 1 : 0;
    }
    assertTrue(shorter > 0);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "1.5, 0", "1, 2", "1.3, 3"})
  void widthOne_isGreedy(double penalty, int noRepeat) {
    Decoding.Repetition repetition = new Decoding.Repetition(penalty, noRepeat);
    Sampler greedy = Sampler.greedy().withRepetition(repetition);
    for (long seed = 0; seed < 50; seed++) {
      FakeRows scorer = new FakeRows(5, seed);
      for (Predicate<Hypothesis> stop : List.of(NEVER, AT_TWO)) {
        Hypothesis prompt = Hypothesis.of(BEGIN);
        Hypothesis expected =
            text(
                scorer,
                new SampledText(
                    prompt,
                    greedy,
                    new SeededRandom(0),
                    new RepetitionRules(repetition, prompt),
                    rules(30, stop)));
        Hypothesis found = search(scorer, new BeamSearch(1, 0.7, repetition), 30, stop);
        assertArrayEquals(written(expected), written(found));
        assertEquals(expected.ending(), found.ending());
        assertEquals(logProbability(expected), logProbability(found), 1e-12);
      }
    }
  }

  /** Two scores that differ by so little that their log-probabilities are equal. */
  @Test
  void widthOne_isGreedyEvenWhenRoundingHidesTheDifference() {
    FakeRows scorer = new FakeRows(0, Float.MIN_VALUE, -1);
    assertArrayEquals(new int[] {1, 1}, written(search(scorer, BeamSearch.ofWidth(1), 2, NEVER)));
  }

  @Test
  void wider_isBetterThanGreedyWhereGreedyIsMisled() {
    int better = 0;
    for (long seed = 0; seed < 30; seed++) {
      FakeRows scorer = new FakeRows(6, seed);
      double greedy = logProbability(search(scorer, BeamSearch.ofWidth(1), 8, NEVER));
      double searched = logProbability(search(scorer, BeamSearch.ofWidth(6), 8, NEVER));
      better += searched > greedy + 1e-9 ? 1 : 0;
    }
    assertTrue(better > 5, "better in " + better + " of 30");
  }

  @Test
  void ofEqualOnes_theFirst() {
    FakeRows even = new FakeRows(0, 0, 0, 0);
    assertArrayEquals(new int[] {0, 0, 0}, written(search(even, BeamSearch.ofWidth(3), 3, NEVER)));
    FakeRows two = new FakeRows(-1, 2, 2);
    assertArrayEquals(new int[] {1, 1, 1}, written(search(two, BeamSearch.ofWidth(5), 3, NEVER)));
  }

  @Test
  void noRepeat_holdsForEachBeginning() {
    for (int width = 1; width <= 9; width++) {
      BeamSearch search = new BeamSearch(width, 1, new Decoding.Repetition(1, 1));
      Hypothesis found = search(new FakeRows(5, width), search, 20, NEVER);
      assertEquals(found.size(), IntStream.of(written(found)).distinct().count());
      assertTrue(IntStream.of(written(found)).noneMatch(id -> id < 2), "they stood there before");
      assertEquals(Ending.NOTHING_LEFT, found.ending());
    }
  }

  @Test
  void sameSearch_sameText() {
    List<int[]> texts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      texts.add(written(search(new FakeRows(7, 4), BeamSearch.ofWidth(5), 40, NEVER)));
    }
    assertArrayEquals(texts.get(0), texts.get(1));
  }

  @Test
  void length_zero() {
    Hypothesis draft = search(new FakeRows(3, 1), BeamSearch.ofWidth(4), 0, NEVER);
    assertEquals(0, draft.size());
    assertEquals(Ending.LENGTH, draft.ending());
  }
}
