package org.charrnn.text.corpus;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import org.charrnn.text.problem.MalformedTextException;

/** Decodes UTF-8 and says exactly where that fails. */
final class Utf8 {

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();
  private static final int BYTES_SHOWN = 8;

  private Utf8() {}

  static String decode(Path file, byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length); // never more chars than bytes
    CoderResult result = decoder.decode(in, out, true);
    if (!result.isUnderflow()) {
      throw malformed(file, bytes, in.position());
    }
    decoder.flush(out);
    return out.flip().toString();
  }

  private static MalformedTextException malformed(Path file, byte[] bytes, int offset) {
    int end = Math.min(bytes.length, offset + BYTES_SHOWN);
    String encoding = guess(bytes);
    return new MalformedTextException(
        file.toString(),
        offset,
        """
        not UTF-8: at byte offset %d stand the bytes %s. Convert the file, for example (if it is %s) with: \
        iconv -f %s -t UTF-8 '%s' > utf8.txt\
        """
            .formatted(offset, HEX.formatHex(bytes, offset, end), encoding, encoding, file));
  }

  /**
   * What else the file may be: UTF-16 begins with a mark of its own; of the others, GB18030 is the
   * likeliest.
   */
  private static String guess(byte[] bytes) {
    if (bytes.length >= 2) {
      int mark = ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
      if (mark == 0xFEFF || mark == 0xFFFE) {
        return "UTF-16";
      }
    }
    return "GB18030";
  }
}
