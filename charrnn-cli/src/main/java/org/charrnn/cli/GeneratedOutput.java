package org.charrnn.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.charrnn.cli.output.StandardOutput;
import org.charrnn.text.generation.GeneratedSymbol;
import org.charrnn.text.generation.GeneratedText;
import org.charrnn.text.unicode.VisibleText;

/** Prints generated text, or with log-probabilities a line for each character. */
final class GeneratedOutput {

  private final PrintWriter out;
  private final boolean logProbabilities;
  private String prompt = "";

  GeneratedOutput(PrintWriter out, boolean logProbabilities) {
    this.out = out;
    this.logProbabilities = logProbabilities;
  }

  /** The prompt. It is printed together with the first symbol: generation may fail until then. */
  void prompt(String text) {
    prompt = logProbabilities ? "" : text;
  }

  private void printPrompt() {
    out.print(prompt);
    prompt = "";
  }

  void add(GeneratedSymbol symbol) {
    printPrompt();
    if (logProbabilities) {
      out.print(
          String.format(
              Locale.ROOT,
              "%.6f\t%s%n",
              symbol.logProbability().orElseThrow(),
              escaped(symbol.symbol())));
    } else {
      out.print(symbol.symbol());
    }
    flush();
  }

  void end() {
    printPrompt();
    if (!logProbabilities) {
      out.println();
    }
    flush();
  }

  /** A whole text. */
  void whole(GeneratedText text) {
    if (logProbabilities) {
      text.symbols().forEach(this::add);
    } else {
      out.print(text.text());
    }
    end();
  }

  /** One of several texts. */
  void sample(int number, int count, GeneratedText text) {
    out.println(String.format(Locale.ROOT, "--- %d of %d ---", number, count));
    whole(text);
  }

  private void flush() {
    if (out.checkError()) { // which flushes
      throw StandardOutput.failure(); // generating more would be of no use
    }
  }

  private static String escaped(String symbol) {
    return VisibleText.inLine(symbol.replace("\\", "\\\\"));
  }
}
