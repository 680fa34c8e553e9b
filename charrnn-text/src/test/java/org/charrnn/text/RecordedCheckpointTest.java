package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.snapshot.Snapshot;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checkpoints that an earlier version wrote load, and training from them gives what it gave. */
class RecordedCheckpointTest {

  private static final Path RECORDED =
      Path.of("src/test/resources/org/charrnn/text/golden-4a5f619");
  private static final Corpus CORPUS = Corpus.read(RECORDED.resolve("text.txt"));

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"gru, 25", "lstm, 18"})
  void resume_givesTheRecordedBytes(String name, long maxSteps) throws Exception {
    Path file = folder.resolve("a.ckpt");
    Files.copy(RECORDED.resolve(name + ".ckpt"), file);
    if (name.equals("gru")) {
      Files.copy(RECORDED.resolve("gru.best.ckpt"), Checkpoint.best(file));
    }
    try (Trainer trainer =
        TestRuns.charRnn().resume(file, CORPUS, it -> it.run(run -> run.maxSteps(maxSteps)))) {
      trainer.run(file, TrainingListener.silent());
    }
    assertSame(Snapshot.read(RECORDED.resolve(name + ".end.ckpt")), Snapshot.read(file));
  }

  @ParameterizedTest
  @CsvSource({"gru, 12", "lstm, 9"})
  void train_givesTheRecordedBytes(String name, long maxSteps) {
    Snapshot recorded = Snapshot.read(RECORDED.resolve(name + ".ckpt"));
    Path file = folder.resolve("a.ckpt");
    try (Trainer trainer =
        TestRuns.charRnn()
            .trainer(
                CORPUS,
                recorded.model().config().toBuilder().run(run -> run.maxSteps(maxSteps)).build())) {
      trainer.run(file, TrainingListener.silent());
    }
    assertSame(recorded, Snapshot.read(file));
  }

  @ParameterizedTest
  @CsvSource({"gru", "lstm"})
  void load_generates(String name) {
    try (LanguageModel model = TestRuns.charRnn().load(RECORDED.resolve(name + ".end.ckpt"))) {
      assertEquals(CORPUS.text().codePoints().distinct().count(), model.vocabulary().size());
    }
  }

  private static void assertSame(Snapshot expected, Snapshot actual) {
    assertTensors(expected.model().tensors(), actual.model().tensors());
    var before = expected.training().orElseThrow();
    var now = actual.training().orElseThrow();
    assertTensors(before.tensors(), now.tensors());
    assertEquals(before.progress(), now.progress());
    assertEquals(before.corpusFingerprint(), now.corpusFingerprint());
  }

  private static void assertTensors(
      Map<String, HostTensor> expected, Map<String, HostTensor> actual) {
    assertEquals(expected.keySet(), actual.keySet());
    expected.forEach((name, tensor) ->
        assertArrayEquals(
            tensor.values(), Objects.requireNonNull(actual.get(name)).values(), name));
  }
}
