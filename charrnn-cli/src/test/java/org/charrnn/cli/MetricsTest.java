package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.charrnn.cli.Shell.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The option '--metrics'. */
class MetricsTest {

  @TempDir private Path directory;
  private Training training;

  @BeforeEach
  void writeText() throws IOException {
    training = Training.in(directory);
  }

  @Test
  void metrics_aLineForEachStep_alsoWhenResumed() throws IOException {
    assertEquals(0, training.small("--max-steps", 17, "--metrics", training.metrics()).exitCode());
    Outcome resumed =
        training.small("--max-steps", 19, "--metrics", training.metrics(), "--resume");
    assertEquals(0, resumed.exitCode(), resumed::err);
    List<String> lines = Files.readAllLines(training.metrics());
    assertEquals(19, lines.size());
    for (int step = 1; step <= 19; step++) {
      String start =
          String.format(
              Locale.ROOT,
              "{\"step\":%d,\"epoch\":%d,\"characters\":%d,\"nats_per_char\":",
              step,
              step > 18 ? 2 : 1,
              16 * step);
      String line = lines.get(step - 1);
      assertTrue(line.startsWith(start), line);
      assertEquals(step == 18, line.contains(",\"validation_nats_per_char\":"), line);
    }
  }

  @Test
  void metrics_ofAnotherRun_areNotLost() throws IOException {
    Files.writeString(training.metrics(), "{\"step\":1,\"epoch\":1}\n");
    Outcome refused = training.small("--max-steps", 1, "--metrics", training.metrics());
    assertEquals(2, refused.exitCode());
    assertTrue(
        refused.err().contains("Cannot write " + training.metrics() + ": it already exists"),
        refused::err);
    assertEquals("{\"step\":1,\"epoch\":1}\n", Files.readString(training.metrics()));
    assertFalse(Files.exists(training.model()));
  }

  @Test
  void metrics_intoTheText_isRefused() throws IOException {
    Outcome outcome = training.small("--max-steps", 1, "--metrics", training.text(), "--force");
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains("--metrics needs a file of its own"), outcome::err);
    assertEquals(Texts.CHOICES, Files.readString(training.text()));
  }
}
