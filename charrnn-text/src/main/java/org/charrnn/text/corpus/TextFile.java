package org.charrnn.text.corpus;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import org.charrnn.text.unicode.FileKind;
import org.jspecify.annotations.Nullable;

/**
 * An open UTF-8 file that is read in pieces, in any order.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
public final class TextFile implements AutoCloseable {

  /** The minimum size of a piece: any character fits together with a line ending. */
  private static final int MIN_PIECE_BYTES = 8;

  private static final int PIECE_BYTES = 1 << 18;

  private final String name;
  private final Corpus.LineEndings lineEndings;
  private final ByteOrderMarks marks;
  private final ByteSource.Reading file;
  private final long size;
  private final CharsetDecoder decoder = Utf8.decoder();
  private byte[] bytes = {};
  private char[] chars = {};

  /**
   * A piece of a text.
   *
   * @param text its characters, line endings folded
   * @param end the offset of the byte after it
   */
  public record Piece(String text, long end) {}

  TextFile(ByteSource source, Corpus.LineEndings lineEndings, ByteOrderMarks marks) {
    this.name = source.name();
    this.lineEndings = lineEndings;
    this.marks = marks;
    try {
      this.file = source.open();
      this.size = file.size();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** {@return the name of the file, for messages} */
  public String name() {
    return name;
  }

  /**
   * {@return whether a byte offset is the end of the file}
   *
   * @param offset a number of bytes from the start of the file
   */
  public boolean isEnd(long offset) {
    return offset >= size;
  }

  /**
   * Decodes some bytes. A piece consists of whole characters, and whole line endings where these
   * are folded.
   *
   * @param offset the offset of a character, not within a line ending that is folded
   * @param most how many bytes to read; a few of them may be left for the next piece
   * @return the characters
   * @throws CorpusException if they cannot be read or are not UTF-8
   */
  public Piece decode(long offset, int most) {
    if (offset == 0) {
      Utf8.requireText(name, sample());
    }
    int count = (int) Math.min(Math.max(most, MIN_PIECE_BYTES), size - offset);
    boolean last = offset + count == size;
    if (bytes.length < count) {
      bytes = new byte[count];
      chars = new char[count]; // never more chars than bytes
    }
    read(offset, bytes, count);
    ByteBuffer in = ByteBuffer.wrap(bytes, 0, count);
    CharBuffer out = CharBuffer.wrap(chars);
    if (!decoder.reset().decode(in, out, last).isUnderflow()) {
      throw malformed(offset + in.position());
    }
    int end = out.position();
    int left = 0;
    if (!last && lineEndings == Corpus.LineEndings.FOLD && chars[end - 1] == '\r') {
      left = 1; // a line feed may follow it
    }
    String text = new String(chars, 0, end - left);
    return new Piece(
        marks.apply(lineEndings.apply(text), offset == 0), offset + in.position() - left);
  }

  private CorpusException malformed(long offset) {
    byte[] shown = new byte[(int) Math.min(Utf8.BYTES_SHOWN, size - offset)];
    read(offset, shown, shown.length);
    return Utf8.malformed(name, offset, shown, sample());
  }

  private byte[] sample() {
    byte[] sample = new byte[(int) Math.min(FileKind.SAMPLE_BYTES, size)];
    read(0, sample, sample.length);
    return sample;
  }

  private void read(long offset, byte[] into, int count) {
    try {
      file.read(offset, into, count);
    } catch (EOFException e) {
      throw changed(e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * {@return the exception for a file whose contents differ from those of the first read}
   *
   * @param e the exception that led to this one, if there is one
   */
  public CorpusException changed(@Nullable Exception e) {
    return new CorpusException(
        name,
        "the file changed while it was in use. A text of this size is read many times; do not"
            + " change it meanwhile",
        e);
  }

  private CorpusException unreadable(IOException e) {
    return new CorpusException(name, "the file cannot be read: " + e.getMessage(), e);
  }

  /** The fingerprint of the whole text, see {@link Corpus#fingerprint}. */
  String fingerprint() {
    Hasher hasher = Hashing.sha256().newHasher();
    long offset = 0;
    boolean empty = true;
    while (!isEnd(offset)) {
      Piece piece = decode(offset, PIECE_BYTES);
      hasher.putString(piece.text(), StandardCharsets.UTF_8);
      empty &= piece.text().isEmpty();
      offset = piece.end();
    }
    if (empty) {
      throw empty(name);
    }
    return hasher.hash().toString();
  }

  /** The bytes of the whole file, if an array can hold them. */
  byte[] allBytes() {
    if (size > Integer.MAX_VALUE - 8) {
      throw new OutOfMemoryError(size + " bytes are too many for an array");
    }
    byte[] all = new byte[(int) size];
    read(0, all, all.length);
    return all;
  }

  /** {@return the exception for a file without any text} */
  public CorpusException empty() {
    return empty(name);
  }

  private static CorpusException empty(String name) {
    return new CorpusException(name, "the file is empty; give one with text in it", null);
  }

  /**
   * Decodes a whole file.
   *
   * @throws CorpusException if it is empty or not UTF-8
   */
  static Corpus decode(String name, byte[] bytes, Corpus.LineEndings lineEndings) {
    String decoded = lineEndings.apply(Utf8.decode(name, bytes));
    String text = ByteOrderMarks.DROP.apply(decoded, true);
    if (text.isEmpty()) {
      throw empty(name);
    }
    String withMarks = ByteOrderMarks.KEEP_INNER.apply(decoded, true);
    return new Corpus.InMemory(name, text, withMarks.equals(text) ? text : withMarks);
  }

  /**
   * Reads text as it is read from files, wherever it comes from: without byte order marks, which
   * joined files have in the middle too, and with these line endings.
   *
   * @param text the text
   * @param lineEndings how to treat the ends of lines
   * @return the text as it is read from files
   */
  public static String read(String text, Corpus.LineEndings lineEndings) {
    return ByteOrderMarks.DROP.apply(lineEndings.apply(text), true);
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }
}
