package org.charrnn.text.ngram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.charrnn.api.SeededRandom;
import org.charrnn.text.encoding.Ids;
import org.charrnn.text.training.Loss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NGramModelTest {

  /** The formula of the Javadoc, with counts in maps of lists. */
  private record Reference(Map<List<Integer>, Map<Integer, Integer>> counts, int vocabularySize) {

    static Reference of(int[] ids, int order, int vocabularySize) {
      Map<List<Integer>, Map<Integer, Integer>> counts = new HashMap<>();
      for (int i = 0; i < ids.length; i++) {
        for (int k = 0; k < order && k <= i; k++) {
          counts
              .computeIfAbsent(list(ids, i - k, i), _ -> new HashMap<>())
              .merge(ids[i], 1, Integer::sum);
        }
      }
      return new Reference(counts, vocabularySize);
    }

    double p(List<Integer> h, int w) {
      double shorter = h.isEmpty() ? 1.0 / vocabularySize : p(h.subList(1, h.size()), w);
      Map<Integer, Integer> after = counts.get(h);
      if (after == null) {
        return shorter;
      }
      int total = after.values().stream().mapToInt(Integer::intValue).sum();
      return (after.getOrDefault(w, 0) + after.size() * shorter) / (total + after.size());
    }

    double loss(int[] ids, int order) {
      double sum = 0;
      for (int i = 1; i < ids.length; i++) {
        sum -= Math.log(p(list(ids, Math.max(0, i - order + 1), i), ids[i]));
      }
      return sum / (ids.length - 1);
    }

    private static List<Integer> list(int[] ids, int from, int to) {
      return Arrays.stream(ids, from, to).boxed().toList();
    }
  }

  /** Ids each of which depends on the preceding one. */
  private static int[] text(long seed, int length, int vocabularySize) {
    Random random = new Random(seed);
    int[] ids = new int[length];
    for (int i = 1; i < length; i++) {
      ids[i] = (ids[i - 1] * 3 + (int) Math.abs(random.nextGaussian() * 2)) % vocabularySize;
    }
    return ids;
  }

  @ParameterizedTest
  @CsvSource({"2, 500", "7, 3000", "300, 2000", "100000, 400"})
  void losses_areThoseOfTheFormula(int vocabularySize, int length) {
    int[] training = text(1, length, vocabularySize);
    int[] heldOut = text(2, 300, vocabularySize);
    List<Loss> losses = NGramModel.train(training, 5, vocabularySize).losses(heldOut);
    assertEquals(5, losses.size());
    for (int order = 1; order <= 5; order++) {
      Loss loss = losses.get(order - 1);
      assertEquals(299, loss.characters());
      double expected = Reference.of(training, order, vocabularySize).loss(heldOut, order);
      assertEquals(expected, loss.nats(), 1e-12 * expected);
    }
  }

  @Test
  void losses_ofALowerOrderDoNotDependOnTheHighest() {
    int[] training = text(1, 2000, 20);
    int[] heldOut = text(2, 200, 20);
    List<Loss> all = NGramModel.train(training, 5, 20).losses(heldOut);
    for (int order = 1; order < 5; order++) {
      assertEquals(all.subList(0, order), NGramModel.train(training, order, 20).losses(heldOut));
    }
  }

  @Test
  void probability_byHand() {
    // a b a c, V = 4: p(a) = (2 + 3/4) / 7, p(b) = (1 + 3/4) / 7, p(d) = (3/4) / 7
    NGramModel unigram = NGramModel.train(new int[] {0, 1, 0, 2}, 1, 4);
    assertEquals(2.75 / 7, unigram.probability(new int[0], 0), 1e-15);
    assertEquals(1.75 / 7, unigram.probability(new int[] {3, 3}, 1), 1e-15);
    assertEquals(0.75 / 7, unigram.probability(new int[0], 3), 1e-15);
    // after a came b and c, once each: p(b | a) = (1 + 2 * p(b)) / 4
    NGramModel bigram = NGramModel.train(new int[] {0, 1, 0, 2}, 2, 4);
    assertEquals((1 + 2 * 1.75 / 7) / 4, bigram.probability(new int[] {0}, 1), 1e-15);
    // after c, the last symbol, came nothing
    assertEquals(1.75 / 7, bigram.probability(new int[] {2}, 1), 1e-15);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 10})
  void probability_sumsToOneAfterAnyContext(int order) {
    NGramModel model = NGramModel.train(text(1, 400, 9), order, 9);
    for (int[] context :
        List.of(new int[0], new int[] {4}, new int[] {8, 8, 8, 8}, text(3, 30, 9))) {
      double sum = 0;
      for (int symbol = 0; symbol < 9; symbol++) {
        sum += model.probability(context, symbol);
      }
      assertEquals(1, sum, 1e-12);
    }
  }

  @Test
  void train_emptyTextIsUniform() {
    NGramModel model = NGramModel.train(new int[0], 3, 8);
    assertEquals(0, model.size());
    assertEquals(1.0 / 8, model.probability(new int[] {1, 2, 3}, 5));
    for (Loss loss : model.losses(new int[] {1, 2, 3})) {
      assertEquals(Math.log(8), loss.nats(), 1e-15);
    }
  }

  @Test
  void train_oneSymbol() {
    NGramModel model = NGramModel.train(new int[] {0}, 5, 1);
    assertEquals(1, model.size());
    assertEquals(1, model.probability(new int[] {0, 0}, 0));
    assertEquals(0, model.losses(new int[] {0, 0}).getLast().nats());
  }

  @Test
  void train_shorterThanTheOrder() {
    NGramModel model = NGramModel.train(new int[] {0, 1}, 5, 2);
    assertEquals(3, model.size()); // a, b, ab
    double expected = Reference.of(new int[] {0, 1}, 5, 2).loss(new int[] {0, 1}, 5);
    assertEquals(expected, model.losses(new int[] {0, 1}).getLast().nats(), 1e-15);
  }

  @Test
  void losses_fallWithTheOrderOnARegularText() {
    int[] ids = new int[1000];
    Arrays.setAll(ids, i -> new int[] {0, 0, 1, 0, 1, 1, 2}[i % 7]);
    List<Loss> losses = NGramModel.train(ids, 5, 3).losses(ids);
    for (int i = 1; i < 5; i++) {
      assertTrue(losses.get(i).nats() < losses.get(i - 1).nats(), losses::toString);
    }
    assertTrue(losses.get(4).nats() < 0.02, losses::toString);
  }

  @Test
  void losses_unseenSymbolsCostWhatTheFormulaLeavesThem() {
    int[] training = new int[100]; // all 0: T = 1, c = 100, V = 5
    double p = (1 * 0.2) / 101;
    assertEquals(
        -Math.log(p),
        NGramModel.train(training, 1, 5).losses(new int[] {0, 4}).getFirst().nats(),
        1e-12);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 5, 'order must be in [1, 10]: 0'",
    "11, 5, 'order must be in [1, 10]: 11'",
    "3, 0, 'vocabularySize must be in [1, 2147483647]: 0'",
    "3, 4, 'ids must be in [0, 4): 4 at index 2'",
  })
  void train_refuses(int order, int vocabularySize, String message) {
    int[] ids = {0, 1, 4};
    var refusal =
        assertThrows(
            IllegalArgumentException.class, () -> NGramModel.train(ids, order, vocabularySize));
    assertEquals(message, refusal.getMessage());
  }

  @Test
  void losses_refuses() {
    NGramModel model = NGramModel.train(new int[] {0, 1}, 2, 2);
    var tooShort = assertThrows(IllegalArgumentException.class, () -> model.losses(new int[] {0}));
    assertEquals(
        "a loss requires at least 2 symbols, the second predicted from the first: 1",
        tooShort.getMessage());
    var negative =
        assertThrows(IllegalArgumentException.class, () -> model.losses(new int[] {0, -1}));
    assertEquals("ids must be in [0, 2): -1 at index 1", negative.getMessage());
    assertThrows(IllegalArgumentException.class, () -> model.probability(new int[] {2}, 0));
    assertThrows(IllegalArgumentException.class, () -> model.probability(new int[] {0}, 2));
  }

  /** Ids are read in pieces; this text has several. */
  @Test
  void longText_isReadInPieces() {
    int[] ids = new SeededRandom(3).ints(200_000, 0, 4).toArray();
    assertEquals(
        NGramModel.train(ids, 2, 4).losses(ids),
        NGramModel.trainWithin(1000, Ids.of(ids), 2, 4).orElseThrow().losses(Ids.of(ids)));
  }

  @Test
  void tooManyNGrams_areDetected() {
    int[] ids = {0, 1, 2, 0, 1, 2, 2};
    assertTrue(NGramModel.trainWithin(2, Ids.of(ids), 1, 3).isEmpty());
    assertTrue(NGramModel.trainWithin(3, Ids.of(ids), 1, 3).isPresent());
  }
}
