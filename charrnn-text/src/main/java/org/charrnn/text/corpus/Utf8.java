package org.charrnn.text.corpus;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.charrnn.text.unicode.FileKind;

/** Decodes UTF-8 and reports where that fails. */
final class Utf8 {

  /** How many of the malformed bytes a message shows. */
  static final int BYTES_SHOWN = 8;

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  private Utf8() {}

  static CharsetDecoder decoder() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  static String decode(String file, byte[] bytes) {
    byte[] sample = Arrays.copyOf(bytes, Math.min(bytes.length, FileKind.SAMPLE_BYTES));
    requireText(file, sample);
    CharsetDecoder decoder = decoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length); // never more chars than bytes
    if (!decoder.decode(in, out, true).isUnderflow()) {
      int offset = in.position();
      int end = Math.min(bytes.length, offset + BYTES_SHOWN);
      throw malformed(file, offset, Arrays.copyOfRange(bytes, offset, end), sample);
    }
    decoder.flush(out);
    return out.flip().toString();
  }

  /**
   * Refuses files that are not text, even if all bytes are valid UTF-8.
   *
   * @param sample the beginning of the file
   */
  static void requireText(String file, byte[] sample) {
    if (!FileKind.isText(sample)) {
      throw new CorpusException(file, "not text. " + FileKind.advice(file, sample), null);
    }
  }

  /**
   * The exception for bytes that are not UTF-8.
   *
   * @param offset the offset of the first of them
   * @param bytes the first of them
   * @param sample the beginning of the file
   */
  static CorpusException malformed(String file, long offset, byte[] bytes, byte[] sample) {
    return new CorpusException(
        file,
        String.format(
            Locale.ROOT,
            "not UTF-8 (bytes %s at offset %d). %s",
            HEX.formatHex(bytes),
            offset,
            FileKind.advice(file, sample)),
        null);
  }
}
