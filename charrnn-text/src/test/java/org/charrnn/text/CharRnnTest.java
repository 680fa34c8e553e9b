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
import java.util.Locale;
import java.util.Optional;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.discovery.NoSuchPluginException;
import org.charrnn.text.checkpoint.CheckpointException;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.TextTooShortException;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CharRnnTest {

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void train() {
    file = folder.resolve("model.ckpt");
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, TestRuns.config())) {
      trainer.run(file, TrainingListener.silent());
    }
  }

  /** What the class comment of {@link CharRnn} shows. */
  @Test
  void aDozenLines_trainSaveLoadGenerateEvaluate() throws IOException {
    Path text = Files.writeString(folder.resolve("essays.txt"), TestRuns.CORPUS.text());
    Path place = folder.resolve("essays.ckpt");
    CharRnn charRnn = TestRuns.charRnn();
    Corpus corpus = Corpus.read(text);
    TrainingConfig config =
        TrainingConfig.builder()
            .model(it -> it.hiddenSize(8))
            .windows(it -> it.seqLength(5).batchSize(4))
            .run(it -> it.epochs(20))
            .sample(it -> it.prompt("山"))
            .build();
    try (Trainer trainer = charRnn.trainer(corpus, config)) {
      trainer.run(place, TrainingListener.silent());
    }
    try (LanguageModel model = charRnn.load(place)) {
      String written = model.generate(GenerationRequest.sampled("山", 20, 0.8, 42));
      assertTrue(written.startsWith("山"), written);
      assertEquals(21, written.codePointCount(0, written.length()));
      assertTrue(model.evaluate(corpus).perplexity() < model.vocabulary().size());
    }
  }

  @Test
  void load_writesWhatTheTrainedModelWrites() {
    GenerationRequest request = GenerationRequest.sampled("山后", 40, 1, 7);
    try (Trainer trainer = TestRuns.charRnn().resume(file, TestRuns.CORPUS);
        LanguageModel loaded = TestRuns.charRnn().load(file)) {
      assertEquals(trainer.model().generate(request), loaded.generate(request));
      assertEquals(trainer.model().evaluate(TestRuns.CORPUS), loaded.evaluate(TestRuns.CORPUS));
      assertEquals(trainer.plan().parameters(), loaded.parameterCount());
      assertEquals(trainer.plan().config(), loaded.config());
    }
  }

  @Test
  void generate_sameSeedSameText() {
    try (LanguageModel model = TestRuns.charRnn().load(file)) {
      String one = model.generate(GenerationRequest.sampled("山", 60, 1, 1));
      assertEquals(one, model.generate(GenerationRequest.sampled("山", 60, 1, 1)));
      assertNotEquals(one, model.generate(GenerationRequest.sampled("山", 60, 1, 2)));
    }
  }

  @Test
  void generate_symbolBySymbol() {
    try (LanguageModel model = TestRuns.charRnn().load(file)) {
      List<String> symbols = new ArrayList<>();
      model.generate(GenerationRequest.greedy("山前", 10), symbol -> symbols.add(symbol.symbol()));
      assertEquals(10, symbols.size());
      assertEquals(
          "山前" + String.join("", symbols), model.generate(GenerationRequest.greedy("山前", 10)));
    }
  }

  @Test
  void generate_dependsOnAllOfTheBeginning() {
    try (LanguageModel model = TestRuns.charRnn().load(file)) {
      List<String> afterOne = new ArrayList<>();
      List<String> afterTwo = new ArrayList<>();
      model.generate(
          GenerationRequest.sampled("前", 60, 1, 5), symbol -> afterOne.add(symbol.symbol()));
      model.generate(
          GenerationRequest.sampled("\n山前", 60, 1, 5), symbol -> afterTwo.add(symbol.symbol()));
      assertNotEquals(afterOne, afterTwo);
    }
  }

  @Test
  void generate_goesOnFromWhatItWrote() {
    try (LanguageModel model = TestRuns.charRnn().load(file)) {
      String whole = model.generate(GenerationRequest.greedy("山", 12));
      String half = model.generate(GenerationRequest.greedy("山", 6));
      assertEquals(whole, model.generate(GenerationRequest.greedy(half, 6)));
    }
  }

  @Test
  void generate_nothing() {
    try (LanguageModel model = TestRuns.charRnn().load(file)) {
      assertEquals("山", model.generate(GenerationRequest.greedy("山", 0)));
    }
  }

  @Test
  void generate_beginThatTheVocabularyLacks() {
    try (LanguageModel model = TestRuns.charRnn().load(file)) {
      GenerationRequest request = GenerationRequest.greedy("山选", 5);
      var e = assertThrows(UnknownSymbolException.class, () -> model.generate(request));
      assertTrue(
          e.getMessage().startsWith("'选' (U+9009) is not in the vocabulary"), e.getMessage());
    }
  }

  @Test
  void generate_fromNothing() {
    try (LanguageModel model = TestRuns.charRnn().load(file)) {
      GenerationRequest request = GenerationRequest.greedy("", 5);
      assertThrows(TextTooShortException.class, () -> model.generate(request));
    }
  }

  @Test
  void evaluate_textOfOneSymbol() {
    try (LanguageModel model = TestRuns.charRnn().load(file)) {
      Corpus one = Corpus.of("山");
      assertThrows(TextTooShortException.class, () -> model.evaluate(one));
    }
  }

  @Test
  void evaluate_symbolThatTheVocabularyLacks() {
    try (LanguageModel model = TestRuns.charRnn().load(file)) {
      Corpus other = Corpus.of("山选");
      assertThrows(UnknownSymbolException.class, () -> model.evaluate(other));
    }
  }

  @Test
  void save_modelAloneCanBeLoaded() {
    Path alone = folder.resolve("alone.ckpt");
    GenerationRequest request = GenerationRequest.greedy("山", 10);
    try (LanguageModel model = TestRuns.charRnn().load(file)) {
      model.save(alone);
      try (LanguageModel copy = TestRuns.charRnn().load(alone)) {
        assertEquals(model.generate(request), copy.generate(request));
      }
    }
    assertThrows(
        CheckpointException.class, () -> TestRuns.charRnn().resume(alone, TestRuns.CORPUS).close());
  }

  @Test
  void load_changesNothing() throws IOException {
    byte[] before = Files.readAllBytes(file);
    TestRuns.charRnn().load(file).close();
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  // ---- plugins that are not there

  @ParameterizedTest
  @ValueSource(strings = {"cell", "optimizer", "tokenizer"})
  void plugin_thatIsNotThere(String kind) {
    TrainingConfig.Builder builder = TestRuns.config().toBuilder();
    TrainingConfig config =
        switch (kind) {
          case "cell" -> builder.model(it -> it.cell("gruu")).build();
          case "optimizer" -> builder.optimizer(it -> it.name("gruu")).build();
          default -> builder.model(it -> it.tokenizer("gruu")).build();
        };
    var e =
        assertThrows(
            NoSuchPluginException.class,
            () -> TestRuns.charRnn().trainer(TestRuns.CORPUS, config).close());
    assertTrue(
        e.getMessage()
            .startsWith(String.format(Locale.ROOT, "There is no %s named 'gruu'. Found: ", kind)),
        e.getMessage());
  }

  @Test
  void accelerator_thatIsNotThere() {
    CharRnn charRnn = CharRnn.create().withAccelerator("warp");
    var e = assertThrows(NoSuchPluginException.class, () -> charRnn.load(file).close());
    assertTrue(e.getMessage().startsWith("There is no accelerator named 'warp'."), e.getMessage());
    assertTrue(e.getMessage().contains("reference"), e.getMessage());
  }

  @Test
  void device_thatIsNotThere() {
    CharRnn charRnn =
        CharRnn.create()
            .withAccelerator("reference")
            .withOptions(new AcceleratorOptions(1, Optional.of("gpu7")));
    var e = assertThrows(InvalidOptionException.class, () -> charRnn.load(file).close());
    assertTrue(e.getMessage().startsWith("device: "), e.getMessage());
    assertTrue(e.getMessage().contains("gpu7"), e.getMessage());
  }
}
