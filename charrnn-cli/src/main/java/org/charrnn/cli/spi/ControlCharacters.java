package org.charrnn.cli.spi;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the characters of a text that a terminal would obey, or that change how other characters
 * are read, by Java's escapes such as {@code \}{@code u001B}: control characters, formatting
 * characters such as those that reverse the direction of text, line and paragraph separators, and
 * halves of surrogate pairs. Line feeds and tabs are kept, and so are the joiners that emoji,
 * Persian and Indic scripts are spelled with.
 *
 * <p>Source: Boucher, Anderson, "Trojan Source: Invisible Vulnerabilities", USENIX Security 2023.
 */
public final class ControlCharacters {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private ControlCharacters() {}

  /** The text with these characters escaped, line feeds and tabs excepted. */
  public static String escape(String text) {
    @Nullable StringBuilder escaped = null;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int next = i + Character.charCount(point);
      boolean endOfLine = point == '\r' && next < text.length() && text.charAt(next) == '\n';
      if (isShown(point) || endOfLine) {
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

  /** The same on one line: line feeds, carriage returns and tabs become {@code \n}, \r and \t. */
  public static String escapeLine(String text) {
    return escape(text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t"));
  }

  private static void append(String text, int from, int to, StringBuilder escaped) {
    for (int i = from; i < to; i++) {
      escaped.append("\\u").append(HEX.toHexDigits(text.charAt(i)));
    }
  }

  private static boolean isShown(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL -> point == '\n' || point == '\t';
      case Character.FORMAT -> isJoiner(point) || hasGlyph(point);
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE -> false;
      default -> true;
    };
  }

  private static boolean isJoiner(int point) {
    return point == 0x200C || point == 0x200D || point == 0x180E;
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
}
