package org.charrnn.text.decoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.charrnn.api.SeededRandom;
import org.charrnn.text.generation.GeneratedText.Ending;
import org.charrnn.text.generation.Repetition;
import org.charrnn.text.generation.Sampler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingTest {

  private static final int[] BEGIN = {0, 1, 0, 1};

  private static List<Hypothesis> write(Scorer scorer, Sampler sampler, int length, long... seeds) {
    List<SeededRandom> randoms = new ArrayList<>();
    for (long seed : seeds) {
      randoms.add(new SeededRandom(seed));
    }
    Sampling sampling = new Sampling(scorer, sampler, true, () -> false);
    return sampling.generate(BEGIN, length, randoms, _ -> false, _ -> {});
  }

  private static int[] ids(Hypothesis draft) {
    return IntStream.range(0, draft.length()).map(draft::id).toArray();
  }

  @Test
  void rows_doNotDependOnTheOthers() {
    FakeScorer scorer = new FakeScorer(6, 3);
    Sampler sampler = Sampler.temperature(1).withTopP(0.9).withRepetition(new Repetition(1.2, 4));
    List<Hypothesis> together = write(scorer, sampler, 40, 11, 12, 13);
    for (int row = 0; row < 3; row++) {
      Hypothesis alone = write(scorer, sampler, 40, 11 + row).getFirst();
      assertArrayEquals(ids(alone), ids(together.get(row)));
      assertEquals(alone.logProbability(7), together.get(row).logProbability(7));
    }
    assertFalse(Arrays.equals(ids(together.get(0)), ids(together.get(1))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void noRepeat_neverRepeatsWhatWasWritten(int n) {
    Sampler drawn = Sampler.temperature(1).withRepetition(new Repetition(1, n));
    Sampler greedy = Sampler.greedy().withRepetition(new Repetition(1, n));
    for (Sampler sampler : List.of(drawn, greedy)) {
      for (long seed = 0; seed < 20; seed++) {
        Hypothesis draft = write(new FakeScorer(4, seed), sampler, 1000, seed).getFirst();
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
    int[] ids = ids(write(new FakeScorer(4, 9), noPairTwice(), 1000, 5).getFirst());
    Set<Integer> followers = new HashSet<>();
    for (int i = 0; i + 1 < ids.length; i++) {
      if (ids[i] == ids[ids.length - 1]) {
        followers.add(ids[i + 1]);
      }
    }
    assertEquals(Set.of(0, 1, 2, 3), followers);
  }

  private static Sampler noPairTwice() {
    return Sampler.temperature(1).withRepetition(new Repetition(1, 2));
  }

  @Test
  void penalty_makesTextsOfMoreKinds() {
    FakeScorer peaked = new FakeScorer(3, 2.9f, 2.8f, 2.7f, 2.6f, 2.5f, 2.4f, 2.3f);
    Hypothesis plain = write(peaked, Sampler.greedy(), 6, 0).getFirst();
    assertArrayEquals(new int[] {0, 1, 0, 1, 0, 0, 0, 0, 0, 0}, ids(plain));
    Sampler penalized = Sampler.greedy().withRepetition(new Repetition(2, 0));
    Hypothesis varied = write(peaked, penalized, 6, 0).getFirst();
    assertArrayEquals(new int[] {0, 1, 0, 1, 2, 3, 4, 5, 6, 7}, ids(varied));
  }

  @Test
  void logProbabilities_areThoseOfTheModel() {
    FakeScorer scorer = new FakeScorer(5, 1);
    Sampler sampler = Sampler.temperature(0.3).withTopK(2);
    Hypothesis draft = write(scorer, sampler, 10, 4).getFirst();
    for (int i = 0; i < draft.size(); i++) {
      int place = BEGIN.length + i;
      float[] scores = scorer.after(draft.id(place - 1), draft.id(place - 2));
      double sum = 0;
      for (float score : scores) {
        sum += Math.exp(score);
      }
      assertEquals(scores[draft.written(i)] - Math.log(sum), draft.logProbability(i), 1e-12);
    }
  }

  @Test
  void stops_eachRowForItself() {
    List<SeededRandom> randoms = List.of(new SeededRandom(1), new SeededRandom(2));
    List<Integer> heard = new ArrayList<>();
    List<Hypothesis> drafts =
        new Sampling(new FakeScorer(4, 6), Sampler.temperature(1), false, () -> false)
            .generate(
                BEGIN,
                30,
                randoms,
                draft -> draft.written(draft.size() - 1) == 3,
                draft -> heard.add(draft.size()));
    for (Hypothesis draft : drafts) {
      assertEquals(Ending.STOP, draft.ending());
      assertEquals(3, draft.written(draft.size() - 1));
      assertTrue(IntStream.range(0, draft.size() - 1).allMatch(i -> draft.written(i) != 3));
    }
    assertEquals(drafts.stream().mapToInt(Hypothesis::size).sum(), heard.size());
  }

  @Test
  void length_zero() {
    Hypothesis draft = write(new FakeScorer(3, 1), Sampler.standard(), 0, 1).getFirst();
    assertEquals(0, draft.size());
    assertEquals(Ending.LENGTH, draft.ending());
  }
}
