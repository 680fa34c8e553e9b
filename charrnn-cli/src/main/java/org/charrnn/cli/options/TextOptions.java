package org.charrnn.cli.options;

import java.nio.file.Path;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.LineEndings;
import picocli.CommandLine.Option;

/** How a text file is read. */
public final class TextOptions {

  @Option(
      names = "--keep-crlf",
      description = "Keep line ends as they are in the file. Without it CR LF and CR become LF.")
  private boolean keepCrlf;

  /** No option typed yet; picocli fills them in. */
  public TextOptions() {}

  /** Reads a file. */
  public Corpus read(Path file) {
    return Corpus.read(file, keepCrlf ? LineEndings.KEEP : LineEndings.FOLD);
  }
}
