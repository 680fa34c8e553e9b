package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.snapshot.Snapshot;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints that earlier versions wrote. */
class EarlierVersionsTest {

  private static final Corpus CORPUS =
      Corpus.of(
          IntStream.range(0, 40)
              .mapToObj(i -> "line " + i + " of a small text: 选择 is choice.\n")
              .collect(Collectors.joining()));

  @TempDir Path folder;

  private Path resource(String name) throws IOException {
    Path file = folder.resolve(name);
    try (InputStream in =
        Objects.requireNonNull(EarlierVersionsTest.class.getResourceAsStream(name))) {
      Files.copy(in, file);
    }
    return file;
  }

  @Test
  void formatVersion2_loadsAndGenerates() throws IOException {
    try (LanguageModel model = TestRuns.charRnn().load(resource("version2-step3.ckpt"))) {
      assertEquals(
          "line ".length() + 20, model.generate(GenerationRequest.greedy("line ", 20)).length());
    }
  }

  /** The second file was written by the earlier version when it resumed from the first. */
  @Test
  void formatVersion2_resumesToTheSameTensors() throws IOException {
    Path file = resource("version2-step3.ckpt");
    Snapshot expected = Snapshot.read(resource("version2-step7.ckpt"));
    try (Trainer trainer =
        TestRuns.charRnn().resume(file, CORPUS, config -> config.run(run -> run.maxSteps(7)))) {
      trainer.run(file, TrainingListener.silent());
    }
    Snapshot resumed = Snapshot.read(file);
    assertEquals(expected.model().tensors(), resumed.model().tensors());
    assertEquals(expected.training(), resumed.training());
  }

  /** Earlier versions dropped the byte order mark at the beginning only. */
  @ParameterizedTest
  @ValueSource(longs = {0, Long.MAX_VALUE})
  void textWithByteOrderMarksInside_isResumedAsItWasRead(long heldBytes) throws IOException {
    String text = TestRuns.CORPUS.text() + "\uFEFF" + TestRuns.CORPUS.text().repeat(3);
    Path file = folder.resolve("marks.ckpt");
    try (Trainer trainer = TestRuns.charRnn().trainer(Corpus.of(text), TestRuns.config())) {
      trainer.step();
      trainer.save(file);
    }
    Path read = Files.writeString(folder.resolve("marks.txt"), "\uFEFF" + text);
    Corpus corpus = Corpus.read(read, Corpus.LineEndings.FOLD, heldBytes);
    assertEquals(-1, corpus.text().indexOf('\uFEFF'));
    try (Trainer trainer = TestRuns.charRnn().resume(file, corpus)) {
      assertEquals(2, trainer.step().step());
    }
    try (Trainer trainer = TestRuns.charRnn().trainer(corpus, TestRuns.config())) {
      assertTrue(trainer.model().vocabulary().find("\uFEFF").isEmpty());
    }
  }
}
