package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.charrnn.cli.Shell.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A training that is given a time. */
class BudgetTest {

  @TempDir private Path directory;
  private Training training;

  @BeforeEach
  void writeText() throws IOException {
    training = Training.in(directory);
  }

  @Test
  void budget_becomesANumberOfSteps_thatRepeatsTheTrainingExactly() throws IOException {
    Object[] options = {
      "--save-every", 1_000_000, "--patience", "none", "--metrics", training.metrics()
    };
    Outcome outcome = training.small(with(options, "--budget", "3s"));
    assertEquals(0, outcome.exitCode(), outcome::err);
    long steps = training.saved().run().steps().orElseThrow();
    assertTrue(
        outcome
            .err()
            .contains(
                " steps here; --steps "
                    + steps
                    + " instead of --budget repeats this training exactly\n"),
        outcome::err);
    List<String> lines = Files.readAllLines(training.metrics());
    assertEquals(steps, lines.size());
    assertTrue(lines.getLast().contains("\"step\":" + steps + ","), lines::getLast);

    Outcome resumed = training.run("--resume");
    assertTrue(
        resumed.out().contains("holds step " + steps + " of " + steps + "."), resumed::toString);

    byte[] expected = Files.readAllBytes(training.model());
    Outcome again = training.small(with(options, "--steps", steps, "--force"));
    assertEquals(0, again.exitCode(), again::err);
    assertArrayEquals(expected, Files.readAllBytes(training.model()));
  }

  @Test
  void steps_giveWayToEpochs() {
    assertEquals(0, training.small("--steps", 3).exitCode());
    assertEquals(1, training.saved().run().epochs());
    Outcome outcome = training.small("--resume", "--epochs", 2);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(
        outcome.err().contains("charrnn: from here on --steps none (was 3)\n"), outcome::err);
    assertEquals(2, training.saved().run().epochs());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --budget soon            | --budget must be a time such as 90s, 15m or 1h: soon
          --budget 0s              | --budget must be a time such as 90s, 15m or 1h: 0s
          --budget 1s --epochs 2   | --budget must be omitted; it cannot be combined with --epochs: 1s
          --budget 1s --steps 2    | --budget must be omitted; it cannot be combined with --steps: 1s
          --budget 1s --max-steps 2 | --budget must be omitted; it cannot be combined with --max-steps: 1s
          --budget 1s --resume     | --budget must be omitted; it cannot be combined with --resume: 1s
          --steps 0                | --steps must be at least 1: 0
          """)
  void invalidOption_isNamed(String options, String message) {
    Outcome outcome = training.small((Object[]) options.split(" "));
    assertEquals(2, outcome.exitCode(), outcome::err);
    assertEquals("charrnn: " + message + "\n", outcome.err());
    assertFalse(Files.exists(training.model()));
  }

  private static Object[] with(Object[] options, Object... more) {
    return Stream.of(options, more).flatMap(Stream::of).toArray();
  }
}
