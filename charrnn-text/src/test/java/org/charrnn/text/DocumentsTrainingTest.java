package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.text.config.DocumentConfig;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.generation.BeamSearch;
import org.charrnn.text.generation.GeneratedText;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Training, measuring and writing where the state is zero at the beginning of each document. */
class DocumentsTrainingTest {

  /** Blank lines and begin symbols are at different places. */
  private static final Corpus CORPUS =
      Corpus.of(TestRuns.CORPUS.text().replace("，水", "，\n\n水").repeat(3));

  @TempDir Path folder;

  /** The ways to say where documents begin. */
  enum Way {
    SYMBOL {
      @Override
      TrainingConfig.Builder say(TrainingConfig.Builder config) {
        return config.documents(it -> it.documentBegin("^"));
      }
    },
    BLANK_LINE {
      @Override
      TrainingConfig.Builder say(TrainingConfig.Builder config) {
        return config.documents(it -> it.documentSeparator(DocumentConfig.Separator.BLANK_LINE));
      }
    };

    abstract TrainingConfig.Builder say(TrainingConfig.Builder config);

    TrainingConfig config(boolean reset) {
      return say(TestRuns.config().toBuilder())
          .model(it -> it.hiddenSize(16))
          .run(it -> it.epochs(4))
          .documents(it -> it.resetAtDocuments(reset))
          .build();
    }
  }

  private byte[] trained(CharRnn charRnn, Corpus corpus, TrainingConfig config) throws IOException {
    Path model = folder.resolve("model.ckpt");
    Files.deleteIfExists(model);
    Files.deleteIfExists(Checkpoint.best(model));
    try (Trainer trainer = charRnn.trainer(corpus, config)) {
      trainer.run(model, TrainingListener.silent());
    }
    return Files.readAllBytes(model);
  }

  /** Without resets, to say where documents begin changes no step. */
  @ParameterizedTest
  @EnumSource
  void step_onlyResetsChangeIt(Way way) {
    TrainingConfig plain =
        Way.SYMBOL.config(false).toBuilder()
            .documents(it -> it.noDocumentBegin())
            .sample(it -> it.prompt("^"))
            .build();
    try (Trainer untold = TestRuns.charRnn().trainer(CORPUS, plain);
        Trainer told = TestRuns.charRnn().trainer(CORPUS, way.config(false));
        Trainer resets = TestRuns.charRnn().trainer(CORPUS, way.config(true))) {
      double losses = 0;
      double lossesWithResets = 0;
      for (int i = 0; i < 12; i++) {
        double loss = untold.step().nats();
        assertEquals(loss, told.step().nats());
        losses += loss;
        lossesWithResets += resets.step().nats();
      }
      assertNotEquals(losses, lossesWithResets);
    }
  }

  @ParameterizedTest
  @EnumSource
  void run_sameBytesWhateverTheThreads(Way way) throws IOException {
    CharRnn charRnn = CharRnn.create().withAccelerator("java");
    AcceleratorOptions options = AcceleratorOptions.defaults();
    assertArrayEquals(
        trained(charRnn.withOptions(options.withThreads(1)), CORPUS, way.config(true)),
        trained(charRnn.withOptions(options.withThreads(3)), CORPUS, way.config(true)));
  }

  @ParameterizedTest
  @EnumSource
  void run_sameBytesIfTheTextStaysInItsFile(Way way) throws IOException {
    Path file =
        Files.writeString(folder.resolve("text.txt"), CORPUS.text().repeat(30)); // several pieces
    TrainingConfig config =
        way.config(true).toBuilder()
            .windows(it -> it.seqLength(20).batchSize(4))
            .run(it -> it.maxSteps(60))
            .build();
    Corpus held = Corpus.read(file);
    Corpus streamed = Corpus.read(file, Corpus.LineEndings.FOLD, 0);
    byte[] expected = trained(TestRuns.charRnn(), held, config);
    assertArrayEquals(expected, trained(TestRuns.charRnn(), streamed, config));
    TrainingConfig other = config.toBuilder().documents(it -> it.resetAtDocuments(false)).build();
    assertFalse(Arrays.equals(expected, trained(TestRuns.charRnn(), held, other)));
  }

