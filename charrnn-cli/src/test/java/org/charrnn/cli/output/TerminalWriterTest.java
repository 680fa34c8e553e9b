package org.charrnn.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.Locale;
import org.charrnn.cli.spi.TrainingDisplay;
import org.junit.jupiter.api.Test;

class TerminalWriterTest {

  private final StringWriter screen = new StringWriter();
  private final TerminalWriter writer = new TerminalWriter(screen);

  @Test
  void everyWayOfPrinting_escapes() {
    writer.print("\033a");
    writer.print('\033');
    writer.write('\033');
    writer.write(new char[] {'\033', 'b'});
    writer.append("c\033");
    writer.printf(Locale.ROOT, "%s%n", "\033");
    writer.println("\033");
    String esc = "\\u001B";
    String end = System.lineSeparator();
    assertEquals(
        esc + "a" + esc + esc + esc + "bc" + esc + esc + end + esc + end, screen.toString());
  }

  @Test
  void control_isPassedOn() {
    writer.print("a");
    writer.control("\r\033[K");
    writer.println("b");
    assertEquals("a\r\033[Kb" + System.lineSeparator(), screen.toString());
  }

  @Test
  void control_failure_isAnError() {
    TerminalWriter closed =
        new TerminalWriter(
            new Writer() {
              @Override
              public void write(char[] buffer, int from, int count) throws IOException {
                throw new IOException("closed");
              }

              @Override
              public void flush() {}

              @Override
              public void close() {}
            });
    closed.control("\r");
    assertTrue(closed.checkError());
  }

  @Test
  void bar_controlsTheTerminal_butFileNamesDoNot() {
    TrainingDisplay display = TrainingDisplay.of(writer, writer, true);
    display.note("saved \033[2J.ckpt");
    display.close();
    assertEquals("\r\033[Ksaved \\u001B[2J.ckpt" + System.lineSeparator(), screen.toString());
  }
}
