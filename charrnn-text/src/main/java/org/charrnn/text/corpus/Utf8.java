package org.charrnn.text.corpus;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** Decodes UTF-8 and says exactly where that fails. */
final class Utf8 {

  /** How many of the bytes that are none a message shows. */
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
    CharsetDecoder decoder = decoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length); // never more chars than bytes
    CoderResult result = decoder.decode(in, out, true);
    if (!result.isUnderflow()) {
      int offset = in.position();
      int end = Math.min(bytes.length, offset + BYTES_SHOWN);
      throw malformed(
          file,
          offset,
          Arrays.copyOfRange(bytes, offset, end),
          Arrays.copyOf(bytes, Math.min(bytes.length, 2)));
    }
    decoder.flush(out);
    return out.flip().toString();
  }

  /**
   * What to say about bytes that are no UTF-8.
   *
   * @param offset where they stand
   * @param bytes the first of them
   * @param beginning the first two bytes of the file
   */
  static MalformedTextException malformed(
      String file, long offset, byte[] bytes, byte[] beginning) {
    String encoding = guess(beginning);
    return new MalformedTextException(
        file,
        offset,
        """
        not UTF-8: at byte offset %d stand the bytes %s. Convert the file, for example (if it is %s) with: \
        iconv -f %s -t UTF-8 '%s' > utf8.txt\
        """
            .formatted(offset, HEX.formatHex(bytes), encoding, encoding, file));
  }

  /**
   * What else the file may be: UTF-16 begins with a mark of its own; of the others, GB18030 is the
   * likeliest.
   */
  private static String guess(byte[] beginning) {
    if (beginning.length >= 2) {
      int mark = ((beginning[0] & 0xFF) << 8) | (beginning[1] & 0xFF);
      if (mark == 0xFEFF || mark == 0xFFFE) {
        return "UTF-16";
      }
    }
    return "GB18030";
  }
}
