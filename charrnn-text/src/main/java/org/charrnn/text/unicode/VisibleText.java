package org.charrnn.text.unicode;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Which characters of a text a reader can see, and how the others are shown.
 *
 * <p>Characters that a terminal would obey, or that change how other characters are read, are
 * replaced by Java's escapes such as {@code \}{@code u001B}: control characters, formatting
 * characters such as those that reverse the direction of text, line and paragraph separators, and
 * halves of surrogate pairs. The joiners that emoji, Persian and Indic scripts are spelled with are
 * kept.
 *
 * <p>Source: Boucher, Anderson, "Trojan Source: Invisible Vulnerabilities", USENIX Security 2023.
 */
public final class VisibleText {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private VisibleText() {}

  // ---- single characters

  /**
   * Whether a code point has a glyph: it is neither white space nor a control, format, private or
   * unassigned character.
   */
  public static boolean isVisible(int point) {
    return !Character.isWhitespace(point)
        && !Character.isSpaceChar(point)
        && switch (Character.getType(point)) {
          case Character.CONTROL,
              Character.PRIVATE_USE,
              Character.SURROGATE,
              Character.UNASSIGNED ->
              false;
          case Character.FORMAT -> hasGlyph(point);
          default -> true;
        };
  }

  /** Whether a code point joins its neighbors, and is shown as a part of them. */
  static boolean isJoiner(int point) {
    return point == 0x200C || point == 0x200D || point == 0x180E;
  }

  /** Whether a terminal shows a code point, or a blank in its place, and does nothing else. */
  private static boolean isHarmless(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      case Character.FORMAT -> isJoiner(point) || hasGlyph(point);
      default -> true;
    };
  }

  /** The signs of Arabic, Syriac and Kaithi that Unicode counts among the formatting characters. */
  private static boolean hasGlyph(int point) {
    return (point >= 0x0600 && point <= 0x0605)
        || point == 0x06DD
        || point == 0x070F
        || point == 0x0890
        || point == 0x0891
        || point == 0x08E2
        || point == 0x110BD
        || point == 0x110CD;
  }

  // ---- texts

  /** The text with these characters escaped, except for line ends and tabs. */
  public static String escape(String text) {
    @Nullable StringBuilder escaped = null;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int next = i + Character.charCount(point);
      boolean endOfLine =
          point == '\n' || (point == '\r' && next < text.length() && text.charAt(next) == '\n');
      if (isHarmless(point) || endOfLine || point == '\t') {
        if (escaped != null) {
          escaped.appendCodePoint(point);
        }
      } else {
        escaped = escaped == null ? new StringBuilder(text.substring(0, i)) : escaped;
        append(text, i, next, escaped);
      }
      i = next;
    }
    return escaped == null ? text : escaped.toString();
  }

  /**
   * A text or the name of a file on one line: line feeds, carriage returns and tabs become {@code
   * \n}, {@code \r} and {@code \t}.
   */
  public static String inLine(Object text) {
    return escape(text.toString().replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t"));
  }

  private static void append(String text, int from, int to, StringBuilder escaped) {
    for (int i = from; i < to; i++) {
      escaped.append("\\u").append(HEX.toHexDigits(text.charAt(i)));
    }
  }
}