  /** A text of documents is as probable as they are, each alone. */
  @Test
  void evaluate_eachDocumentAlone() throws IOException {
    String one = "^山前有水，水上有桥。\n";
    String other = "^水边有舟，舟上有灯。\n";
    for (boolean resets : new boolean[] {true, false}) {
      trained(TestRuns.charRnn(), CORPUS, Way.SYMBOL.config(resets));
      try (LanguageModel model = TestRuns.charRnn().load(folder.resolve("model.ckpt"))) {
        double alone = nats(model, one + "^") + nats(model, other);
        double together = nats(model, one + other);
        assertEquals(resets, Math.abs(alone - together) < 1e-4, alone + ", " + together);
      }
    }
  }

  private static double nats(LanguageModel model, String text) {
    return model.evaluate(Corpus.of(text)).nats() * (text.codePointCount(0, text.length()) - 1);
  }

  /** What is written goes through the same states as what is measured, in each row and beam. */
  @ParameterizedTest
  @EnumSource
  void write_probabilitiesAreThoseThatAreMeasured(Way way) throws IOException {
    trained(TestRuns.charRnn(), CORPUS, way.config(true));
    String begin = "^山前有水，\n\n水上"; // documents in what is begun with
    GenerationRequest drawn = GenerationRequest.sampled(begin, 150, 1.5, 3).withLogProbabilities();
    GenerationRequest searched =
        GenerationRequest.searched(begin, 60, BeamSearch.ofWidth(6)).withLogProbabilities();
    try (LanguageModel model = TestRuns.charRnn().load(folder.resolve("model.ckpt"))) {
      List<GeneratedText> texts = new ArrayList<>();
      model.generateMany(drawn, 5, texts::add);
      assertTrue(texts.stream().anyMatch(text -> text.continuation().contains("^")));
      assertTrue(texts.stream().anyMatch(text -> text.continuation().contains("\n\n")));
      texts.add(model.generate(searched, _ -> {}));
      double before = nats(model, begin);
      for (GeneratedText text : texts) {
        double written =
            text.symbols().stream().mapToDouble(it -> it.logProbability().orElseThrow()).sum();
        assertEquals(nats(model, text.text()) - before, -written, 1e-2);
      }
    }
  }

  @Test
  void begin_isTheSymbolThatBeginsDocuments() {
    Corpus corpus = Corpus.of("题" + CORPUS.text());
    try (Trainer trainer = TestRuns.charRnn().trainer(corpus, Way.SYMBOL.config(false))) {
      assertTrue(trainer.sample().startsWith("^"));
    }
    TrainingConfig other =
        Way.SYMBOL.config(false).toBuilder().sample(it -> it.prompt("山")).build();
    try (Trainer trainer = TestRuns.charRnn().trainer(corpus, other)) {
      assertTrue(trainer.sample().startsWith("山"));
    }
  }

  @Test
  void trainer_symbolThatIsNone() {
    for (String begin : List.of("Z", "山前")) {
      TrainingConfig config =
          TestRuns.config().toBuilder().documents(it -> it.documentBegin(begin)).build();
      var e =
          assertThrows(
              InvalidOptionException.class, () -> TestRuns.charRnn().trainer(CORPUS, config));
      assertEquals(
          "documentBegin must be one symbol that occurs in the text: " + begin, e.getMessage());
    }
  }

  @Test
  void build_resetsWithoutDocuments() {
    TrainingConfig.Builder builder =
        TestRuns.config().toBuilder().documents(it -> it.resetAtDocuments(true));
    var e = assertThrows(InvalidOptionException.class, builder::build);
    assertEquals("resetAtDocuments", e.option());
    builder.documents(it -> it.documentBegin(""));
    var empty = assertThrows(InvalidOptionException.class, builder::build);
    assertEquals("documentBegin", empty.option());
  }

  /** In the middle of a document, with what was read before it. */
  @ParameterizedTest
  @EnumSource
  void resume_sameBytes(Way way) throws IOException {
    byte[] expected = trained(TestRuns.charRnn(), CORPUS, way.config(true));
    Path file = folder.resolve("model.ckpt");
    try (Trainer trainer = TestRuns.charRnn().trainer(CORPUS, way.config(true))) {
      for (int i = 0; i < 13; i++) {
        trainer.step();
      }
      trainer.save(file);
    }
    var e =
        assertThrows(
            InvalidOptionException.class,
            () ->
                TestRuns.charRnn()
                    .resume(
                        file,
                        CORPUS,
                        changes -> changes.documents(it -> it.resetAtDocuments(false))));
    assertEquals("resetAtDocuments", e.option());
    try (Trainer trainer = TestRuns.charRnn().resume(file, CORPUS)) {
      trainer.run(file, TrainingListener.silent());
    }
    assertArrayEquals(expected, Files.readAllBytes(file));
  }
}
