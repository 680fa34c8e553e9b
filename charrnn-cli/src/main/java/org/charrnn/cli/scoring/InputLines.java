package org.charrnn.cli.scoring;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.charrnn.cli.options.Required;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.CorpusException;
import org.jspecify.annotations.Nullable;

/** The lines of a UTF-8 file or of standard input, read when they are needed. */
final class InputLines implements AutoCloseable {

  private static final String STANDARD_INPUT = "standard input";

  private final String source;
  private final BufferedReader reader;
  private long read;
  private @Nullable String next; // read, but not yet taken

  private InputLines(String source, InputStream in) {
    this.source = source;
    this.reader =
        new BufferedReader(
            new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
  }

  /**
   * Opens a file, or standard input.
   *
   * @throws CorpusException if the file cannot be read
   */
  static InputLines open(Optional<Path> file) {
    if (file.isEmpty()) {
      return new InputLines(STANDARD_INPUT, System.in);
    }
    String name = file.get().toString();
    try {
      return new InputLines(name, Files.newInputStream(file.get()));
    } catch (NoSuchFileException e) {
      throw new CorpusException(
          name,
          String.format(
              Locale.ROOT, "there is no such file (looked for %s)", file.get().toAbsolutePath()),
          e);
    } catch (IOException e) {
      throw unreadable(name, e);
    }
  }

  private static CorpusException unreadable(String name, IOException e) {
    return new CorpusException(name, "the file cannot be read: " + e.getMessage(), e);
  }

  /** The name of the file, or that of standard input. */
  String source() {
    return source;
  }

  /** Waits for the next line; false at the end. */
  boolean awaitLine() {
    if (next == null) {
      next = readLine();
    }
    return next != null;
  }

  /**
   * The lines that are there, without their ends: until the end, or until the next line would have
   * to be waited for, such as that of a program that is still writing.
   */
  Stream<String> lines() {
    Spliterator<String> lines =
        Spliterators.spliteratorUnknownSize(new Lines(), Spliterator.ORDERED | Spliterator.NONNULL);
    return StreamSupport.stream(lines, false);
  }

  /** All lines that follow. */
  List<String> allLines() {
    List<String> all = new ArrayList<>();
    while (awaitLine()) {
      lines().forEach(all::add);
    }
    return all;
  }

  private boolean isReady() {
    try {
      return reader.ready();
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  private @Nullable String readLine() {
    try {
      String line = reader.readLine();
      read++;
      return line != null && read == 1 && line.startsWith(Corpus.BYTE_ORDER_MARK)
          ? line.substring(Corpus.BYTE_ORDER_MARK.length())
          : line;
    } catch (CharacterCodingException e) {
      throw new CorpusException(
          source,
          String.format(
              Locale.ROOT,
              "it is not UTF-8 text, somewhere after line %d. Convert it, for example with iconv",
              read),
          e);
    } catch (IOException e) {
      throw unreadable(source, e);
    }
  }

  private final class Lines implements Iterator<String> {

    @Override
    public boolean hasNext() {
      return next != null || (isReady() && awaitLine());
    }

    @Override
    public String next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      String line = Required.required(next);
      next = null;
      return line;
    }
  }

  /** Closes the file; standard input stays open. */
  @Override
  public void close() {
    if (source.equals(STANDARD_INPUT)) {
      return;
    }
    try {
      reader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
