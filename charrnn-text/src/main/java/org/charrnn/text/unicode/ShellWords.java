package org.charrnn.text.unicode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Quotes the words of a command so that it can be pasted into a shell. */
public final class ShellWords {

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{M}\\p{N}@%+=:,./_-]+");

  private ShellWords() {}

  /** The words as a command. */
  public static String join(List<String> words) {
    return words.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
  }

  /**
   * A word in single quotes if it needs them. A word with line ends or invisible characters, such
   * as ESC, becomes {@code $'...'}, which bash, zsh and ksh understand. U+0000 is omitted, since no
   * command can receive it.
   */
  public static String quote(String word) {
    if (PLAIN.matcher(word).matches()) {
      return word;
    }
    return word.codePoints().allMatch(point -> point == ' ' || isShown(point))
        ? "'" + word.replace("'", "'\\''") + "'"
        : "$'"
            + word.codePoints().mapToObj(ShellWords::escaped).collect(Collectors.joining())
            + "'";
  }

  /** Joiners are shown as a part of the characters that they join. */
  private static boolean isShown(int point) {
    return VisibleText.isVisible(point) || VisibleText.isJoiner(point) || point == 0x3000;
  }

  private static String escaped(int point) {
    String character = Character.toString(point);
    return switch (point) {
      case 0 -> "";
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case ' ' -> " ";
      case '\'', '\\' -> "\\" + character;
      default -> isShown(point) ? character : octal(character);
    };
  }

  /** The bytes in UTF-8: older versions of bash do not know escapes of code points. */
  private static String octal(String character) {
    StringBuilder bytes = new StringBuilder();
    for (byte each : character.getBytes(StandardCharsets.UTF_8)) {
      bytes.append(String.format(Locale.ROOT, "\\%03o", each & 0xFF));
    }
    return bytes.toString();
  }
}
