package org.charrnn.text.unicode;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a file that is not UTF-8 text probably is, judged by its first bytes, and what to do about
 * it.
 */
public final class FileKind {

  /** How many bytes at the beginning of a file are examined. */
  public static final int SAMPLE_BYTES = 1 << 16;

  /** A text in which at least one of so many characters is a control character is not text. */
  private static final int CONTROLS_IN = 8;

  private static final Map<String, String> SIGNATURES =
      Map.ofEntries(
          Map.entry("1F8B", "compressed with gzip"),
          Map.entry("504B0304", "a ZIP archive, as are .docx, .odt and .epub documents"),
          Map.entry("D0CF11E0", "an old Microsoft Office document"),
          Map.entry("255044462D", "a PDF document"),
          Map.entry("7B5C72746631", "an RTF document"),
          Map.entry("425A683.31415926", "compressed with bzip2"),
          Map.entry("FD377A585A00", "compressed with xz"),
          Map.entry("28B52FFD", "compressed with zstd"),
          Map.entry("377ABCAF271C", "a 7-Zip archive"),
          Map.entry("89504E47", "a PNG image"),
          Map.entry("FFD8FF", "a JPEG image"));

  private FileKind() {}

  /**
   * Whether bytes that are valid UTF-8 are text: not if many of them are zero, as in UTF-16, or
   * other control characters, as in binary files, nor if the file is of a known other kind.
   *
   * @param sample the beginning of a file
   */
  public static boolean isText(byte[] sample) {
    int zeros = 0;
    int controls = 0;
    for (byte each : sample) {
      zeros += each == 0 ? 1 : 0;
      controls += each >= 0 && each < ' ' && "\t\n\r\f\u001B".indexOf(each) < 0 ? 1 : 0;
    }
    return signature(sample).isEmpty()
        && (zeros < 2 || zeros < sample.length / CONTROLS_IN)
        && (controls < 16 || controls - zeros < sample.length / 2);
  }

  /**
   * What the file probably is and how to convert it, as complete sentences.
   *
   * @param file its name
   * @param sample the beginning of the file
   */
  public static String advice(String file, byte[] sample) {
    Optional<String> signature = signature(sample);
    if (signature.isPresent()) {
      return "It is " + signature.get() + ". Extract or export its text as UTF-8.";
    }
    Optional<String> charset = charset(sample);
    if (charset.isEmpty()) {
      return EncodingDetector.isPresent() || !isMostlyText(sample)
          ? "It does not seem to be text in a known encoding. Save it as UTF-8 text."
          : "Save it as UTF-8 text. Its encoding is unknown, because ICU4J, which detects"
              + " encodings, is missing: add the module com.ibm.icu.";
    }
    return String.format(
        Locale.ROOT,
        "It is probably encoded in %s. Convert it with: iconv -f %s -t UTF-8 %s > utf8.txt",
        charset.get(),
        charset.get(),
        ShellWords.quote(file.startsWith("-") ? "./" + file : file));
  }

  private static Optional<String> signature(byte[] sample) {
    String beginning =
        HexFormat.of().withUpperCase().formatHex(sample, 0, Math.min(8, sample.length));
    return SIGNATURES.entrySet().stream()
        .filter(it -> beginning.matches(it.getKey() + ".*"))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The name of the most probable encoding, as iconv and Java know it. */
  static Optional<String> charset(byte[] sample) {
    if (startsWith(sample, 0xFF, 0xFE, 0, 0) || startsWith(sample, 0, 0, 0xFE, 0xFF)) {
      return Optional.of("UTF-32");
    }
    if (startsWith(sample, 0xFF, 0xFE) || startsWith(sample, 0xFE, 0xFF)) {
      return Optional.of("UTF-16");
    }
    int little = likelihood(sample, StandardCharsets.UTF_16LE);
    int big = likelihood(sample, StandardCharsets.UTF_16BE);
    if (Math.max(little, big) > 0) {
      return Optional.of(little > big ? "UTF-16LE" : "UTF-16BE");
    }
    if (!isMostlyText(sample)) {
      return Optional.empty();
    }
    return EncodingDetector.candidates(sample)
        .map(name -> name.replace("-8-I", "-8"))
        .filter(name -> !name.startsWith("UTF"))
        .filter(name -> decodes(sample, name))
        .findFirst();
  }

  /** Single-byte encodings would decode any bytes, so a binary file must be told apart before. */
  private static boolean isMostlyText(byte[] sample) {
    int controls = 0;
    for (byte each : sample) {
      controls += each >= 0 && each < ' ' && "\t\n\r\f\u001B".indexOf(each) < 0 ? 1 : 0;
    }
    return controls <= sample.length / 100;
  }

  /**
   * Spaces, line ends and punctuation of a text in UTF-16 in any language; 0 if there are too few
   * for a text, or characters that no text has.
   */
  private static int likelihood(byte[] sample, Charset utf16) {
    byte[] even = Arrays.copyOf(sample, sample.length & ~1);
    Optional<CharBuffer> text = decoded(even, utf16, even.length == SAMPLE_BYTES);
    if (text.isEmpty()) {
      return 0;
    }
    int separators = 0;
    for (int i = 0; i < text.get().length(); i++) {
      char c = text.get().charAt(i);
      boolean separator =
          c == '\n'
              || c == ' '
              || (c >= '!' && c <= '/')
              || (c >= '\u3000' && c <= '\u3002')
              || c == '，';
      separators += separator ? 1 : 0;
      if (!Character.isDefined(c) || c == 0) {
        return 0;
      }
    }
    return separators * 50 < text.get().length() ? 0 : separators;
  }

  private static boolean decodes(byte[] sample, String name) {
    return Charset.isSupported(name) && decoded(sample, Charset.forName(name), true).isPresent();
  }

  /**
   * Decodes strictly; empty if that fails.
   *
   * @param mayBeCut whether the last character may be incomplete
   */
  private static Optional<CharBuffer> decoded(byte[] sample, Charset charset, boolean mayBeCut) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    if (!mayBeCut) {
      try {
        return Optional.of(decoder.decode(ByteBuffer.wrap(sample)));
      } catch (CharacterCodingException _) {
        return Optional.empty();
      }
    }
    CharBuffer out =
        CharBuffer.allocate((int) (sample.length * (double) decoder.maxCharsPerByte()) + 1);
    return decoder.decode(ByteBuffer.wrap(sample), out, false).isError()
        ? Optional.empty()
        : Optional.of(out.flip());
  }

  private static boolean startsWith(byte[] sample, int... beginning) {
    for (int i = 0; i < beginning.length; i++) {
      if (i >= sample.length || (sample[i] & 0xFF) != beginning[i]) {
        return false;
      }
    }
    return true;
  }
}
