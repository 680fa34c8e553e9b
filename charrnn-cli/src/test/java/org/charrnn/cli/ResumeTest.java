package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.charrnn.cli.Shell.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that --resume continues, and those that it refuses. */
class ResumeTest {

  @TempDir private Path directory;
  private Training training;

  @BeforeEach
  void writeText() throws IOException {
    training = Training.in(directory);
  }

  @Test
  void resume_nothingThere_isTold() {
    Outcome outcome = training.small("--resume");
    assertEquals(2, outcome.exitCode());
    assertTrue(
        outcome.err().contains("Checkpoint " + training.model() + " does not exist"), outcome::err);
  }

  @Test
  void resume_withoutOptions_takesThoseOfTheCheckpoint() {
    assertEquals(0, training.small("--epochs", 2, "--max-steps", 20).exitCode());
    Outcome outcome = training.run("--resume", "--max-steps", 22);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(outcome.err().contains(", resuming at step 20\n"), outcome::err);
    assertEquals(6, training.saved().model().hiddenSize());
    assertEquals(2, training.saved().run().epochs());
  }

  @Test
  void resume_moreEpochs_endsTheLimitOfSteps() {
    assertEquals(0, training.small("--max-steps", 3).exitCode());
    Outcome outcome = training.run("--resume", "--epochs", 1);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(outcome.err().contains("charrnn: from here on --epochs 1 (was 6)\n"), outcome::err);
    assertTrue(
        outcome.err().contains("charrnn: from here on --max-steps none (was 3)\n"), outcome::err);
    assertTrue(outcome.err().endsWith("saved " + training.model() + " at step 18\n"), outcome::err);
  }

  @Test
  void resume_anotherModel_listsAllDifferences() throws IOException {
    assertEquals(0, training.small("--max-steps", 3).exitCode());
    byte[] before = Files.readAllBytes(training.model());
    Outcome outcome =
        training.run(
            "--resume",
            "--hidden-size",
            7,
            "--cell",
            "gru-reset-after",
            "--seed",
            6,
            "--epochs",
            30);
    assertEquals(2, outcome.exitCode());
    assertTrue(
        outcome
            .err()
            .contains(
                "it was trained with --cell gru, not gru-reset-after; --hidden-size 6, not 7; --seed 5, not 6."),
        outcome::err);
    assertArrayEquals(before, Files.readAllBytes(training.model()));
  }

  @Test
  void resume_anotherProfile_isRefused() {
    assertEquals(0, training.small("--max-steps", 3).exitCode());
    Outcome outcome = training.small("--resume", "--profile", "seed", "--max-steps", 9);
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains("--carry-state true, not false"), outcome::err);
  }

  @Test
  void resume_theSameProfile_goesOn() {
    assertEquals(0, training.small("--profile", "seed", "--max-steps", 3).exitCode());
    Outcome outcome = training.small("--profile", "seed", "--max-steps", 4, "--resume");
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertEquals(
        1,
        outcome.err().lines().filter(line -> line.contains("from here on")).count(),
        outcome::err);
  }

  @Test
  void resume_anotherText_isRefused() throws IOException {
    assertEquals(0, training.small("--max-steps", 3).exitCode());
    Files.writeString(training.text(), Texts.CHOICES + "完");
    Outcome outcome = training.small("--max-steps", 4, "--resume");
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains("on another text than " + training.text()), outcome::err);
  }

  @Test
  void resume_allDone_saysSo() throws IOException {
    assertEquals(0, training.small("--max-steps", 3).exitCode());
    byte[] before = Files.readAllBytes(training.model());
    Outcome outcome = training.run("--resume");
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(
        outcome.out().startsWith("Nothing to do: " + training.model() + " holds step 3 of 3."),
        outcome::out);
    assertArrayEquals(before, Files.readAllBytes(training.model()));
  }
}
