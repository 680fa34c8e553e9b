package org.charrnn.text.corpus;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A text and where it comes from. An ordinary one is held in memory; one in a large file stays
 * there, and {@link EncodedText} reads it in pieces, so that it takes no more memory than a small
 * one. Nothing else depends on which of the two it is.
 *
 * <p><b>Thread safety.</b> Immutable, as long as the file is.
 */
public final class Corpus {

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final long MOST_HELD_BYTES = 32 << 20;

  /** Reading a text and its ids into memory takes about ten times its size for a moment. */
  private static final int SHARE_OF_HEAP = 16;

  /** A text that stays in its file. */
  record InFile(Path path, LineEndings lineEndings) {}

  private final String source;
  private final @Nullable String text;
  private final @Nullable InFile file;

  /**
   * A text that is at hand.
   *
   * @param source what tells a user which text this is
   * @param text the text
   * @throws CorpusException if it is empty or has half a surrogate pair
   */
  public Corpus(String source, String text) {
    if (text.isEmpty()) {
      throw new CorpusException(source, "there is no text in it", null);
    }
    int lone = loneSurrogate(text);
    if (lone >= 0) {
      throw new CorpusException(
          source,
          "half a surrogate pair, U+%04X, stands at index %d; it is no character"
              .formatted((int) text.charAt(lone), lone),
          null);
    }
    this.source = source;
    this.text = text;
    this.file = null;
  }

  private Corpus(InFile file) {
    this.source = file.path().toString();
    this.text = null;
    this.file = file;
  }

  /** A text that is at hand. */
  public static Corpus of(String text) {
    return new Corpus("the given text", text);
  }

  // ---- files

  /** Reads a UTF-8 file and folds the ends of its lines. */
  public static Corpus read(Path file) {
    return read(file, LineEndings.FOLD);
  }

  /** Reads a UTF-8 file. It is held in memory if it has at most {@link #heldBytes} bytes. */
  public static Corpus read(Path file, LineEndings lineEndings) {
    return read(file, lineEndings, heldBytes());
  }

  /**
   * Reads a UTF-8 file. A byte order mark at its beginning is dropped.
   *
   * @param heldBytes the size of the largest file that is held in memory. A larger one stays where
   *     it is: it is looked at when it is used, and must not be changed meanwhile. What is no
   *     regular file, a pipe for example, can be read only once and is always held.
   * @throws CorpusException if there is no such file, or it is empty, a directory, or unreadable
   * @throws MalformedTextException if it is held in memory and is not UTF-8
   */
  public static Corpus read(Path file, LineEndings lineEndings, long heldBytes) {
    String name = file.toString();
    if (Files.isDirectory(file)) {
      throw new CorpusException(
          name, "this is a directory; give a text file, for example one in it", null);
    }
    try {
      return staysInFile(file, heldBytes)
          ? new Corpus(new InFile(file, lineEndings))
          : new Corpus(name, held(name, Files.readAllBytes(file), lineEndings));
    } catch (NoSuchFileException e) {
      throw new CorpusException(
          name, "there is no such file (looked for %s)".formatted(file.toAbsolutePath()), e);
    } catch (AccessDeniedException e) {
      throw new CorpusException(name, "the file may not be read; check its permissions", e);
    } catch (IOException e) {
      throw new CorpusException(name, "the file cannot be read: " + e.getMessage(), e);
    } catch (OutOfMemoryError e) {
      throw tooLarge(name, e);
    }
  }

  /** The size in bytes of the largest file that is held in memory unless one says otherwise. */
  public static long heldBytes() {
    return Math.min(MOST_HELD_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);
  }

  private static boolean staysInFile(Path file, long heldBytes) throws IOException {
    if (!Files.isRegularFile(file)
        || !file.getFileSystem().equals(FileSystems.getDefault())
        || Files.size(file) <= heldBytes) {
      return false;
    }
    Files.newInputStream(file).close(); // says now if it may not be read
    return true;
  }

  private static String held(String name, byte[] bytes, LineEndings lineEndings) {
    String text = Utf8.decode(name, bytes);
    if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      text = text.substring(1);
    }
    if (text.isEmpty()) {
      throw emptyFile(name);
    }
    return lineEndings.apply(text);
  }

  static CorpusException emptyFile(String name) {
    return new CorpusException(name, "the file is empty; give one with text in it", null);
  }

  private static CorpusException tooLarge(String name, OutOfMemoryError e) {
    return new CorpusException(
        name,
        "the text is too large to be held in memory, which is wanted here; cut it, or give Java more with -Xmx",
        e);
  }

  // ---- what it is

  /** The file, or whatever else tells a user which text this is. */
  public String source() {
    return source;
  }

  /** Where the text is, if it is not held in memory. */
  Optional<InFile> file() {
    return Optional.ofNullable(file);
  }

  /** Whether the text is held in memory; if not, {@link #text} reads all of it. */
  public boolean isHeld() {
    return text != null;
  }

  /**
   * The text, not empty, well-formed UTF-16.
   *
   * @throws CorpusException if it is in a file and cannot be read, is empty, or too large for
   *     memory
   * @throws MalformedTextException if it is in a file that is not UTF-8
   */
  public String text() {
    return text != null ? text : read(Objects.requireNonNull(file)).text();
  }

  private static Corpus read(InFile file) {
    return read(file.path(), file.lineEndings(), Long.MAX_VALUE);
  }

  /**
   * A number that tells this text from others: the SHA-256 of its UTF-8 bytes, in hexadecimal
   * digits. A text in a file is read once for it; an {@link EncodedText} has it anyway.
   */
  public String fingerprint() {
    if (text != null) {
      return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
    }
    try (EncodedText read =
        EncodedText.of(this, new CodePointTokenizer(), VocabularyOrder.CODE_POINT)) {
      return read.fingerprint();
    }
  }

  /** The index of the first surrogate that is not half of a pair, or -1. */
  private static int loneSurrogate(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (Character.charCount(text.codePointAt(i)) == 1) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }

  /**
   * Whether the other one is of the same source and text; of a text in a file, of the same file.
   */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Corpus that
        && source.equals(that.source)
        && Objects.equals(text, that.text)
        && Objects.equals(file, that.file);
  }

  @Override
  public int hashCode() {
    return Objects.hash(source, text, file);
  }

  /**
   * Where the text comes from, and its length if that is known; not the text, which may be long.
   */
  @Override
  public String toString() {
    return text == null
        ? source
        : "%s (%d characters)".formatted(source, text.codePointCount(0, text.length()));
  }
}
