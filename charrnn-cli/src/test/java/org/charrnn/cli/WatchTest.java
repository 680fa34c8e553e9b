package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.charrnn.cli.Shell.Outcome;
import org.charrnn.text.config.WatchConfig;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Validation and saving between epochs, the best model, and what ends a training early. */
class WatchTest {

  /** So large a rate that the held-out loss soon rises. */
  private static final Object[] RISING = {
    "--learning-rate", 5, "--clip-norm", "none", "--epochs", 9
  };

  @TempDir private Path directory;
  private Training training;

  @BeforeEach
  void writeText() throws IOException {
    training = Training.in(directory);
  }

  @Test
  void everySteps_isDoneAndTold() {
    Outcome outcome =
        training.small("--validate-every-steps", 4, "--save-every-steps", 3, "--max-steps", 9);
    assertEquals(0, outcome.exitCode(), outcome::err);
    for (int step : new int[] {3, 6, 9}) {
      assertTrue(
          outcome.err().contains("saved " + training.model() + " at step " + step + "\n"),
          outcome::err);
    }
    assertTrue(outcome.err().contains("\nstep 4; held out: "), outcome::err);
    assertTrue(outcome.err().contains("\nstep 8; held out: "), outcome::err);
    assertTrue(Files.exists(training.best()));
    assertTrue(
        outcome
                .out()
                .contains(
                    String.format(Locale.ROOT, "is in %s; the last one is in ", training.best()))
            && outcome.out().contains("  charrnn generate " + training.best()),
        outcome::out);
  }

  @Test
  void options_areSaved_andNoneEndsThem() {
    Object[] options = {
      "--validate-every-steps", 4, "--save-every-steps", 3, "--patience", 5, "--max-time", "1h30m"
    };
    assertEquals(0, training.small(concat(options, "--max-steps", 1)).exitCode());
    assertEquals(
        new WatchConfig(
            OptionalLong.of(4),
            OptionalLong.of(3),
            OptionalInt.of(5),
            Optional.of(Duration.ofMinutes(90))),
        training.saved().watch());
    Object[] ended = {
      "--validate-every-steps", "none", "--save-every-steps", "none", "--patience", "none"
    };
    Outcome outcome =
        training.run(concat(ended, "--max-time", "none", "--resume", "--max-steps", 2));
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(outcome.err().contains("from here on --max-time none (was 1h30m)\n"), outcome::err);
    assertEquals(
        new WatchConfig(
            OptionalLong.empty(), OptionalLong.empty(), OptionalInt.empty(), Optional.empty()),
        training.saved().watch());
  }

  @Test
  void patience_endsTraining_andTheBestModelIsTheOneToWriteWith() throws IOException {
    Outcome outcome = training.small(concat(RISING, "--validate-every-steps", 2, "--patience", 3));
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(
        outcome.err().contains(": the last 3 validations did not improve on the best\n"),
        outcome::err);
    assertTrue(outcome.out().contains("The best model, of step "), outcome::out);
    Outcome best = Shell.run("evaluate", training.best(), training.text());
    Outcome last = Shell.run("evaluate", training.model(), training.text());
    assertEquals(0, best.exitCode(), best::err);
    assertFalse(best.out().equals(last.out()), best::out);

    byte[] before = Files.readAllBytes(training.model());
    Outcome again = training.run("--resume");
    assertEquals(0, again.exitCode(), again::err);
    assertTrue(again.out().contains("a larger --patience, or none, trains it longer."), again::out);
    assertArrayEquals(before, Files.readAllBytes(training.model()));
    Outcome more = training.run("--resume", "--patience", 4);
    assertEquals(0, more.exitCode(), more::err);
    assertTrue(more.err().contains("resuming at step"), more::err);
  }

  @Test
  void test_isMeasuredAtTheEnd_notWhereTrainingMayGoOn() {
    Outcome stopped = training.small("--test", 0.2, "--max-time", "1s", "--epochs", 1_000_000);
    assertEquals(0, stopped.exitCode(), stopped::err);
    assertTrue(stopped.err().contains(" held out, 67 for the test, "), stopped::err);
    assertFalse(stopped.out().contains("set aside"), stopped::out);
    Outcome whole = training.small("--test", 0.2, "--epochs", 1, "--force");
    assertTrue(whole.out().contains("On the text that was set aside: "), whole::out);
  }

  @Test
  void maxTime_endsWithACheckpoint_andSaysHowToGoOn() {
    Outcome outcome =
        training.small("--max-time", "1s", "--epochs", 1_000_000, "--patience", "none");
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(outcome.err().contains("charrnn: the time limit is reached; "), outcome::err);
    assertTrue(outcome.err().contains("To resume:\n  charrnn train "), outcome::err);
    assertTrue(outcome.err().contains(" --patience none --resume\n"), outcome::err);
    assertTrue(outcome.out().contains("To generate text:"), outcome::out);
  }

  @Test
  void bestModelOfAnotherTraining_isNotLost() throws IOException {
    assertEquals(0, training.small("--epochs", 1).exitCode());
    Files.delete(training.model());
    byte[] before = Files.readAllBytes(training.best());
    Outcome refused =
        training.small("--epochs", 1, "--cell", "gru-reset-after", "--run-folder", "none");
    assertEquals(2, refused.exitCode());
    assertTrue(
        refused
            .err()
            .contains("Cannot write " + training.best() + ": it is the best model of another run."),
        refused::err);
    assertArrayEquals(before, Files.readAllBytes(training.best()));
  }

  @Test
  void noHeldOutText_noBestModel() {
    Outcome outcome = training.small("--validation", 0, "--epochs", 1);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertFalse(Files.exists(training.best()));
    assertTrue(outcome.out().contains("The model is in " + training.model()), outcome::out);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --validate-every-steps 0    | --validate-every-steps must be at least 1: 0
          --validate-every-steps often | --validate-every-steps must be an integer, or none: often
          --save-every-steps -2       | --save-every-steps must be at least 1: -2
          --test 1                    | --test must be in [0.0, 1.0): 1.0
          --patience 0                | --patience must be at least 1: 0
          --patience little           | --patience must be an integer, or none: little
          --max-time 15               | --max-time must be a time such as 90s, 15m or 1h30m, or none: 15
          --max-time 0s               | --max-time must be longer than no time: PT0S
          """)
  void invalidOption_isNamed(String options, String message) {
    Outcome outcome = training.small((Object[]) options.split(" "));
    assertEquals(2, outcome.exitCode(), outcome::err);
    assertEquals("charrnn: " + message + "\n", outcome.err());
  }

  private static Object[] concat(Object[] first, Object... second) {
    return Stream.concat(Stream.of(first), Stream.of(second)).toArray();
  }
}
