package org.charrnn.text.corpus;

import com.google.common.hash.Hashing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.charrnn.text.problem.CorpusException;
import org.charrnn.text.problem.MalformedTextException;

/**
 * A text and where it comes from.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param source the file, or whatever else tells a user which text this is
 * @param text the text, not empty, well-formed UTF-16
 */
public record Corpus(String source, String text) {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /**
   * Checks the text.
   *
   * @throws CorpusException if it is empty or has half a surrogate pair
   */
  public Corpus {
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
  }

  /** A text that is at hand. */
  public static Corpus of(String text) {
    return new Corpus("the given text", text);
  }

  /** Reads a UTF-8 file and folds the ends of its lines. */
  public static Corpus read(Path file) {
    return read(file, LineEndings.FOLD);
  }

  /**
   * Reads a UTF-8 file. A byte order mark at its beginning is dropped.
   *
   * @throws CorpusException if there is no such file, or it is empty, a directory, or unreadable
   * @throws MalformedTextException if it is not UTF-8
   */
  public static Corpus read(Path file, LineEndings lineEndings) {
    String text = Utf8.decode(file, bytes(file));
    if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
      text = text.substring(1);
    }
    if (text.isEmpty()) {
      throw new CorpusException(
          file.toString(), "the file is empty; give one with text in it", null);
    }
    return new Corpus(file.toString(), lineEndings.apply(text));
  }

  private static byte[] bytes(Path file) {
    String name = file.toString();
    if (Files.isDirectory(file)) {
      throw new CorpusException(
          name, "this is a directory; give a text file, for example one in it", null);
    }
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new CorpusException(
          name, "there is no such file (looked for %s)".formatted(file.toAbsolutePath()), e);
    } catch (AccessDeniedException e) {
      throw new CorpusException(name, "the file may not be read; check its permissions", e);
    } catch (IOException e) {
      throw new CorpusException(name, "the file cannot be read: " + e.getMessage(), e);
    } catch (OutOfMemoryError e) { // what readAllBytes says about more than 2 GiB
      throw new CorpusException(
          name,
          "the file is too large to be held in memory; cut it, or give Java more with -Xmx",
          e);
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
   * A number that tells this text from others: the SHA-256 of its UTF-8 bytes, in hexadecimal
   * digits.
   */
  public String fingerprint() {
    return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
  }

  /** Where the text comes from, and its length; not the text, which may be long. */
  @Override
  public String toString() {
    return "%s (%d characters)".formatted(source, text.codePointCount(0, text.length()));
  }
}
