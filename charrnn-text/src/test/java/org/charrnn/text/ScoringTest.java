package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.charrnn.text.config.DocumentConfig;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.scoring.Distribution;
import org.charrnn.text.scoring.Embeddings;
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.scoring.State;
import org.charrnn.text.scoring.TextScore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Scores, rankings and embeddings of texts. */
class ScoringTest {

  private static LanguageModel model;

  private static LanguageModel train(Corpus corpus, UnaryOperator<TrainingConfig.Builder> changes) {
    TrainingConfig config =
        changes
            .apply(
                TestRuns.config().toBuilder()
                    .model(it -> it.hiddenSize(16))
                    .run(it -> it.epochs(4))
                    .sample(it -> it.length(0)))
            .build();
    return TestRuns.charRnn().train(corpus, config);
  }

  @BeforeAll
  static void train() {
    model = train(TestRuns.CORPUS, it -> it);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static double nats(String text) {
    return model.evaluate(Corpus.of(text)).nats() * (text.codePointCount(0, text.length()) - 1);
  }

  @Test
  void score_isTheLossAfterTheStandardContext() {
    String text = "山前有水，水上有桥，桥边有人家。";
    TextScore score = model.score(text);
    assertEquals(new ScoringOptions.Context.Text("\n"), score.context());
    assertEquals(nats("\n" + text), score.nats(), 1e-9);
    assertEquals(score.nats(), -Arrays.stream(score.logProbabilities()).sum(), 1e-12);
    assertEquals(score.nats() / Math.log(2) / 16, score.bitsPerCharacter(), 1e-12);
    assertEquals(Math.exp(score.nats() / 16), score.perplexity(), 1e-12);
    assertEquals(text, String.join("", score.symbols()));
    assertEquals(0, score.unknown());
  }

  @Test
  void score_afterAGivenContext() {
    TextScore score = model.score("桥边", ScoringOptions.standard().after("^山前有水，水上有桥，"));
    assertEquals(nats("^山前有水，水上有桥，桥边") - nats("^山前有水，水上有桥，"), score.nats(), 1e-5);
    TextScore chain = model.score("边", ScoringOptions.standard().after("^山前有水，水上有桥，桥"));
    assertEquals(chain.nats(), -score.logProbabilities()[1]);
  }

  @Test
  void score_withoutContext_pricesTheFirstSymbolByItsFrequency() {
    ScoringOptions none = ScoringOptions.standard().withContext(new ScoringOptions.Context.None());
    TextScore score = model.score("山前有水", none);
    long total = 0;
    long mountains = 0;
    for (Vocabulary.Entry entry : model.vocabulary().entries()) {
      total += entry.count() + 1;
      mountains += entry.symbol().equals("山") ? entry.count() + 1 : 0;
    }
    assertEquals(Math.log((double) mountains / total), score.logProbabilities()[0], 1e-12);
    assertEquals(nats("山前有水") - score.logProbabilities()[0], score.nats(), 1e-9);
    assertEquals(score.logProbabilities()[0], model.score("山", none).logProbability());
  }

  @Test
  void standardContext_followsTheDocuments() {
    try (LanguageModel begun =
        train(TestRuns.CORPUS, it -> it.documents(documents -> documents.documentBegin("^")))) {
      assertEquals(new ScoringOptions.Context.Text("^"), begun.score("山").context());
    }
    Corpus separated = Corpus.of(TestRuns.CORPUS.text().replace("\n", "\n\n"));
    try (LanguageModel blank =
        train(
            separated,
            it ->
                it.documents(documents ->
                    documents
                        .documentSeparator(DocumentConfig.Separator.BLANK_LINE)
                        .resetAtDocuments(true)))) {
      TextScore score = blank.score("^山前有水");
      assertEquals(new ScoringOptions.Context.Text("\n\n"), score.context());
      TextScore later = blank.score("^山前有水", ScoringOptions.standard().after("水声\n^水边有舟，\n\n"));
      assertArrayEquals(
          Arrays.copyOfRange(score.logProbabilities(), 1, 5),
          Arrays.copyOfRange(later.logProbabilities(), 1, 5));
      assertNotEquals(score.logProbabilities()[0], later.logProbabilities()[0]);
    }
    Corpus flat = Corpus.of(TestRuns.CORPUS.text().replace("\n", ""));
    try (LanguageModel noLines = train(flat, it -> it)) {
      assertEquals(new ScoringOptions.Context.None(), noLines.score("山").context());
    }
  }

  @Test
  void unknownSymbols_areRejectedOrCostTheirPrice() {
    assertThrows(UnknownSymbolException.class, () -> model.score("山x前"));
    TextScore score = model.score("x山y𠀀", ScoringOptions.standard().withUnknownPrice(7));
    double[] logProbabilities = score.logProbabilities();
    assertEquals(3, score.unknown());
    assertArrayEquals(
        new double[] {-7, model.score("山").logProbability(), -7, -7}, logProbabilities);
    assertEquals(4, score.characters());
    assertEquals(7, model.score("x", ScoringOptions.standard().withUnknownPrice(7)).nats());
    assertThrows(
        InvalidOptionException.class, () -> ScoringOptions.standard().withUnknownPrice(-1));
    assertThrows(
        InvalidOptionException.class, () -> ScoringOptions.standard().withUnknownPrice(Double.NaN));
  }

  @Test
  void emptyText_hasTheProbabilityOne() {
    TextScore score = model.score("");
    assertEquals(0, score.nats());
    assertEquals(0, score.bitsPerCharacter());
    assertEquals(1, score.perplexity());
    assertEquals(List.of(), score.symbols());
  }

  @Test
  void longText_isScoredAsItIsEvaluated() {
    String text = TestRuns.CORPUS.text().repeat(60);
    assertTrue(text.length() > 6000);
    TextScore score = model.score(text);
    assertEquals(nats("\n" + text), score.nats(), 1e-6);
    assertEquals(score, model.scoreAll(List.of("山", text, "水")).get(1));
  }

  // ---- states and next symbols

  @Test
  void next_isWhatScoresAreMadeOf() {
    Distribution next = model.next("^山前有");
    TextScore water = model.score("水", ScoringOptions.standard().after("^山前有"));
    assertEquals(water.logProbability(), next.logProbability("水"), 1e-5);
    assertEquals(model.score("山").logProbability(), model.next("").logProbability("山"), 1e-5);
    assertEquals(next.top(3), model.start("^山前").read("有").next().top(3));
    assertEquals(model.start().next().top(5), model.next("\n").top(5));
  }

  @Test
  void state_scoresWhatFollows_likeATextReadAtOnce() {
    State state = model.start("^山前有水，").read("水上");
    TextScore score = state.score("有桥，桥边有人家。");
    TextScore whole = model.score("有桥，桥边有人家。", ScoringOptions.standard().after("^山前有水，水上"));
    assertArrayEquals(whole.logProbabilities(), score.logProbabilities());
    assertEquals(new ScoringOptions.Context.After(state), score.context());
    assertEquals(score, model.score("有桥，桥边有人家。", ScoringOptions.standard().after(state)));
    assertEquals(0, state.score("").nats());
  }

  @Test
  void state_ofALongText_isScoredFrom() {
    String text = TestRuns.CORPUS.text().repeat(30);
    State state = model.start(text);
    TextScore score = state.score(text);
    assertEquals(text.length(), score.symbols().size());
    double[] whole = model.score(text + text).logProbabilities();
    assertArrayEquals(
        Arrays.copyOfRange(whole, text.length(), whole.length), score.logProbabilities(), 0.3);
    assertEquals(score, state.score(text));
  }

  @Test
  void stateOfAnotherModel_isRefused() {
    try (LanguageModel other = train(TestRuns.CORPUS, it -> it.run(run -> run.seed(3)))) {
      State state = other.start("山");
      assertThrows(
          IllegalArgumentException.class,
          () -> model.score("水", ScoringOptions.standard().after(state)));
    }
  }

  @Test
  void next_withoutContext_isByFrequency() {
    Corpus flat = Corpus.of(TestRuns.CORPUS.text().replace("\n", ""));
    try (LanguageModel noLines = train(flat, it -> it)) {
      assertEquals(
          noLines.score("山").logProbability(), noLines.next("").logProbability("山"), 1e-12);
      assertEquals(noLines.start().score("山水").nats(), noLines.score("山水").nats());
      assertEquals(
          1,
          noLines.next("").top(1000).stream().mapToDouble(Distribution.Entry::probability).sum(),
          1e-9);
    }
  }

  // ---- many texts

  @Test
  void scoreAll_givesTheScoresOfEachAlone_inOrder() {
    String source = TestRuns.CORPUS.text().repeat(3);
    List<String> texts =
        IntStream.range(0, 200).mapToObj(i -> source.substring(i, i + (i * 7) % 90)).toList();
    List<TextScore> scores = model.scoreAll(texts);
    assertEquals(texts, scores.stream().map(TextScore::text).toList());
    for (int i = 0; i < texts.size(); i += 13) {
      assertEquals(model.score(texts.get(i)), scores.get(i));
    }
    assertEquals(scores, model.scoreAll(texts.stream()).toList());
  }

  @Test
  void scoreAll_isLazy_andClosesItsSource() {
    AtomicInteger read = new AtomicInteger();
    AtomicBoolean closed = new AtomicBoolean();
    Stream<String> endless =
        Stream.generate(
                () -> {
                  read.incrementAndGet();
                  return "山前有水，水上有桥，桥边有人家。";
                })
            .onClose(() -> closed.set(true));
    try (Stream<TextScore> scores = model.scoreAll(endless)) {
      assertEquals(0, read.get());
      assertEquals(5, scores.limit(5).toList().size());
      assertTrue(read.get() < 10_000);
    }
    assertTrue(closed.get());
  }

  @Test
  void scoreAll_deliversTheScoresBeforeATextThatFails() {
    List<TextScore> delivered = new ArrayList<>();
    Stream<TextScore> scores = model.scoreAll(Stream.of("山", "水", "a", "山"));
    assertThrows(UnknownSymbolException.class, () -> scores.forEach(delivered::add));
    assertEquals(List.of(model.score("山"), model.score("水")), delivered);
  }

  @Test
  void rank_putsTheMostProbableFirst() {
    List<String> candidates = List.of("水", "桥", "人", "灯", "水上");
    List<TextScore> ranked = model.rank("^山前有", candidates);
    assertEquals(5, ranked.size());
    for (int i = 0; i < 5; i++) {
      TextScore candidate = ranked.get(i);
      assertEquals(
          model.score(candidate.text(), ScoringOptions.standard().after("^山前有")), candidate);
      assertTrue(i == 0 || ranked.get(i - 1).logProbability() >= candidate.logProbability());
    }
    assertEquals(model.score("水"), model.rank("", List.of("水")).getFirst());
  }

  @Test
  void rank_ofEquals_keepsTheirOrder() {
    ScoringOptions priced = ScoringOptions.standard().withUnknownPrice(9);
    List<String> order =
        model.rank(List.of("c", "a", "b"), priced).stream().map(TextScore::text).toList();
    assertEquals(List.of("c", "a", "b"), order);
  }

  // ---- embeddings

  @Test
  void embeddings_dependOnWhatWasReadBefore_andOnNothingAfter() {
    Embeddings long0 = model.embed("山前有水，水上");
    Embeddings short0 = model.embed("山前有水");
    assertEquals(7, long0.size());
    assertEquals(16, long0.dimension());
    for (int i = 0; i < 4; i++) {
      assertArrayEquals(short0.at(i), long0.at(i));
    }
    assertFalse(Arrays.equals(long0.at(3), long0.at(5)), "the same symbol after other text");
    assertArrayEquals(long0.at(4), long0.span(2, 5));
    float[] mean = new float[16];
    for (int i = 0; i < 16; i++) {
      mean[i] = (long0.at(1)[i] + long0.at(2)[i]) / 2;
    }
    assertArrayEquals(mean, long0.mean(1, 3), 1e-7f);
    assertArrayEquals(long0.mean(0, 7), long0.mean());
    assertThrows(IndexOutOfBoundsException.class, () -> long0.at(7));
    assertThrows(IndexOutOfBoundsException.class, () -> long0.span(3, 3));
    assertThrows(UnknownSymbolException.class, () -> model.embed("x"));
    assertEquals(0, model.embed("").size());
  }

  @Test
  void embeddings_ofLongTexts() {
    String text = TestRuns.CORPUS.text().repeat(30);
    Embeddings embeddings = model.embed(text);
    assertEquals(text.length(), embeddings.size());
    List<float[]> vectors = new ArrayList<>();
    for (int i = 0; i < embeddings.size(); i++) {
      vectors.add(embeddings.at(i));
    }
    assertTrue(vectors.stream().noneMatch(vector -> Arrays.equals(vector, new float[16])));
  }

  /** Scoring and embedding leave the model as it was. */
  @Test
  void scoring_changesNothing() {
    TextScore before = model.score("山前有水");
    double loss = model.evaluate(TestRuns.CORPUS).nats();
    model.scoreAll(List.of(TestRuns.CORPUS.text(), "山"));
    model.embed("山前有水");
    model.rank("山", List.of("水"));
    assertEquals(before, model.score("山前有水"));
    assertEquals(loss, model.evaluate(TestRuns.CORPUS).nats());
  }
}
