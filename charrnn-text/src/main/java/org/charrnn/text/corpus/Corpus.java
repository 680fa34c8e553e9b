package org.charrnn.text.corpus;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.charrnn.text.unicode.Surrogates;

/**
 * A text and its source. An ordinary text is {@linkplain InMemory held in memory}; a large file is
 * {@linkplain InFile read in pieces} whenever its text is needed, so that it takes no more memory
 * than a small one. Both give the same ids, the same vocabulary and the same models.
 *
 * <p><b>Thread safety.</b> Immutable, provided that the file does not change.
 */
public sealed interface Corpus {

  /** The byte order mark. */
  String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * A text in memory.
   *
   * @param source the file, or another description that identifies the text for a user
   * @param text the text: not empty, well-formed UTF-16
   * @param withMarks the text as {@link #asEarlierVersionsRead} has it
   */
  record InMemory(String source, String text, String withMarks) implements Corpus {
    /**
     * Checks the text.
     *
     * @throws CorpusException if it is empty or contains an unpaired surrogate
     */
    public InMemory {
      if (text.isEmpty()) {
        throw new CorpusException(source, "the text is empty", null);
      }
      int unpaired = Surrogates.firstUnpaired(text);
      if (unpaired >= 0) {
        throw new CorpusException(
            source,
            String.format(
                Locale.ROOT,
                "unpaired surrogate U+%04X at index %d; it is not a character",
                (int) text.charAt(unpaired),
                unpaired),
            null);
      }
    }

    @Override
    public Corpus asEarlierVersionsRead() {
      return new InMemory(source, withMarks, withMarks);
    }

    @Override
    public String fingerprint() {
      return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
    }

    /** {@return the source and the length; not the text, which may be long} */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%s (%d characters)", source, text.codePointCount(0, text.length()));
    }
  }

  /** A text that stays in its file. The file must not change while the corpus is in use. */
  final class InFile implements Corpus {

    private final ByteSource bytes;
    private final LineEndings lineEndings;
    private final ByteOrderMarks marks;

    private InFile(ByteSource bytes, LineEndings lineEndings, ByteOrderMarks marks) {
      this.bytes = bytes;
      this.lineEndings = lineEndings;
      this.marks = marks;
    }

    /**
     * A file that is stored anywhere, without byte order marks.
     *
     * @param bytes the bytes of the file
     * @param lineEndings how to treat the ends of lines
     */
    public InFile(ByteSource bytes, LineEndings lineEndings) {
      this(bytes, lineEndings, ByteOrderMarks.DROP);
    }

    /**
     * A file of this machine, without byte order marks.
     *
     * @param path the file
     * @param lineEndings how to treat the ends of lines
     */
    public InFile(Path path, LineEndings lineEndings) {
      this(new LocalFile(path), lineEndings);
    }

    @Override
    public String source() {
      return bytes.name();
    }

    @Override
    public String text() {
      try (TextFile file = open()) {
        Corpus read = TextFile.decode(source(), file.allBytes(), lineEndings);
        return (marks == ByteOrderMarks.DROP ? read : read.asEarlierVersionsRead()).text();
      } catch (OutOfMemoryError e) {
        throw tooLarge(source(), e);
      }
    }

    @Override
    public Corpus asEarlierVersionsRead() {
      return new InFile(bytes, lineEndings, ByteOrderMarks.KEEP_INNER);
    }

    @Override
    public String fingerprint() {
      try (TextFile file = open()) {
        return file.fingerprint();
      }
    }

    /**
     * Opens the file to read it in pieces.
     *
     * @return the open file
     * @throws CorpusException if that fails
     */
    public TextFile open() {
      return new TextFile(bytes, lineEndings, marks);
    }

    /** {@return the source} */
    @Override
    public String toString() {
      return source();
    }
  }

  /**
   * {@return a text in memory}
   *
   * @param text the text
   * @throws CorpusException if the text is empty or contains an unpaired surrogate
   */
  static Corpus of(String text) {
    return of("the given text", text);
  }

  /**
   * {@return a text in memory}
   *
   * @param source the file, or another description that identifies the text for a user
   * @param text the text
   * @throws CorpusException if the text is empty or contains an unpaired surrogate
   */
  static Corpus of(String source, String text) {
    return new InMemory(source, text, text);
  }

