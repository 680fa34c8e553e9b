package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.charrnn.text.checkpoint.CheckpointException;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.CorpusException;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text that stays in its file gives what the same text in memory gives. */
class StreamedTextTest {

  private static final TrainingConfig CONFIG =
      TestRuns.config().toBuilder()
          .windows(it -> it.seqLength(30).batchSize(5))
          .run(it -> it.epochs(2))
          .build();

  @TempDir Path folder;

  private Corpus held;
  private Corpus streamed;
  private Path model;

  @BeforeEach
  void write() throws IOException {
    Path file = folder.resolve("text.txt");
    Files.writeString(file, "\uFEFF" + TestRuns.CORPUS.text().replace("\n", "\r\n").repeat(40));
    held = Corpus.read(file);
    streamed = Corpus.read(file, Corpus.LineEndings.FOLD, 0);
    model = folder.resolve("model.ckpt");
    assertInstanceOf(Corpus.InMemory.class, held);
    assertInstanceOf(Corpus.InFile.class, streamed);
  }

  private byte[] trained(Corpus corpus) throws IOException {
    Files.deleteIfExists(model);
    Files.deleteIfExists(Checkpoint.best(model));
    try (Trainer trainer = TestRuns.charRnn().trainer(corpus, CONFIG)) {
      trainer.run(model, TrainingListener.silent());
    }
    return Files.readAllBytes(model);
  }

  @Test
  void run_sameBytes() throws IOException {
    assertArrayEquals(trained(held), trained(streamed));
  }

  @Test
  void resume_fromTheOneToTheOther() throws IOException {
    byte[] expected = trained(held);
    try (Trainer trainer = TestRuns.charRnn().trainer(held, CONFIG)) {
      trainer.step();
      trainer.save(model);
    }
    try (Trainer trainer = TestRuns.charRnn().resume(model, streamed)) {
      assertEquals(1, trainer.plan().startStep());
      trainer.run(model, TrainingListener.silent());
    }
    assertArrayEquals(expected, Files.readAllBytes(model));
  }

  @Test
  void validateAndEvaluate_sameLoss() throws IOException {
    try (Trainer one = TestRuns.charRnn().trainer(held, CONFIG);
        Trainer other = TestRuns.charRnn().trainer(streamed, CONFIG)) {
      assertEquals(one.validate(), other.validate());
      assertEquals(one.model().evaluate(held), other.model().evaluate(streamed));
    }
  }

  @Test
  void resume_anotherText() throws IOException {
    trained(streamed);
    Path other = folder.resolve("other.txt");
    Files.writeString(other, streamed.text() + "。");
    Corpus longer = Corpus.read(other, Corpus.LineEndings.FOLD, 0);
    var e = assertThrows(CheckpointException.class, () -> TestRuns.charRnn().resume(model, longer));
    assertTrue(e.getMessage().contains("on another text than " + other), e.getMessage());
  }

  /** What is wrong with the text is said before anything is opened. */
  @Test
  void trainer_malformed_noSessionIsOpened() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("text.txt"));
    bytes[bytes.length - 5] = (byte) 0xFF;
    Path file = Files.write(folder.resolve("bad.txt"), bytes);
    Corpus bad = Corpus.read(file, Corpus.LineEndings.FOLD, 0);
    CharRnn unusable = CharRnn.create().withAccelerator("no-such-accelerator");
    var e = assertThrows(CorpusException.class, () -> unusable.trainer(bad, CONFIG));
    assertTrue(e.getMessage().contains("at offset " + (bytes.length - 5)), e.getMessage());
  }

  @Test
  void text_isTheSame() {
    assertEquals(held.text(), streamed.text());
    assertEquals(held.fingerprint(), streamed.fingerprint());
    assertEquals(folder.resolve("text.txt").toString(), streamed.toString());
  }
}
