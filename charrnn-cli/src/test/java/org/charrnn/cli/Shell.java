package org.charrnn.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.charrnn.cli.output.TerminalWriter;

/** Runs commands within this process. */
public final class Shell {

  /** The result of a command. */
  public record Outcome(int exitCode, String out, String err) {}

  private Shell() {}

  public static Outcome run(Object... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] args = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      args[i] = words[i].toString();
    }
    int exitCode =
        Main.run(
            args, new PrintWriter(out, true), new TerminalWriter(err), false, new Interrupts());
    return new Outcome(exitCode, out.toString(), err.toString());
  }
}
