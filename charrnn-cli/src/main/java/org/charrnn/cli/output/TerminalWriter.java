package org.charrnn.cli.output;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import org.charrnn.text.unicode.VisibleText;

/**
 * A writer that shows {@linkplain VisibleText#escape control characters} of printed text escaped,
 * so that no text can control the terminal. The program's own control sequences go through {@link
 * #control}.
 *
 * <p><b>Thread safety.</b> As {@link PrintWriter}.
 */
public final class TerminalWriter extends PrintWriter {

  private final Writer raw;

  /**
   * A writer that escapes what it passes on, and flushes at the end of each line.
   *
   * @param raw where the text goes
   */
  public TerminalWriter(Writer raw) {
    super(new Escaping(raw), true);
    this.raw = raw;
  }

  /**
   * Writes a control sequence as it is.
   *
   * @param sequence the control sequence
   */
  public void control(String sequence) {
    flush();
    try {
      raw.write(sequence);
      raw.flush();
    } catch (IOException _) {
      setError();
    }
  }

  private static final class Escaping extends FilterWriter {

    Escaping(Writer out) {
      super(out);
    }

    @Override
    public void write(int character) throws IOException {
      write(String.valueOf((char) character));
    }

    @Override
    public void write(char[] buffer, int from, int count) throws IOException {
      write(new String(buffer, from, count));
    }

    @Override
    public void write(String text, int from, int count) throws IOException {
      out.write(VisibleText.escape(text.substring(from, from + count)));
    }
  }
}
