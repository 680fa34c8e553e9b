package org.charrnn.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.charrnn.cli.spi.ControlCharacters;

/** Quotes a command so that it can be pasted into a shell. */
final class ShellWords {

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{N}@%+=:,./_-]+");

  private ShellWords() {}

  static String join(List<String> words) {
    return words.stream().map(ShellWords::quote).collect(Collectors.joining(" "));
  }

  /**
   * A word in single quotes if it needs them. A word with line ends or {@linkplain
   * ControlCharacters control characters} becomes {@code $'...'}, which bash, zsh and ksh
   * understand.
   */
  static String quote(String word) {
    if (PLAIN.matcher(word).matches()) {
      return word;
    }
    return ControlCharacters.escapeLine(word).equals(word)
        ? "'" + word.replace("'", "'\\''") + "'"
        : "$'"
            + word.codePoints().mapToObj(ShellWords::escaped).collect(Collectors.joining())
            + "'";
  }

  private static String escaped(int point) {
    String character = Character.toString(point);
    return switch (point) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\'', '\\' -> "\\" + character;
      default ->
          ControlCharacters.escape(character).equals(character) ? character : octal(character);
    };
  }

  /** The bytes in UTF-8: older versions of bash do not know escapes of code points. */
  private static String octal(String character) {
    StringBuilder bytes = new StringBuilder();
    for (byte part : character.getBytes(StandardCharsets.UTF_8)) {
      bytes.append(String.format(Locale.ROOT, "\\%03o", part & 0xFF));
    }
    return bytes.toString();
  }
}
