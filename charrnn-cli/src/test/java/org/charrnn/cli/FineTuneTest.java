package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.charrnn.cli.Shell.Outcome;
import org.charrnn.text.Checkpoint;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command 'train --from'. */
class FineTuneTest {

  @TempDir private Path directory;
  private Training training;
  private Path other;
  private Path tuned;

  @BeforeEach
  void train() throws IOException {
    training = Training.in(directory);
    other = Files.writeString(directory.resolve("other.txt"), Texts.CHOICES.replace('选', '路'));
    tuned = directory.resolve("tuned.ckpt");
    assertEquals(0, training.small("--max-steps", 3).exitCode());
  }

  private Outcome tune(Object... more) {
    Object[] words = {"train", other, "--out", tuned, "--seq-length", 8, "--batch-size", 2};
    return Shell.run(Stream.concat(Stream.of(words), Stream.of(more)).toArray());
  }

  @Test
  void from_takesOverTheModel_andSaysWhatIsNew() throws IOException {
    byte[] before = Files.readAllBytes(training.model());
    Outcome outcome = tune("--from", training.model(), "--max-steps", 2);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(
        outcome
            .err()
            .contains(
                String.format(
                    Locale.ROOT,
                    "charrnn: starting from %s; adds 1 new characters to its vocabulary: '路' (U+8DEF)\n",
                    training.model())),
        outcome::err);
    assertEquals(6, Checkpoint.readModel(tuned).config().model().hiddenSize());
    assertEquals(21, Checkpoint.readModel(tuned).vocabulary().size());
    assertArrayEquals(before, Files.readAllBytes(training.model()));
    Outcome more = tune("--from", training.model(), "--max-steps", 3, "--resume");
    assertEquals(0, more.exitCode(), more::err);
    assertTrue(more.err().contains(", resuming at step 2\n"), more::err);
  }

  @Test
  void newSymbolsRefuse_namesThem() {
    Outcome outcome = tune("--from", training.model(), "--new-symbols", "refuse");
    assertEquals(2, outcome.exitCode());
    assertTrue(
        outcome.err().contains("does not know 1 of its symbols: '路' (U+8DEF). "), outcome::err);
    assertTrue(outcome.err().contains("with --new-symbols extend"), outcome::err);
    assertFalse(Files.exists(tuned));
  }

  @Test
  void nothingNew_isSaid() {
    Object[] words = {
      "train", training.text(), "--out", tuned, "--from", training.model(), "--max-steps", 1
    };
    Outcome outcome = Shell.run(words);
    assertEquals(2, outcome.exitCode()); // the standard windows do not fit into this text
    assertTrue(outcome.err().contains("--batch-size"), outcome::err);
    other = training.text();
    Outcome fitting = tune("--from", training.model(), "--max-steps", 1);
    assertEquals(0, fitting.exitCode(), fitting::err);
    assertTrue(fitting.err().contains(", whose vocabulary has all characters\n"), fitting::err);
  }

  @Test
  void invalidOption_isNamed() {
    Outcome size = tune("--from", training.model(), "--hidden-size", 7);
    assertEquals(2, size.exitCode());
    assertEquals(
        "charrnn: --hidden-size must be 6, as in the model that training starts from: 7\n",
        size.err());
    Outcome way = tune("--from", training.model(), "--new-symbols", "skip");
    assertEquals("charrnn: --new-symbols must be extend or refuse: skip\n", way.err());
    Outcome alone = tune("--new-symbols", "refuse");
    assertEquals(
        "charrnn: --new-symbols must be omitted; it has no effect without --from: refuse\n",
        alone.err());
    Outcome missing = tune("--from", directory.resolve("gone.ckpt"));
    assertEquals(2, missing.exitCode());
    assertTrue(missing.err().contains("gone.ckpt does not exist"), missing::err);
    assertFalse(Files.exists(tuned));
  }
}
