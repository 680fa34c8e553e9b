package org.charrnn.text.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.charrnn.api.SeededRandom;
import org.charrnn.text.engine.Engine;
import org.charrnn.text.engine.FakeRows;
import org.charrnn.text.engine.RowModel;
import org.charrnn.text.engine.Start;
import org.charrnn.text.generation.Decoding;
import org.charrnn.text.generation.GeneratedText.Ending;
import org.charrnn.text.generation.Sampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampledTextTest {

  private static final int[] BEGIN = {0, 1, 0, 1};

  private static List<Hypothesis> write(RowModel rows, Sampler sampler, int length, long... seeds) {
    Hypothesis prompt = Hypothesis.of(BEGIN);
    RepetitionRules repetition = new RepetitionRules(sampler.repetition(), prompt);
    TextRules rules = new TextRules(length, _ -> false, Bias.NONE, true, 0);
    List<Hypothesis> texts = new ArrayList<>();
    for (long seed : seeds) {
      SeededRandom random = new SeededRandom(seed);
      texts.add(
          text(rows, new SampledText(prompt, sampler, random, repetition.forAnotherText(), rules)));
    }
    return texts;
  }

  private static Hypothesis text(RowModel rows, TextDecoder decoder) {
    return decoder.text().hasEnded()
        ? decoder.text()
        : Engine.inline(rows).decode(Start.of(BEGIN), decoder).text();
  }

  private static int[] ids(Hypothesis draft) {
    return IntStream.range(0, draft.length()).map(draft::id).toArray();
  }

  @Test
  void texts_afterOnePrompt_doNotDependOnTheOthers() {
    FakeRows rows = new FakeRows(6, 3);
    Sampler sampler =
        Sampler.temperature(1).withTopP(0.9).withRepetition(new Decoding.Repetition(1.2, 4));
    List<Hypothesis> several = write(rows, sampler, 40, 11, 12, 13);
    for (int i = 0; i < 3; i++) {
      Hypothesis alone = write(rows, sampler, 40, 11 + i).getFirst();
      assertArrayEquals(ids(alone), ids(several.get(i)));
      assertEquals(alone.chosen(7), several.get(i).chosen(7));
    }
    assertFalse(Arrays.equals(ids(several.get(0)), ids(several.get(1))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void noRepeat_neverRepeatsWhatWasWritten(int n) {
    Sampler drawn = Sampler.temperature(1).withRepetition(new Decoding.Repetition(1, n));
    Sampler greedy = Sampler.greedy().withRepetition(new Decoding.Repetition(1, n));
    for (Sampler sampler : List.of(drawn, greedy)) {
      for (long seed = 0; seed < 20; seed++) {
        Hypothesis draft = write(new FakeRows(4, seed), sampler, 1000, seed).getFirst();
        assertNoNgramIsWrittenTwice(n, ids(draft));
        assertEquals(Ending.NOTHING_LEFT, draft.ending()); // 4^n differ, and it writes until then
        assertTrue(draft.size() >= (n == 1 ? 2 : n), "gave up after " + draft.size());
        assertTrue(draft.size() < 1000);
      }
    }
  }

  /** N-grams may repeat within the prompt, but not after it. */
  private static void assertNoNgramIsWrittenTwice(int n, int[] ids) {
    Set<List<Integer>> grams = new HashSet<>();
    for (int end = n; end <= ids.length; end++) {
      List<Integer> gram = IntStream.range(end - n, end).mapToObj(i -> ids[i]).toList();
      assertTrue(grams.add(gram) || end <= BEGIN.length, gram + " comes again before " + end);
    }
  }

  /** Every continuation must be used before it gives up. */
  @Test
  void noRepeat_givesUpOnlyIfNothingIsLeft() {
    int[] ids = ids(write(new FakeRows(4, 9), noPairTwice(), 1000, 5).getFirst());
    Set<Integer> followers = new HashSet<>();
    for (int i = 0; i + 1 < ids.length; i++) {
      if (ids[i] == ids[ids.length - 1]) {
        followers.add(ids[i + 1]);
      }
    }
    assertEquals(Set.of(0, 1, 2, 3), followers);
  }

  private static Sampler noPairTwice() {
    return Sampler.temperature(1).withRepetition(new Decoding.Repetition(1, 2));
  }

  @Test
  void penalty_makesTextsOfMoreKinds() {
    FakeRows peaked = new FakeRows(3, 2.9f, 2.8f, 2.7f, 2.6f, 2.5f, 2.4f, 2.3f);
    Hypothesis plain = write(peaked, Sampler.greedy(), 6, 0).getFirst();
    assertArrayEquals(new int[] {0, 1, 0, 1, 0, 0, 0, 0, 0, 0}, ids(plain));
    Sampler penalized = Sampler.greedy().withRepetition(new Decoding.Repetition(2, 0));
    Hypothesis varied = write(peaked, penalized, 6, 0).getFirst();
    assertArrayEquals(new int[] {0, 1, 0, 1, 2, 3, 4, 5, 6, 7}, ids(varied));
  }

  @Test
  void logProbabilities_areThoseOfTheModel() {
    FakeRows scorer = new FakeRows(5, 1);
    Sampler sampler = Sampler.temperature(0.3).withTopK(2);
    Hypothesis draft = write(scorer, sampler, 10, 4).getFirst();
    for (int i = 0; i < draft.size(); i++) {
      int place = BEGIN.length + i;
      float[] scores = scorer.after(draft.id(place - 1), draft.id(place - 2));
      double sum = 0;
      for (float score : scores) {
        sum += Math.exp(score);
      }
      assertEquals(
          scores[draft.written(i)] - Math.log(sum), draft.chosen(i).logProbability(), 1e-12);
    }
  }

  @Test
  void stops_withTheSymbolThatStops() {
    Hypothesis prompt = Hypothesis.of(BEGIN);
    Sampler sampler = Sampler.temperature(1);
    TextRules rules =
        new TextRules(30, draft -> draft.written(draft.size() - 1) == 3, Bias.NONE, false, 0);
    for (long seed = 1; seed < 20; seed++) {
      RepetitionRules repetition = new RepetitionRules(sampler.repetition(), prompt);
      SeededRandom random = new SeededRandom(seed);
      Hypothesis draft =
          text(new FakeRows(4, 6), new SampledText(prompt, sampler, random, repetition, rules));
      assertEquals(Ending.STOP, draft.ending());
      assertEquals(3, draft.written(draft.size() - 1));
      assertTrue(IntStream.range(0, draft.size() - 1).allMatch(i -> draft.written(i) != 3));
    }
  }

  @Test
  void bias_forbidsAndFavors() {
    Hypothesis prompt = Hypothesis.of(BEGIN);
    Sampler sampler = Sampler.temperature(1);
    Bias bias = Bias.of(Map.of(0, Double.NEGATIVE_INFINITY, 2, 100.0));
    RepetitionRules repetition =
        new RepetitionRules(new Decoding.Repetition(1, 2), prompt); // else always the favorite
    Hypothesis draft =
        text(
            new FakeRows(4, 6),
            new SampledText(
                prompt,
                sampler,
                new SeededRandom(1),
                repetition,
                new TextRules(5, _ -> false, bias, false, 0)));
    assertEquals(2, draft.written(0));
    assertEquals(2, draft.written(1));
    assertTrue(IntStream.of(draft.written()).noneMatch(id -> id == 0));
  }

  @Test
  void alternatives_areTheMostProbable() {
    FakeRows rows = new FakeRows(5, 1);
    Sampler sampler = Sampler.temperature(1);
    Hypothesis prompt = Hypothesis.of(BEGIN);
    Hypothesis draft =
        text(
            rows,
            new SampledText(
                prompt,
                sampler,
                new SeededRandom(1),
                new RepetitionRules(sampler.repetition(), prompt),
                new TextRules(8, _ -> false, Bias.NONE, false, 5)));
    for (int i = 0; i < draft.size(); i++) {
      List<ScoredId> best = draft.chosen(i).alternatives();
      assertEquals(1, best.stream().mapToDouble(it -> Math.exp(it.logProbability())).sum(), 1e-12);
      int chosen = draft.written(i);
      double logProbability = draft.chosen(i).logProbability();
      assertTrue(best.contains(new ScoredId(chosen, logProbability)));
      for (int k = 1; k < best.size(); k++) {
        assertTrue(best.get(k - 1).logProbability() >= best.get(k).logProbability());
      }
    }
  }

  @Test
  void length_zero() {
    Hypothesis draft = write(new FakeRows(3, 1), Sampler.standard(), 0, 1).getFirst();
    assertEquals(0, draft.size());
    assertEquals(Ending.LENGTH, draft.ending());
  }
}
