package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.charrnn.cli.Shell.Outcome;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.snapshot.Snapshot;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of configuration, as typed. */
class ConfigFileTest {

  @TempDir private Path directory;
  private Training training;

  @BeforeEach
  void writeText() throws IOException {
    training = Training.in(directory);
  }

  private Path file(String json) throws IOException {
    return Files.writeString(directory.resolve("c.json"), json);
  }

  @Test
  void configOfARun_trainsTheSameBytes() throws IOException {
    Outcome first =
        training.small(
            "--max-steps",
            25,
            "--cell",
            "lstm",
            "--optimizer",
            "adam",
            "--optimizer-option",
            "beta1=0.8",
            "--dropout",
            0.2,
            "--layers",
            2,
            "--begin",
            "人总",
            "--schedule",
            "cosine");
    assertEquals(0, first.exitCode(), first::err);
    Path config = directory.resolve("a.run/config.json");
    Path again = directory.resolve("b.ckpt");
    Outcome second = Shell.run("train", training.text(), "--out", again, "--config", config);
    assertEquals(0, second.exitCode(), second::err);
    assertArrayEquals(Files.readAllBytes(training.model()), Files.readAllBytes(again));
    assertEquals(
        Files.readString(config), Files.readString(directory.resolve("b.run/config.json")));
    for (String profile : List.of("seed", "standard")) { // which decides nothing any more
      Outcome third =
          Shell.run(
              "train",
              training.text(),
              "--out",
              again,
              "--config",
              config,
              "--profile",
              profile,
              "--force");
      assertEquals(0, third.exitCode(), third::err);
      assertArrayEquals(Files.readAllBytes(training.model()), Files.readAllBytes(again));
    }
  }

  @Test
  void flagsWin_theProfileFillsTheRest() throws IOException {
    Path config =
        file("{\"model\": {\"hiddenSize\": 5}, \"run\": {\"epochs\": 2, \"maxSteps\": 3}}");
    Outcome outcome =
        training.run(
            "--config", config, "--profile", "seed", "--hidden-size", 7, "--sample-length", 3);
    assertEquals(0, outcome.exitCode(), outcome::err);
    TrainingConfig saved = training.saved();
    assertEquals(7, saved.model().hiddenSize());
    assertEquals(2, saved.run().epochs());
    assertEquals(3, Snapshot.read(training.model()).training().orElseThrow().progress().step());
    assertEquals(25, saved.windows().seqLength()); // the seed's
  }

  @Test
  void resume_takesTheFileOverTheCheckpoint() throws IOException {
    assertEquals(0, training.small("--max-steps", 3).exitCode());
    Outcome more = training.run("--resume", "--config", file("{\"run\": {\"maxSteps\": 5}}"));
    assertEquals(0, more.exitCode(), more::err);
    assertTrue(more.err().contains("from here on --max-steps 5 (was 3)"), more::err);
    Outcome refused =
        training.run("--resume", "--config", file("{\"model\": {\"hiddenSize\": 50}}"));
    assertEquals(2, refused.exitCode());
    assertTrue(refused.err().contains("--hidden-size 6, not 50"), refused::err);
  }

  @Test
  void badFile_isToldWithItsPlace_andNothingIsWritten() throws IOException {
    Outcome outcome = training.small("--config", file("{\n \"run\": {\"epoch\": 3}\n}"));
    assertEquals(2, outcome.exitCode());
    assertTrue(
        outcome
            .err()
            .startsWith(
                String.format(
                    Locale.ROOT,
                    "charrnn: %s, line 2, column 10: there is no 'run.epoch'. Did you mean run.epochs?",
                    directory.resolve("c.json"))),
        outcome::err);
    assertFalse(Files.exists(training.model()));
    assertFalse(Files.exists(directory.resolve("a.run")));
    Outcome gone = training.small("--config", directory.resolve("gone.json"));
    assertEquals(2, gone.exitCode());
    assertTrue(gone.err().contains("gone.json: there is no such file"), gone::err);
    assertNotEquals(0, training.small("--config", directory).exitCode());
  }
}
