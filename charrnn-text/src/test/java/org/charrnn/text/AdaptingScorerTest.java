package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.TextTooShortException;
import org.charrnn.text.evaluation.ModelDivergedException;
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.scoring.TextScore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scoring with a model that learns while it reads. */
class AdaptingScorerTest {

  private static final String TEXT = "水上有桥，桥边有人家，人家有舟，舟上有灯。";

  private static LanguageModel model;

  @TempDir private Path folder;

  @BeforeAll
  static void train() {
    model =
        TestRuns.charRnn()
            .train(
                TestRuns.CORPUS,
                TestRuns.config().toBuilder()
                    .model(it -> it.hiddenSize(16))
                    .sample(it -> it.length(0))
                    .build());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  /** What repeats is learned; nothing is learned before it has been predicted. */
  @Test
  void textThatRepeats_getsMoreProbable() {
    String repeated = TEXT.repeat(8);
    double[] plain = model.score(repeated).logProbabilities();
    try (AdaptingScorer adapting = model.adapting(0.01)) {
      double[] adapted = adapting.score(repeated).logProbabilities();
      // The window of 20 symbols after the context predicts 20 symbols.
      assertArrayEquals(
          Arrays.copyOf(plain, 20), Arrays.copyOf(adapted, 20), "no symbol is learned in advance");
      assertTrue(
          Arrays.stream(adapted, 100, 160).sum() > Arrays.stream(plain, 100, 160).sum() + 10);
    }
  }

  /**
   * A text is scored as if it were alone, or refused; both never learn from each other's windows.
   */
  @Test
  void twoThreads_atOnce_oneIsRefused() throws Exception {
    String text = TEXT.repeat(40);
    TextScore alone;
    try (AdaptingScorer fresh = model.adapting(0.01)) {
      alone = fresh.score(text);
    }
    int refused = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      for (int i = 0; i < 100 && refused == 0; i++) { // until two texts overlap
        CyclicBarrier start = new CyclicBarrier(2);
        try (AdaptingScorer adapting = model.adapting(0.01)) {
          Callable<TextScore> score =
              () -> {
                start.await();
                return adapting.score(text);
              };
          List<TextScore> scores = new ArrayList<>();
          for (Future<TextScore> scored : threads.invokeAll(List.of(score, score))) {
            try {
              scores.add(scored.get());
            } catch (ExecutionException e) {
              assertInstanceOf(IllegalStateException.class, e.getCause());
              refused++;
            }
          }
          assertTrue(scores.contains(alone));
        }
      }
    }
    assertEquals(1, refused);
  }

  @Test
  void laterTexts_profitFromEarlierOnes() {
    try (AdaptingScorer adapting = model.adapting(0.01)) {
      TextScore first = adapting.score(TEXT);
      for (int i = 0; i < 5; i++) {
        adapting.score(TEXT);
      }
      assertTrue(adapting.score(TEXT).nats() < first.nats() - 1);
      try (AdaptingScorer fresh = model.adapting(0.01)) {
        assertEquals(first, fresh.score(TEXT), "each scorer starts from the model");
      }
    }
  }

  /**
   * The contract: whatever is adapted, the model gives the same answers and has the same weights.
   */
  @Test
  void model_staysAsItWas() throws IOException {
    TextScore score = model.score(TEXT);
    model.save(folder.resolve("before.ckpt"));
    try (AdaptingScorer adapting = model.adapting(0.05)) {
      adapting.score(TEXT.repeat(5));
      adapting.evaluate(TestRuns.CORPUS);
      assertEquals(score, model.score(TEXT), "also between its texts");
      assertNotEquals(score.nats(), adapting.score(TEXT).nats());
    }
    model.save(folder.resolve("after.ckpt"));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("before.ckpt")),
        Files.readAllBytes(folder.resolve("after.ckpt")));
  }

  @Test
  void evaluate_isTheMeanOfTheScores() throws IOException {
    String text = TEXT.repeat(4);
    double nats;
    try (AdaptingScorer adapting = model.adapting(0.01)) {
      nats = adapting.score(text).nats() / text.length();
    }
    Path file = Files.writeString(folder.resolve("text.txt"), "\n" + text);
    try (AdaptingScorer adapting = model.adapting(0.01);
        AdaptingScorer other = model.adapting(0.01)) {
      assertEquals(nats, adapting.evaluate(Corpus.of("\n" + text)).nats(), 1e-12);
      assertEquals(
          nats, other.evaluate(Corpus.read(file, Corpus.LineEndings.FOLD, 0)).nats(), 1e-12);
      assertThrows(TextTooShortException.class, () -> other.evaluate(Corpus.of("山")));
    }
  }

  @Test
  void context_isReadButNotLearned() {
    ScoringOptions after = ScoringOptions.standard().after(TEXT);
    try (AdaptingScorer adapting = model.adapting(0.05)) {
      assertArrayEquals(
          model.score("水上", after).logProbabilities(),
          adapting.score("水上", after).logProbabilities());
      assertEquals(0, adapting.score("").nats());
      ScoringOptions state = ScoringOptions.standard().after(model.start("山"));
      assertThrows(IllegalArgumentException.class, () -> adapting.score("水", state));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e-60})
  void impossibleRate(double rate) {
    InvalidOptionException e =
        assertThrows(InvalidOptionException.class, () -> model.adapting(rate));
    assertEquals("rate", e.option());
  }

  @Test
  void tooHighARate_isReported() {
    try (AdaptingScorer adapting = model.adapting(1e38)) {
      assertThrows(ModelDivergedException.class, () -> adapting.score(TEXT.repeat(20)));
    }
    assertEquals(model.score(TEXT), model.score(TEXT));
  }

  @Test
  void closed_cannotBeUsed() {
    AdaptingScorer adapting = model.adapting(0.01);
    adapting.close();
    assertThrows(IllegalStateException.class, () -> adapting.score("山"));
  }
}
