package org.charrnn.text.unicode;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Quotes the words of a command so that it can be pasted into a POSIX shell. */
public final class ShellWords {

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}@%+=:,./_-]+");

  /** Characters that a terminal or an editor does not show as they are. */
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}&&[^\\n\\u200C\\u200D]]");

  private ShellWords() {}

  /** The words as a command. */
  public static String join(List<String> words) {
    return words.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
  }

  /**
   * A word, quoted if necessary. One with invisible characters, such as ESC, becomes printable
   * ASCII within {@code $'...'}, which bash, zsh and ksh understand; U+0000 cannot be passed to a
   * command and is omitted.
   */
  public static String quote(String word) {
    if (PLAIN.matcher(word).matches()) {
      return word;
    }
    if (INVISIBLE.matcher(word).find()) {
      return "$'" + escape(word) + "'";
    }
    return "'" + word.replace("'", "'\\''") + "'";
  }

  private static String escape(String word) {
    StringBuilder escaped = new StringBuilder();
    word.codePoints()
        .filter(point -> point != 0)
        .forEach(point -> {
          String character = Character.toString(point);
          if (point == '\'' || point == '\\') {
            escaped.append('\\').append(character);
          } else if (point == '\n' || !INVISIBLE.matcher(character).find()) {
            escaped.append(character);
          } else if (point < 0x10000) {
            escaped.append(String.format(java.util.Locale.ROOT, "\\u%04x", point));
          } else {
            escaped.append(String.format(java.util.Locale.ROOT, "\\U%08x", point));
          }
        });
    return escaped.toString();
  }
}
