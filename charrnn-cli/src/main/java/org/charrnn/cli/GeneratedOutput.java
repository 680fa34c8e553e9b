package org.charrnn.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.charrnn.text.generation.GeneratedSymbol;
import org.charrnn.text.generation.GeneratedText;

/** Prints what a model writes: as text, or with log-probabilities a line for each character. */
final class GeneratedOutput {

  private final PrintWriter out;
  private final boolean logProbabilities;
  private String begin = "";

  GeneratedOutput(PrintWriter out, boolean logProbabilities) {
    this.out = out;
    this.logProbabilities = logProbabilities;
  }

  /**
   * What a text begins with. It is printed when the first symbol arrives: until then, something may
   * turn out wrong.
   */
  void begin(String text) {
    begin = logProbabilities ? "" : text;
  }

  private void printBegin() {
    out.print(begin);
    begin = "";
  }

  void add(GeneratedSymbol symbol) {
    printBegin();
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
    printBegin();
    if (!logProbabilities) {
      out.println();
    }
    flush();
  }

  /** One of several texts. */
  void sample(int number, int count, GeneratedText text) {
    out.println("--- %d of %d ---".formatted(number, count));
    begin(text.prompt());
    text.symbols().forEach(this::add);
    end();
  }

  private void flush() {
    if (out.checkError()) { // which flushes
      throw StandardOutput.failure(); // nobody reads it any more: do not go on writing for nobody
    }
  }

  private static String escaped(String symbol) {
    return symbol
        .replace("\\", "\\\\")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }
}
