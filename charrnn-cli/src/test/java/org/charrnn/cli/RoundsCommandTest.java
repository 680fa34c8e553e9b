package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.charrnn.cli.Shell.Outcome;
import org.charrnn.text.config.RoundConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training by several workers. */
class RoundsCommandTest {

  private static final Object[] ROUNDS = {"--workers", 2, "--outer-every", 3, "--epochs", 1};

  @TempDir private Path directory;
  private Training training;

  @BeforeEach
  void writeText() throws IOException {
    training = Training.in(directory);
  }

  private static Object[] concat(Object[] options, Object... more) {
    return Stream.concat(Stream.of(options), Stream.of(more)).toArray();
  }

  @Test
  void stoppedAndResumedWithOtherThreads_sameBytesAsWhole() throws IOException {
    assertEquals(
        0,
        training
            .small(concat(ROUNDS, "--threads", 2, "--metrics", directory.resolve("whole.jsonl")))
            .exitCode());
    byte[] whole = Files.readAllBytes(training.model());
    Object[] parts = concat(ROUNDS, "--threads", 1, "--metrics", training.metrics());
    assertEquals(0, training.small(concat(parts, "--force", "--max-steps", 5)).exitCode());
    Outcome outcome =
        training.run("--resume", "--epochs", 1, "--threads", 4, "--metrics", training.metrics());
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(outcome.err().contains(", resuming at step 6\n"), outcome::err);
    assertArrayEquals(whole, Files.readAllBytes(training.model()));
    assertEquals(withoutSpeed(directory.resolve("whole.jsonl")), withoutSpeed(training.metrics()));
  }

  private static String withoutSpeed(Path metrics) throws IOException {
    return Files.readString(metrics).replaceAll("\"chars_per_s\":[^,}]*", "");
  }

  @Test
  void options_areSaved() {
    Object[] outer = {"--outer-learning-rate", 0.5, "--outer-momentum", 0.25};
    assertEquals(0, training.small(concat(concat(ROUNDS, outer), "--max-steps", 1)).exitCode());
    assertEquals(
        new RoundConfig(2, RoundConfig.Mode.OUTER, 3, 0.5, 0.25), training.saved().rounds());
  }

  @Test
  void modeGradient_isSaved() {
    Object[] options = {
      "--workers", 3, "--round-mode", "gradient", "--no-carry-state", "--max-steps", 2
    };
    Outcome outcome = training.small(options);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertEquals(RoundConfig.Mode.GRADIENT, training.saved().rounds().roundMode());
  }

  @Test
  void badOptions_areRefusedAsTheCommandLineSpellsThem() {
    assertRefused("--workers must be 1 unless --outer-every gives", "--workers", 2);
    assertRefused("--workers must be at least 1: 0", "--workers", 0);
    assertRefused("--outer-every must be at least 0: -1", "--outer-every", -1);
    assertRefused("--round-mode must be one of outer, gradient: ring", "--round-mode", "ring");
    assertRefused(
        "--carry-state must be false with --round-mode gradient",
        "--workers",
        2,
        "--round-mode",
        "gradient",
        "--carry-state");
  }

  private void assertRefused(String message, Object... options) {
    Outcome outcome = training.small(options);
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains(message), outcome::err);
  }

  @Test
  void resumedWithOtherWorkers_isRefused() {
    assertEquals(0, training.small(concat(ROUNDS, "--max-steps", 1)).exitCode());
    Outcome outcome = training.run("--resume", "--workers", 3);
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains("it was trained with --workers 2, not 3"), outcome::err);
  }
}
