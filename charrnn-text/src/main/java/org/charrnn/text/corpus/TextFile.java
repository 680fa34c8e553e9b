package org.charrnn.text.corpus;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A UTF-8 file that is open and read a piece at a time, anywhere. What is appended to it after it
 * was opened is not seen; that it is moved or removed does not matter.
 *
 * <p><b>Thread safety.</b> One thread at a time.
 */
final class TextFile implements AutoCloseable {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** The least that a piece may be: any character and a line end have room in it. */
  private static final int LEAST_BYTES = 8;

  private final String name;
  private final LineEndings lineEndings;
  // Not a channel: that would be closed if the thread that reads were interrupted.
  private final RandomAccessFile file;
  private final long size;
  private final CharsetDecoder decoder = Utf8.decoder();
  private byte[] bytes = {};
  private char[] chars = {};

  /**
   * A piece of a text.
   *
   * @param text its characters, line ends folded
   * @param end the offset of the byte after it
   */
  record Piece(String text, long end) {}

  TextFile(Path path, LineEndings lineEndings) {
    this.name = path.toString();
    this.lineEndings = lineEndings;
    try {
      this.file = new RandomAccessFile(path.toFile(), "r");
      this.size = file.length();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  String name() {
    return name;
  }

  /** Whether a byte offset is the end of the file. */
  boolean isEnd(long offset) {
    return offset >= size;
  }

  /**
   * Decodes some bytes. A piece holds whole characters, and whole line ends where these are folded.
   *
   * @param offset where a character begins, and not in the middle of a line end that is folded
   * @param most how many bytes to read; a few of them may be left for the next piece
   * @throws MalformedTextException if they are not UTF-8
   * @throws CorpusException if they cannot be read
   */
  Piece decode(long offset, int most) {
    int count = (int) Math.min(Math.max(most, LEAST_BYTES), size - offset);
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
    int begin = offset == 0 && out.position() > 0 && chars[0] == BYTE_ORDER_MARK ? 1 : 0;
    int end = out.position();
    int left = 0;
    if (!last && lineEndings == LineEndings.FOLD && chars[end - 1] == '\r') {
      left = 1; // a line feed may follow it
    }
    String text = new String(chars, begin, end - left - begin);
    return new Piece(lineEndings.apply(text), offset + in.position() - left);
  }

  private MalformedTextException malformed(long offset) {
    byte[] shown = new byte[(int) Math.min(Utf8.BYTES_SHOWN, size - offset)];
    read(offset, shown, shown.length);
    byte[] beginning = new byte[(int) Math.min(2, size)];
    read(0, beginning, beginning.length);
    return Utf8.malformed(name, offset, shown, beginning);
  }

  private void read(long offset, byte[] into, int count) {
    try {
      file.seek(offset);
      file.readFully(into, 0, count);
    } catch (EOFException e) {
      throw changed(e);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** What to say if the file is not what it was when it was first read. */
  CorpusException changed(@Nullable Exception e) {
    return new CorpusException(
        name,
        "the file was changed while it was in use. A text of this size is read again and again; leave it as it is meanwhile",
        e);
  }

  private CorpusException unreadable(IOException e) {
    return new CorpusException(name, "the file cannot be read: " + e.getMessage(), e);
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
