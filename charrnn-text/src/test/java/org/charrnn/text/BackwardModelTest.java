package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.evaluation.Surprisal;
import org.charrnn.text.generation.GeneratedText;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.scoring.Embeddings;
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.scoring.TextScore;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that reads from right to left is a model of the reversed text. */
class BackwardModelTest {

  @TempDir private Path folder;

  private static TrainingConfig config(ReadingDirection direction) {
    return TestRuns.config().toBuilder()
        .model(it -> it.hiddenSize(12).direction(direction))
        .run(it -> it.validation(0))
        .sample(it -> it.prompt("山").length(0))
        .build();
  }

  private static String reversed(String text) {
    return new StringBuilder(text).reverse().toString(); // there are no surrogates
  }

  private static LanguageModel backward() {
    return TestRuns.charRnn().train(TestRuns.CORPUS, config(ReadingDirection.BACKWARD));
  }

  private static LanguageModel forwardOnReversedText() {
    return TestRuns.charRnn()
        .train(Corpus.of(reversed(TestRuns.CORPUS.text())), config(ReadingDirection.FORWARD));
  }

  @Test
  void scoresAndEmbeddings_areThoseOfTheReversedText() {
    String text = "山前有水，水上有桥";
    try (LanguageModel backward = backward();
        LanguageModel forward = forwardOnReversedText()) {
      assertEquals(forward.evaluate(Corpus.of(reversed(text))), backward.evaluate(Corpus.of(text)));
      double[] expected = forward.score(reversed(text)).logProbabilities();
      TextScore score = backward.score(text);
      assertEquals(text, String.join("", score.symbols()));
      double[] actual = score.logProbabilities();
      Embeddings there = forward.embed(reversed(text));
      Embeddings here = backward.embed(text);
      for (int i = 0; i < 9; i++) {
        assertEquals(expected[8 - i], actual[i]);
        assertArrayEquals(there.at(8 - i), here.at(i));
      }
      assertArrayEquals(here.at(2), here.span(2, 5));
    }
  }

  @Test
  void context_isTheTextAfterwards() {
    try (LanguageModel backward = backward()) {
      ScoringOptions after = ScoringOptions.standard().after("，水上有桥");
      double whole = nats(backward, "前有水，水上有桥");
      assertEquals(whole - nats(backward, "，水上有桥"), backward.score("前有水", after).nats(), 1e-5);
      List<TextScore> ranked = backward.rank("有水，水上有桥", List.of("前", "舟"));
      assertEquals(
          backward
              .score(ranked.getFirst().text(), ScoringOptions.standard().after("有水，水上有桥"))
              .nats(),
          ranked.getFirst().nats());
    }
  }

  private static double nats(LanguageModel model, String text) {
    return model.evaluate(Corpus.of(text)).nats() * (text.length() - 1);
  }

  @Test
  void heldOutText_isTheEndOfTheText_readFromItsEnd() {
    TrainingConfig config =
        config(ReadingDirection.BACKWARD).toBuilder().run(it -> it.validation(0.4)).build();
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, config)) {
      trainer.run(TrainingListener.silent());
      String text = TestRuns.CORPUS.text();
      String heldOut = text.substring(text.length() - (int) (text.length() * 0.4));
      assertEquals(trainer.model().evaluate(Corpus.of(heldOut)), trainer.validate().orElseThrow());
      List<Surprisal> surprisals = trainer.surprisals(5, 1);
      StringBuilder symbols = new StringBuilder();
      surprisals.forEach(surprisal -> symbols.append(surprisal.symbol()));
      int end = heldOut.length() - heldOut.length() / 2;
      assertEquals(heldOut.substring(end - 5, end), symbols.toString());
    }
  }

  @Test
  void generation_writesBeforeThePrompt() {
    try (LanguageModel backward = backward();
        LanguageModel forward = forwardOnReversedText()) {
      GenerationRequest request = GenerationRequest.sampled("，水上有桥", 30, 1, 5);
      GenerationRequest mirrored = GenerationRequest.sampled("桥有上水，", 30, 1, 5);
      GeneratedText expected = forward.generate(mirrored, _ -> {});
      List<String> delivered = new ArrayList<>();
      GeneratedText text = backward.generate(request, it -> delivered.add(it.symbol()));
      assertEquals(reversed(expected.text()), text.text());
      assertTrue(text.text().endsWith("，水上有桥"));
      assertEquals(reversed(expected.continuation()), text.continuation());
      assertEquals(expected.symbols(), text.symbols(), "in the order of generation");
      assertEquals(reversed(text.continuation()), String.join("", delivered));
      assertEquals(text.text(), backward.generate(request));
      String stop = text.continuation().substring(14, 16);
      String stopped = backward.generate(request.withStop(stop));
      assertEquals(text.text().substring(text.text().indexOf(stop, 14) + 2), stopped);
    }
  }

  @Test
  void statesAndSurprisals_goOnToTheLeft() {
    try (LanguageModel backward = backward();
        LanguageModel forward = forwardOnReversedText()) {
      assertEquals(
          forward.start("桥有").read("上").next().top(5),
          backward.start("有桥").read("上").next().top(5));
      assertEquals(forward.start("桥有").score("上水").nats(), backward.start("有桥").score("水上").nats());
      assertEquals(
          forward.surprisals("桥有", "上水", 2).reversed(), backward.surprisals("有桥", "水上", 2));
    }
  }

  @Test
  void samples_endWithTheirPrompt() {
    TrainingConfig config =
        config(ReadingDirection.BACKWARD).toBuilder().sample(it -> it.length(9)).build();
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, config)) {
      String sample = trainer.sample();
      assertEquals(10, sample.length());
      assertTrue(sample.endsWith("山"), sample);
    }
  }

  @Test
  void textInAFile_givesTheSameModel() throws IOException {
    Path file = Files.writeString(folder.resolve("text.txt"), TestRuns.CORPUS.text());
    UnaryOperator<Corpus> train =
        corpus -> {
          try (LanguageModel model =
              TestRuns.charRnn().train(corpus, config(ReadingDirection.BACKWARD))) {
            model.save(folder.resolve("model.ckpt"));
          }
          return corpus;
        };
    train.apply(TestRuns.CORPUS);
    byte[] inMemory = Files.readAllBytes(folder.resolve("model.ckpt"));
    train.apply(Corpus.read(file, Corpus.LineEndings.FOLD, 0));
    assertArrayEquals(inMemory, Files.readAllBytes(folder.resolve("model.ckpt")));
  }

  @Test
  void direction_isSaved_andFixed() {
    Path file = folder.resolve("run.ckpt");
    try (Trainer trainer =
        TestRuns.charRnn().trainer(TestRuns.CORPUS, config(ReadingDirection.BACKWARD))) {
      trainer.step();
      trainer.save(file);
    }
    assertEquals(
        ReadingDirection.BACKWARD, Checkpoint.readModel(file).config().model().direction());
    InvalidOptionException e =
        assertThrows(
            InvalidOptionException.class,
            () ->
                TestRuns.charRnn()
                    .resume(
                        file,
                        TestRuns.CORPUS,
                        it -> it.model(model -> model.direction(ReadingDirection.FORWARD))));
    assertEquals("direction", e.option());
    try (LanguageModel loaded = TestRuns.charRnn().load(file);
        LanguageModel forward =
            TestRuns.charRnn().train(TestRuns.CORPUS, config(ReadingDirection.FORWARD))) {
      assertNotEquals(forward.score("山前").nats(), loaded.score("山前").nats());
    }
  }
}
