package org.charrnn.text.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.TextTooShortException;
import org.charrnn.text.ngram.NGramModel;
import org.charrnn.text.training.Loss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaselineTest {

  @Test
  void of_splitsAsTrainingDoes() {
    Corpus corpus = Corpus.of("abcab".repeat(20));
    Baseline baseline = Baseline.of(corpus, "code-point", 0.25, 0, 3);
    assertEquals(75, baseline.trainingCharacters());
    assertEquals(25, baseline.heldOutCharacters());
    assertEquals(3, baseline.vocabularySize());
    int[] ids = corpus.text().chars().map(c -> c - 'a').toArray();
    assertEquals(
        NGramModel.train(Arrays.copyOf(ids, 75), 3, 3).losses(Arrays.copyOfRange(ids, 75, 100)),
        baseline.losses().stream().map(Baseline.NGramLoss::loss).toList());
  }

  @Test
  void test_isSetAsideFirst() {
    String text = "abcab".repeat(20);
    assertEquals(
        Baseline.of(Corpus.of(text), "code-point", 0.25, 0, 2).losses(),
        Baseline.of(Corpus.of(text + "cccccccccccccccccccc".repeat(5)), "code-point", 0.25, 0.5, 2)
            .losses());
    assertThrows(
        InvalidOptionException.class, () -> Baseline.of(Corpus.of(text), "code-point", 0.25, 1, 2));
  }

  @Test
  void unigram_byHand() {
    // aab|ab: p(a) = (2 + 2/2) / (3 + 2), p(b) = (1 + 2/2) / (3 + 2); only the b is predicted
    Baseline baseline = Baseline.of(Corpus.of("aabab"), "code-point", 0.4, 0, 1);
    assertEquals(-Math.log(2 / 5.0), baseline.losses().getFirst().loss().nats(), 1e-15);
    assertEquals(1, baseline.losses().getFirst().loss().characters());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
  void share_thatHoldsOutNothing_isRefused(double share) {
    Corpus corpus = Corpus.of("abcab".repeat(20));
    assertThrows(
        InvalidOptionException.class, () -> Baseline.of(corpus, "code-point", share, 0, 3));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 11, -1})
  void order_outOfRange_isRefused(int order) {
    Corpus corpus = Corpus.of("abcab".repeat(20));
    assertThrows(
        InvalidOptionException.class, () -> Baseline.of(corpus, "code-point", 0.1, 0, order));
  }

  @Test
  void tooShort_saysHowLong() {
    TextTooShortException failure =
        assertThrows(
            TextTooShortException.class,
            () -> Baseline.of(Corpus.of("abc"), "code-point", 0.1, 0, 2));
    assertEquals(3, failure.length());
    assertEquals(20, failure.needed());
  }

  @ParameterizedTest
  @CsvSource({"1, unigram", "2, bigram", "3, trigram", "4, 4-gram", "5, 5-gram"})
  void name_ofTheOrder(int order, String name) {
    assertEquals(name, new Baseline.NGramLoss(order, new Loss(1, 1)).name());
  }
}
