package org.charrnn.cli.options;

import java.nio.file.Path;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.corpus.Corpus;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a text file is read. */
public final class TextOptions {

  private static final long BYTES = 1 << 20;

  @Option(
      names = "--keep-crlf",
      description = "Keep the line endings of the file. Without it CR LF and CR become LF.")
  private boolean keepCrlf;

  @Option(
      names = "--stream-above",
      paramLabel = "MIB",
      description =
          "Read a file of more than this many MiB in pieces whenever it is needed, so that it takes no more memory "
              + "than a small one; 0 for each file. Results are the same. Default: 32, or less if Java has little memory.")
  private @Nullable Long streamAbove;

  /** Creates the group without values; picocli sets them. */
  public TextOptions() {}

  /** Reads a file. */
  public Corpus read(Path file) {
    return Corpus.read(file, lineEndings(), heldBytes());
  }

  /** How line endings are read. */
  public Corpus.LineEndings lineEndings() {
    return keepCrlf ? Corpus.LineEndings.KEEP : Corpus.LineEndings.FOLD;
  }

  /**
   * Checks that no limit was given, for a command that reads every file in pieces.
   *
   * @throws InvalidOptionException if one was given
   */
  public void requireUnstreamed(String command) {
    if (streamAbove != null) {
      throw new InvalidOptionException(
          "streamAbove", streamAbove, "omitted with " + command + ", which reads texts in pieces");
    }
  }

  private long heldBytes() {
    if (streamAbove == null) {
      return Corpus.heldBytes();
    }
    if (streamAbove < 0 || streamAbove > Long.MAX_VALUE / BYTES) {
      throw new InvalidOptionException("streamAbove", streamAbove, "a number of MiB, or 0");
    }
    return streamAbove * BYTES;
  }
}
