package org.charrnn.text.scoring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.evaluation.ModelDivergedException;
import org.junit.jupiter.api.Test;

class DistributionTest {

  private static final Vocabulary VOCABULARY =
      Vocabulary.of(
          Stream.of("a", "b", "c", "d").map(symbol -> new Vocabulary.Entry(symbol, 1)).toList());

  private static Distribution of(double... probabilities) {
    float[] scores = new float[probabilities.length];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) Math.log(probabilities[i]) + 50; // scores are known up to a constant
    }
    return Distribution.ofScores(VOCABULARY, scores);
  }

  @Test
  void probabilities_sumToOne() {
    Distribution distribution = of(0.5, 0.125, 0.25, 0.125);
    assertEquals(0.25, distribution.probability("c"), 1e-6);
    assertEquals(Math.log(0.125), distribution.logProbability("d"), 1e-5);
    assertEquals(
        1, distribution.top(4).stream().mapToDouble(Distribution.Entry::probability).sum(), 1e-12);
  }

  @Test
  void top_isSorted_theLowerIdFirstAmongEquals() {
    Distribution distribution = of(0.125, 0.5, 0.125, 0.25);
    List<String> symbols = distribution.top(10).stream().map(Distribution.Entry::symbol).toList();
    assertEquals(List.of("b", "d", "a", "c"), symbols);
    assertEquals(List.of(), distribution.top(0));
    assertEquals(2, distribution.top(2).size());
  }

  @Test
  void entropy_inNats() {
    assertEquals(Math.log(4), of(0.25, 0.25, 0.25, 0.25).entropy(), 1e-12);
    assertEquals(1.75 * Math.log(2), of(0.5, 0.125, 0.25, 0.125).entropy(), 1e-6);
    float[] certain = {500, 0, 0, 0};
    assertEquals(0, Distribution.ofScores(VOCABULARY, certain).entropy(), 1e-12);
  }

  @Test
  void impossibleQuestions() {
    Distribution distribution = of(0.25, 0.25, 0.25, 0.25);
    assertThrows(UnknownSymbolException.class, () -> distribution.probability("x"));
    float[] diverged = {0, Float.NaN, 0, 0};
    assertThrows(ModelDivergedException.class, () -> Distribution.ofScores(VOCABULARY, diverged));
    assertThrows(
        IllegalArgumentException.class, () -> Distribution.ofScores(VOCABULARY, new float[3]));
    assertTrue(distribution.toString().contains("0.25"));
  }
}
