package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.charrnn.cli.Shell.Outcome;
import org.charrnn.text.config.Schedule;
import org.charrnn.text.config.Schedule.Staircase.Unit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The options of the learning rate, as a user types them. */
class ScheduleTest {

  @TempDir private Path directory;
  private Training training;

  @BeforeEach
  void writeText() throws IOException {
    training = Training.in(directory);
  }

  static Stream<Arguments> schedules() {
    return Stream.of(
        Arguments.of("--schedule constant", new Schedule.Constant()),
        Arguments.of("--schedule decay", new Schedule.Decay(10, 0.97)),
        Arguments.of(
            "--schedule decay --decay-after 3 --decay-rate 0.9", new Schedule.Decay(3, 0.9)),
        Arguments.of("--schedule step", new Schedule.Staircase(1, Unit.EPOCHS, 0.5)),
        Arguments.of(
            "--schedule step --decay-every 2 --decay-rate 0.1",
            new Schedule.Staircase(2, Unit.EPOCHS, 0.1)),
        Arguments.of(
            "--schedule step --decay-every-steps 7", new Schedule.Staircase(7, Unit.STEPS, 0.5)),
        Arguments.of("--schedule cosine", new Schedule.Cosine(100, 0)),
        Arguments.of(
            "--schedule cosine --warmup-steps 4 --decay-to 0.1", new Schedule.Cosine(4, 0.1)),
        Arguments.of("--schedule plateau", new Schedule.Plateau(1, 0.5)),
        Arguments.of(
            "--schedule plateau --decay-patience 3 --decay-rate 0.2",
            new Schedule.Plateau(3, 0.2)));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void schedule_asTyped_isTrainedWithAndSaved(String options, Schedule expected) {
    Outcome outcome = training.small(words(options, "--max-steps", 2));
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertEquals(expected, training.saved().optimizer().schedule());
  }

  @Test
  void schedule_changesTheRateOfEachStep() throws IOException {
    Object[] options =
        words(
            "--schedule step --decay-every-steps 2 --learning-rate 0.5",
            "--max-steps",
            5,
            "--metrics",
            training.metrics());
    assertEquals(0, training.small(options).exitCode());
    List<String> rates =
        Files.readAllLines(training.metrics()).stream()
            .map(line -> line.replaceAll(".*\"learning_rate\":([0-9.]+),.*", "$1"))
            .toList();
    assertEquals(List.of("0.5", "0.5", "0.25", "0.25", "0.125"), rates);
  }

  @Test
  void schedule_mayChangeWhenGoingOn_partByPart() {
    Object[] first = words("--schedule decay --decay-after 3 --decay-rate 0.9", "--max-steps", 2);
    assertEquals(0, training.small(first).exitCode());
    Outcome outcome = training.run("--resume", "--max-steps", 3, "--decay-rate", 0.8);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(
        outcome.err().contains("charrnn: from here on --decay-rate 0.8 (was 0.9)\n"), outcome::err);
    assertEquals(new Schedule.Decay(3, 0.8), training.saved().optimizer().schedule());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --schedule exponential | --schedule must be one of constant, decay, step, cosine, plateau: exponential
          --schedule cosine --decay-rate 0.5 | --decay-rate must be omitted; it cannot be combined with --schedule cosine: 0.5
          --warmup-steps 5 --schedule plateau | --warmup-steps must be omitted; it cannot be combined with --schedule plateau: 5
          --schedule cosine --warmup-steps -1 | --warmup-steps must be at least 0: -1
          --schedule cosine --decay-to 1.5 | --decay-to must be in [0.0, 1.0]: 1.5
          --schedule decay --decay-after 0 | --decay-after must be at least 1: 0
          --schedule decay --decay-rate 0 | --decay-rate must be in (0.0, 1.0]: 0.0
          --schedule step --decay-every 0 | --decay-every must be at least 1: 0
          --schedule step --decay-every-steps 0 | --decay-every-steps must be at least 1: 0
          --schedule step --decay-every-steps 5 --decay-every 1 | --decay-every-steps must be omitted; it cannot be combined with --decay-every: 5
          --schedule plateau --decay-patience 0 | --decay-patience must be at least 1: 0
          --schedule plateau --validation 0 | --schedule must be another one if no text is held out, since validation is 0: plateau
          """)
  void invalidOption_isNamed(String options, String message) {
    Outcome outcome = training.small(words(options));
    assertEquals(2, outcome.exitCode(), outcome::err);
    assertEquals("charrnn: " + message + "\n", outcome.err());
    assertFalse(Files.exists(training.model()));
  }

  private static Object[] words(String options, Object... more) {
    return Stream.concat(Stream.of(options.split(" ")), Stream.of(more)).toArray();
  }
}