  /**
   * Reads a UTF-8 file and folds its line endings.
   *
   * @param file the file
   * @return the text
   * @throws CorpusException as {@link #read(Path, LineEndings, long)}
   */
  static Corpus read(Path file) {
    return read(file, LineEndings.FOLD);
  }

  /**
   * Reads a UTF-8 file. It is held in memory if it has at most {@link #heldBytes} bytes.
   *
   * @param file the file
   * @param lineEndings how to treat the ends of lines
   * @return the text
   * @throws CorpusException as {@link #read(Path, LineEndings, long)}
   */
  static Corpus read(Path file, LineEndings lineEndings) {
    return read(file, lineEndings, heldBytes());
  }

  /**
   * Reads a UTF-8 file. Byte order marks (U+FEFF) are dropped.
   *
   * @param heldBytes the size of the largest file that is held in memory. A larger one is read in
   *     pieces when it is used. Anything but a regular file, for example a pipe, can be read only
   *     once and is always held.
   * @param file the file
   * @param lineEndings how to treat the ends of lines
   * @return the text
   * @throws CorpusException if the file does not exist, is empty, a directory, or unreadable, or is
   *     held in memory and not UTF-8 text
   */
  static Corpus read(Path file, LineEndings lineEndings, long heldBytes) {
    String name = file.toString();
    if (Files.isDirectory(file)) {
      throw new CorpusException(
          name, "this is a directory; give a text file, for example one in it", null);
    }
    try {
      return staysInFile(file, heldBytes)
          ? new InFile(file, lineEndings)
          : TextFile.decode(name, Files.readAllBytes(file), lineEndings);
    } catch (NoSuchFileException e) {
      throw new CorpusException(
          name,
          String.format(
              Locale.ROOT, "there is no such file (looked for %s)", file.toAbsolutePath()),
          e);
    } catch (AccessDeniedException e) {
      throw new CorpusException(name, "no permission to read the file", e);
    } catch (IOException e) {
      throw new CorpusException(name, "the file cannot be read: " + e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw tooLarge(name, e);
    }
  }

  private static CorpusException tooLarge(String name, OutOfMemoryError e) {
    return new CorpusException(
        name,
        "the text is too large to be held in memory, which is required here; use a part of it, or"
            + " raise -Xmx",
        e);
  }

  /** {@return the default size in bytes of the largest file that is held in memory} */
  static long heldBytes() {
    // Reading a text and its ids into memory briefly takes about ten times its size.
    return Math.min(32L << 20, Runtime.getRuntime().maxMemory() / 16);
  }

  private static boolean staysInFile(Path file, long heldBytes) throws IOException {
    if (!Files.isRegularFile(file)
        || !file.getFileSystem().equals(FileSystems.getDefault())
        || Files.size(file) <= heldBytes) {
      return false;
    }
    Files.newInputStream(file).close(); // fails now if the file must not be read
    return true;
  }

  /** {@return the file, or another description that identifies the text for a user} */
  String source();

  /**
   * {@return the text: not empty, well-formed UTF-16}
   *
   * @throws CorpusException if it is in a file that cannot be read, is empty, is not UTF-8 text, or
   *     is too large for memory
   */
  String text();

  /**
   * {@return the same text with the byte order marks that are not at its beginning, as earlier
   * versions read it; a training that they began is resumed with it}
   */
  Corpus asEarlierVersionsRead();

  /**
   * {@return the SHA-256 of the UTF-8 bytes of the text, in hexadecimal digits} For a text in a
   * file this reads the whole file.
   *
   * @throws CorpusException if it is in a file that cannot be read, is empty, or is not UTF-8 text
   */
  String fingerprint();

  /** How line endings are read. */
  enum LineEndings {

    /**
     * {@code \r\n} and a lone {@code \r} become {@code \n}, so that a model learns one kind of line
     * ending.
     */
    FOLD {
      @Override
      String apply(String text) {
        return text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
      }
    },

    /** Each stays as it is. */
    KEEP {
      @Override
      String apply(String text) {
        return text;
      }
    };

    abstract String apply(String text);
  }
}
