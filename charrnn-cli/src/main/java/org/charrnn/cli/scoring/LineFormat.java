package org.charrnn.cli.scoring;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.charrnn.cli.output.JsonOutput;
import org.charrnn.cli.output.StandardOutput;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.unicode.VisibleText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The format of results that belong to lines of text. */
final class LineFormat {

  private static final String TEXT = "text";
  private static final String TSV = "tsv";
  private static final String JSONL = "jsonl";
  private static final String LINES = "lines";

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = TEXT,
      description =
          "text: the most important number and the line; tsv: all numbers and the line, separated by tabs, under a"
              + " heading; jsonl: a JSON object for each line; lines: the lines alone. Default: ${DEFAULT-VALUE}.")
  private String format = TEXT;

  private boolean headed;

  /** Reports an unknown format before any file is read. */
  void check() {
    switch (format) {
      case TEXT, TSV, JSONL, LINES -> {}
      default ->
          throw new InvalidOptionException("format", format, "one of text, tsv, jsonl, lines");
    }
  }

  boolean isJson() {
    return format.equals(JSONL);
  }

  /**
   * Prints a result.
   *
   * @param summary the most important number or word, aligned
   * @param fields all results by name
   * @param line the line of text
   */
  void print(PrintWriter out, String summary, Map<String, ?> fields, String line) {
    switch (format) {
      case TEXT -> out.println(summary + "  " + line);
      case JSONL -> out.println(JsonOutput.line(fields, line));
      case LINES -> out.println(line);
      default -> {
        if (!headed) {
          out.println(String.join("\t", fields.keySet()) + "\ttext");
          headed = true;
        }
        out.println(
            fields.values().stream().map(LineFormat::field).collect(Collectors.joining("\t"))
                + "\t"
                + VisibleText.inLine(line.replace("\\", "\\\\")));
      }
    }
    if (out.checkError()) {
      throw StandardOutput.failure(); // computing more would be of no use
    }
  }

  private static String field(@Nullable Object value) {
    return value instanceof Double real
        ? String.format(Locale.ROOT, "%.6f", real)
        : String.valueOf(value);
  }
}
