package org.charrnn.cli.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.charrnn.cli.spi.Reports;
import org.charrnn.text.checkpoint.OutputException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("a.jsonl");
  }

  private static String line(long step, String nats, String more) {
    return String.format(
        Locale.ROOT,
        "{\"step\":%d,\"epoch\":1,\"characters\":%d,\"nats_per_char\":%s,\"learning_rate\":0.002,\"chars_per_s\":12345.600000%s}\n",
        step,
        step * 1600,
        nats,
        more);
  }

  @Test
  void step_aLineOfJson_whateverTheLocale() throws IOException {
    try (MetricsFile metrics = MetricsFile.open(file, false)) {
      metrics.started(Reports.plan(100, 0));
      metrics.step(Reports.step(1, 2.5));
      metrics.validated(Reports.validation(1, 3.25, 3.25, 1));
      metrics.epoch(Reports.epoch(1, 2.5, 3.25));
      metrics.step(Reports.step(2, 2.25));
    }
    assertEquals(
        line(1, "2.500000", ",\"validation_nats_per_char\":3.250000") + line(2, "2.250000", ""),
        Files.readString(file));
  }

  @Test
  void step_notANumber_isNull() throws IOException {
    try (MetricsFile metrics = MetricsFile.open(file, false)) {
      metrics.started(Reports.plan(100, 0));
      metrics.step(Reports.step(1, Double.NaN));
    }
    assertEquals(line(1, "null", ""), Files.readString(file));
  }

  @Test
  void started_resuming_removesLaterAndIncompleteLines() throws IOException {
    Files.writeString(
        file,
        line(1, "3.000000", "")
            + line(2, "2.000000", "")
            + line(3, "1.000000", "")
            + "{\"step\":4,\"ep");
    try (MetricsFile metrics = MetricsFile.open(file, true)) {
      metrics.started(Reports.plan(100, 2));
      metrics.step(Reports.step(3, 1.5));
    }
    assertEquals(
        line(1, "3.000000", "") + line(2, "2.000000", "") + line(3, "1.500000", ""),
        Files.readString(file));
    try (var files = Files.list(directory)) {
      assertEquals(1, files.count());
    }
  }

  @Test
  void open_neverStarted_changesNothing() throws IOException {
    Files.writeString(file, line(1, "3.000000", ""));
    MetricsFile.open(file, true).close();
    assertEquals(line(1, "3.000000", ""), Files.readString(file));
  }

  @Test
  void open_notAMetricsFile_isRefused() throws IOException {
    Files.writeString(file, "a letter\n");
    OutputException refused =
        assertThrows(OutputException.class, () -> MetricsFile.open(file, true));
    assertTrue(
        refused.getMessage().contains("the file exists and is not a metrics file"),
        refused::getMessage);
    assertEquals("a letter\n", Files.readString(file));
  }

  @Test
  void open_directoryOrMissingParent_isRefused() {
    assertTrue(
        assertThrows(OutputException.class, () -> MetricsFile.open(directory, true))
            .getMessage()
            .contains("this is a directory"));
    Path nowhere = directory.resolve("gone/a.jsonl");
    assertEquals(
        "Cannot write "
            + nowhere
            + ": there is no directory "
            + nowhere.getParent()
            + "; create it first",
        assertThrows(OutputException.class, () -> MetricsFile.open(nowhere, true)).getMessage());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void started_device_isNotReplaced() {
    Path device = Path.of("/dev/null");
    try (MetricsFile metrics = MetricsFile.open(device, true)) {
      metrics.started(Reports.plan(100, 0));
      metrics.step(Reports.step(1, 2));
    }
    assertTrue(!Files.isRegularFile(device));
  }
}
