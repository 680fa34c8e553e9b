package org.charrnn.cli.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BarDisplayTest {

  private static final Locale LOCALE = Locale.getDefault();

  private final StringWriter screen = new StringWriter();
  private final PrintWriter writer = new PrintWriter(screen, true);

  /** The library that draws the bar formats in the default locale, which the command line sets. */
  @BeforeAll
  static void setLocale() {
    Locale.setDefault(Locale.ROOT);
  }

  @AfterAll
  static void restoreLocale() {
    Locale.setDefault(LOCALE);
  }

  @Test
  void close_leavesTheLastBar_withRateAndTime() {
    TrainingDisplay display = TrainingDisplay.of(writer, writer, true);
    display.started(Reports.plan(100, 0));
    display.step(Reports.step(50, 2.5));
    display.close();
    String last = lastBar();
    assertTrue(
        last.matches(
            "  +50% \\[=+>? +] +50/100 \\(\\d:\\d\\d:\\d\\d / \\d:\\d\\d:\\d\\d\\) 2.500 nats, 12,346 char/s\\s*"),
        last);
  }

  @Test
  void printedLines_replaceTheBar() {
    TrainingDisplay display = TrainingDisplay.of(writer, writer, true);
    display.started(Reports.plan(100, 0));
    display.step(Reports.step(25, 2.5));
    display.epoch(Reports.epoch(25, 2, 3));
    display.saved(Path.of("a.ckpt"), 25);
    display.validated(Reports.validation(26, 3, 2, 20));
    display.savedBest(Path.of("a.best.ckpt"), 26);
    display.sample("选择", 25);
    display.note("stopping");
    display.close();
    String clear = "\r\033[K";
    String text = screen.toString();
    assertTrue(text.contains(clear + "epoch 1 done at step 25: "), text);
    assertTrue(text.contains(clear + "saved a.ckpt at step 25" + System.lineSeparator()), text);
    assertTrue(text.contains(clear + "step 26; held out: 3.000 nats"), text);
    assertTrue(text.contains(clear + "saved a.best.ckpt, the best so far, at step 26"), text);
    assertTrue(
        text.contains(clear + "--- sample at step 25 ---" + System.lineSeparator() + "选择"), text);
    assertTrue(text.contains(clear + "stopping" + System.lineSeparator()), text);
  }

  @Test
  void close_withoutStart_printsNothing() {
    TrainingDisplay.of(writer, writer, true).close();
    assertEquals("", screen.toString());
  }

  private String lastBar() {
    String[] painted = screen.toString().split("\r");
    return painted[painted.length - 1];
  }
}
