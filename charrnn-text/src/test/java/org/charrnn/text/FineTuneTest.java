package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.NewSymbols;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.CorpusException;
import org.charrnn.text.snapshot.Snapshot;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FineTuneTest {

  /** Much of what the other text has, and three symbols that it lacks. */
  private static final Corpus OTHER =
      Corpus.of(
          "other.txt",
          """
          ^山前有选，水上有桥，桥边有择。人家门前种花，花开时有人来，花落时无人选。
          ^山后有路，路边有择，树下有人坐。坐久了天色晚，天色晚了有人归，归来时择。
          ^水边有舟，舟上有灯!灯下有人读。读到夜深人静，人静时听水声，水声里有山色。
          """);

  @TempDir Path folder;
  private Path model;
  private Path file;

  @BeforeEach
  void name() {
    model = folder.resolve("model.ckpt");
    file = folder.resolve("tuned.ckpt");
  }

  private SavedModel learn(TrainingConfig config) {
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, config)) {
      trainer.run(model, TrainingListener.silent());
    }
    return Checkpoint.readModel(model);
  }

  private static Trainer tuned(Path model, TrainingConfig config) {
    return TestRuns.charRnn().fineTune(model, OTHER, config, NewSymbols.EXTEND);
  }

  static Stream<Arguments> models() {
    return Stream.of(
        model("no embedding", UnaryOperator.identity()),
        model("embedding", b -> b.model(it -> it.embeddingSize(4))),
        model("tied", b -> b.model(it -> it.embeddingSize(6).tieWeights(true))),
        model("tied, with a projection", b -> b.model(it -> it.embeddingSize(4).tieWeights(true))),
        model("lstm", b -> b.model(it -> it.cell("lstm").layers(1))));
  }

  private static Arguments model(String name, UnaryOperator<TrainingConfig.Builder> change) {
    return Arguments.of(name, change.apply(TestRuns.config().toBuilder()).build());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void fineTune_beginsWithWhatWasLearnt_andExtendsTheVocabulary(
      String name, TrainingConfig config) {
    SavedModel learned = learn(config);
    Snapshot begun;
    double before;
    try (Trainer trainer = tuned(model, config)) {
      begun = trainer.snapshot();
      before = trainer.model().evaluate(TestRuns.CORPUS).nats();
    }
    int known = learned.vocabulary().size();
    assertEquals(known + 3, begun.model().vocabulary().size());
    for (int id = 0; id < known; id++) {
      assertEquals(learned.vocabulary().symbol(id), begun.model().vocabulary().symbol(id));
    }
    learned
        .tensors()
        .forEach((parameter, tensor) ->
            assertCorner(tensor, begun.model().tensors().get(parameter), parameter));
    assertEquals(0, begun.training().orElseThrow().progress().step());
    begun
        .training()
        .orElseThrow()
        .tensors()
        .forEach((state, tensor) ->
            assertArrayEquals(new float[tensor.values().length], tensor.values(), state));
    // Three symbols of probability about 1/V came on, nothing else is different.
    try (LanguageModel old = TestRuns.charRnn().load(model)) {
      assertEquals(old.evaluate(TestRuns.CORPUS).nats(), before, 0.3);
    }
  }

  private static void assertCorner(HostTensor small, HostTensor large, String name) {
    for (int row = 0; row < small.shape().rows(); row++) {
      for (int column = 0; column < small.shape().columns(); column++) {
        assertEquals(
            small.values()[row * small.shape().columns() + column],
            large.values()[row * large.shape().columns() + column],
            name);
      }
    }
  }

  @Test
  void newRows_areThoseOfTheSeed() {
    learn(TestRuns.config());
    Map<String, HostTensor> first = parameters(TestRuns.config());
    assertEquals(first, parameters(TestRuns.config()));
    assertNotEquals(
        first, parameters(TestRuns.config().toBuilder().run(it -> it.seed(12)).build()));
  }

  private Map<String, HostTensor> parameters(TrainingConfig config) {
    try (Trainer trainer = tuned(model, config)) {
      return trainer.snapshot().model().tensors();
    }
  }

  @Test
  void resumed_sameBytesAsNeverStopped() throws IOException {
    learn(TestRuns.config());
    TrainingConfig config =
        TestRuns.config().toBuilder()
            .run(it -> it.epochs(1))
            .optimizer(it -> it.dropout(0.2))
            .build();
    Path whole = folder.resolve("whole.ckpt");
    try (Trainer trainer = tuned(model, config)) {
      trainer.step();
      trainer.step();
      trainer.step();
      trainer.save(whole);
    }
    try (Trainer trainer = tuned(model, config)) {
      trainer.step();
      trainer.save(file);
    }
    try (Trainer trainer = TestRuns.charRnn().resume(file, OTHER)) {
      trainer.step();
      trainer.step();
      trainer.save(file);
    }
    assertArrayEquals(Files.readAllBytes(whole), Files.readAllBytes(file));
  }

  @Test
  void fineTune_onTheSameText_changesNoVocabulary() {
    SavedModel learned = learn(TestRuns.config());
    try (Trainer trainer =
        TestRuns.charRnn().fineTune(model, TestRuns.CORPUS, TestRuns.config(), NewSymbols.REFUSE)) {
      assertEquals(learned.tensors(), trainer.snapshot().model().tensors());
    }
  }

  @Test
  void refuse_saysWhichSymbolsAreNew() {
    learn(TestRuns.config());
    var e =
        assertThrows(
            CorpusException.class,
            () ->
                TestRuns.charRnn()
                    .fineTune(model, OTHER, TestRuns.config(), NewSymbols.REFUSE)
                    .close());
    assertTrue(
        e.getMessage().contains("does not know 3 of its symbols: '!' (U+0021), '择' (U+62E9), '选'"),
        e.getMessage());
  }

  @Test
  void anotherModel_namesWhatDiffers() {
    learn(TestRuns.config());
    TrainingConfig larger = TestRuns.config().toBuilder().model(it -> it.hiddenSize(7)).build();
    var e = assertThrows(InvalidOptionException.class, () -> tuned(model, larger).close());
    assertEquals(
        "hiddenSize must be 6, as in the model that training starts from: 7", e.getMessage());
    assertEquals(
        TestRuns.config().model(),
        TrainingConfig.builder().model(TestRuns.config().model()).build().model());
  }
}
