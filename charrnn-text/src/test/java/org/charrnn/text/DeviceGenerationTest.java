package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.generation.BeamSearch;
import org.charrnn.text.generation.Decoding;
import org.charrnn.text.generation.GeneratedSymbol;
import org.charrnn.text.generation.GeneratedText;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Prompt;
import org.charrnn.text.generation.Sampler;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Generation with a real network, whose states are moved about. */
class DeviceGenerationTest {

  @TempDir private static Path folder;

  /** Two layers of 24, long enough in training that what was read matters. */
  @BeforeAll
  static void train() {
    TrainingConfig config =
        TestRuns.config().toBuilder()
            .model(it -> it.hiddenSize(24))
            .run(it -> it.epochs(12))
            .sample(it -> it.length(0))
            .build();
    try (Trainer trainer =
        CharRnn.create().withAccelerator("java").trainer(TestRuns.CORPUS, config)) {
      trainer.run(folder.resolve("model.ckpt"), TrainingListener.silent());
    }
  }

  private static LanguageModel load(String accelerator) {
    CharRnn charRnn =
        accelerator.equals("rounded")
            ? TestRuns.charRnn()
            : CharRnn.create().withAccelerator(accelerator);
    return charRnn.load(folder.resolve("model.ckpt"));
  }

  private static List<GeneratedText> samples(
      LanguageModel model, GenerationRequest request, int n) {
    List<GeneratedText> texts = new ArrayList<>();
    model.generateMany(request, n, texts::add);
    return texts;
  }

  private static double logProbability(GeneratedText text) {
    return text.symbols().stream().mapToDouble(it -> it.logProbability().orElseThrow()).sum();
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "rounded"})
  void samples_areTheSameWhateverTheirNumber(String accelerator) {
    GenerationRequest request = GenerationRequest.sampled("^山前有", 30, 1, 21).withLogProbabilities();
    try (LanguageModel model = load(accelerator)) {
      List<GeneratedText> many = samples(model, request, 9);
      assertEquals(many.subList(0, 4), samples(model, request, 4));
      assertEquals(many.getFirst(), model.generate(request, _ -> {}));
      assertNotEquals(many.get(0), many.get(1));
    }
  }

  /** The states of several rows go where they belong: else the network would say otherwise. */
  @Test
  void logProbabilities_areTheLossOfTheText() {
    GenerationRequest drawn = GenerationRequest.sampled("山", 40, 1.3, 2).withLogProbabilities();
    GenerationRequest searched =
        GenerationRequest.searched("山", 40, new BeamSearch(5, 0, new Decoding.Repetition(1.2, 3)))
            .withLogProbabilities();
    try (LanguageModel model = load("java")) {
      List<GeneratedText> texts = samples(model, drawn, 3);
      texts.add(model.generate(searched, _ -> {}));
      for (GeneratedText text : texts) {
        double nats = 40 * model.evaluate(Corpus.of(text.text())).nats();
        assertEquals(nats, -logProbability(text), 1e-3);
      }
    }
  }

  @Test
  void beam_widthOneIsGreedy_widerIsNoWorse() {
    try (LanguageModel model = load("java")) {
      GenerationRequest greedy = GenerationRequest.greedy("水", 20).withLogProbabilities();
      GeneratedText first = model.generate(greedy, _ -> {});
      GenerationRequest narrow = GenerationRequest.searched("水", 20, BeamSearch.ofWidth(1));
      assertEquals(first.text(), model.generate(narrow));
      GenerationRequest wide = GenerationRequest.searched("水", 20, BeamSearch.ofWidth(8));
      GeneratedText best = model.generate(wide.withLogProbabilities(), _ -> {});
      assertTrue(logProbability(best) >= logProbability(first));
      assertEquals(best.text(), model.generate(wide));
    }
  }

  @Test
  void generating_neverAltersTheModel() throws IOException {
    try (LanguageModel model = load("java")) {
      model.save(folder.resolve("before.ckpt"));
      double loss = model.evaluate(TestRuns.CORPUS).nats();
      samples(model, GenerationRequest.sampled("山", 20, 1, 1), 3);
      model.generate(GenerationRequest.searched("山", 20, BeamSearch.ofWidth(3)));
      model.generate(GenerationRequest.greedy("山", 20));
      assertEquals(loss, model.evaluate(TestRuns.CORPUS).nats());
      model.save(folder.resolve("after.ckpt"));
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("before.ckpt")),
          Files.readAllBytes(folder.resolve("after.ckpt")));
    }
  }

  @Test
  void begin_ofAnyLength_isReadToItsBeginning() {
    String tail = "山后有路，路边有树，".repeat(60);
    try (LanguageModel model = load("java")) {
      GenerationRequest request = GenerationRequest.sampled(tail, 3, 1, 1).withLogProbabilities();
      GeneratedText text = model.generate(request, _ -> {});
      assertEquals(tail + text.continuation(), text.text());
      double nats = model.evaluate(Corpus.of(text.text())).nats() * (text.text().length() - 1);
      double natsOfTail = model.evaluate(Corpus.of(tail)).nats() * (tail.length() - 1);
      assertEquals(nats - natsOfTail, -logProbability(text), 0.01);
    }
  }

  @Test
  void encode_similar() {
    try (LanguageModel model = load("rounded")) {
      assertEquals(
          "山，水", model.encode(new Prompt.Typed("山,水", Prompt.UnknownSymbols.SIMILAR)).text());
      assertEquals("山水", model.encode(new Prompt.Typed("山,水", Prompt.UnknownSymbols.SKIP)).text());
    }
  }

  @Test
  void generate_symbolsOfTheFilteredText() {
    Sampler sampler = Sampler.standard().withRepetition(new Decoding.Repetition(1.1, 2));
    GenerationRequest request = new GenerationRequest("山", 30, sampler, 5).withStop("。");
    try (LanguageModel model = load("java")) {
      List<String> heard = new ArrayList<>();
      model.generate(request, symbol -> heard.add(symbol.symbol()));
      GeneratedText text = model.generate(request, _ -> {});
      assertEquals(text.symbols().stream().map(GeneratedSymbol::symbol).toList(), heard);
      assertEquals("山" + String.join("", heard), model.generate(request));
    }
  }
}
