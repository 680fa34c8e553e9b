package org.charrnn.testkit.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Changes of a JSON document: null, and values of each other type and beyond each limit, in the
 * place of every value; properties that are missing or given twice; and damaged text. Strings that
 * contain JSON are changed inside, too.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class DamagedJson {

  private static final String REMOVED = "<removed>";
  private static final String REPEATED = "<repeated>";

  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-1",
          "1",
          "1.5",
          "3.0",
          "1e-400",
          "1e999",
          "2147483647",
          "2147483648",
          "9223372036854775807",
          "99999999999999999999",
          "\"\"",
          "\"x\"",
          "\"none\"",
          "\"lstm\"",
          "\"NaN\"",
          "\"\\u0000\"",
          "\"\\ud800\"",
          "\"" + "long".repeat(2000) + "\"",
          "[]",
          "{}",
          "[null]",
          "[[0]]",
          "{\"x\":1}",
          "[".repeat(2000) + "]".repeat(2000),
          "",
          REMOVED,
          REPEATED);

  /** Steps through all changes in an order that samples them evenly. */
  private static final long STRIDE = 1_000_003;

  private final String text;
  private final List<Place> places;

  /** Where a value is; the key of a property precedes it. */
  private record Place(int begin, int from, int to, List<Place> inner) {}

  /** A valid document. */
  public DamagedJson(String text) {
    this.text = text;
    this.places = new Scanner(text).places;
  }

  /** The document. */
  public String valid() {
    return text;
  }

  /** The number of simple changes. */
  public long simpleChanges() {
    long count = 0;
    for (Place place : places) {
      count += place.inner().size() + 1L;
    }
    return count * VALUES.size();
  }

  /** The change of that index if it is a simple one; otherwise one or two random ones. */
  public String damaged(long index, RandomGenerator random) {
    long simple = simpleChanges();
    if (index < simple) {
      return changed((index * STRIDE) % simple);
    }
    String changed = random.nextInt(4) > 0 ? changed(random.nextLong(simple)) : text;
    return random.nextInt(3) > 0 || changed.equals(text) ? withSpan(changed, random) : changed;
  }

  private String changed(long change) {
    String value = VALUES.get((int) (change % VALUES.size()));
    long number = change / VALUES.size();
    for (Place place : places) {
      if (number == 0) {
        return with(text, place, value);
      }
      if (number <= place.inner().size()) {
        String inside = unquoted(text.substring(place.from(), place.to()));
        Place inner = place.inner().get((int) number - 1);
        return with(text, place, quoted(with(inside, inner, value)));
      }
      number -= place.inner().size() + 1L;
    }
    throw new IllegalArgumentException("there are fewer changes: " + change);
  }

  private static String with(String text, Place place, String value) {
    return switch (value) {
      case REMOVED -> {
        int end = place.to();
        int begin = place.begin();
        if (text.startsWith(",", end)) {
          end++;
        } else if (begin > 0 && text.charAt(begin - 1) == ',') {
          begin--;
        }
        yield text.substring(0, begin) + text.substring(end);
      }
      case REPEATED ->
          text.substring(0, place.to())
              + ","
              + text.substring(place.begin(), place.to())
              + text.substring(place.to());
      default -> text.substring(0, place.from()) + value + text.substring(place.to());
    };
  }

  /** A part of the text that is removed, repeated, or moved. */
  public static String withSpan(String text, RandomGenerator random) {
    if (text.isEmpty()) {
      return text;
    }
    int from = random.nextInt(text.length());
    int to = Math.min(text.length(), from + 1 + random.nextInt(40));
    String span = text.substring(from, to);
    String rest = text.substring(0, from) + text.substring(to);
    int elsewhere = random.nextInt(rest.length() + 1);
    return switch (random.nextInt(3)) {
      case 0 -> rest;
      case 1 -> text.substring(0, to) + text.substring(from);
      default -> rest.substring(0, elsewhere) + span + rest.substring(elsewhere);
    };
  }

  // ---- strings

  static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      switch (unit) {
        case '"', '\\' -> quoted.append('\\').append(unit);
        default -> {
          if (unit < ' ') {
            quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
          } else {
            quoted.append(unit);
          }
        }
      }
    }
    return quoted.append('"').toString();
  }

  static String unquoted(String literal) {
    StringBuilder text = new StringBuilder();
    int i = 1;
    while (i < literal.length() - 1) {
      char unit = literal.charAt(i++);
      if (unit != '\\') {
        text.append(unit);
        continue;
      }
      char escaped = literal.charAt(i++);
      switch (escaped) {
        case 'n' -> text.append('\n');
        case 'r' -> text.append('\r');
        case 't' -> text.append('\t');
        case 'b' -> text.append('\b');
        case 'f' -> text.append('\f');
        case 'u' -> {
          text.append((char) Integer.parseInt(literal.substring(i, i + 4), 16));
          i += 4;
        }
        default -> text.append(escaped);
      }
    }
    return text.toString();
  }

  /** Finds the values of a valid document. */
  private static final class Scanner {

    private final String text;
    private final List<Place> places = new ArrayList<>();
    private int position;

    Scanner(String text) {
      this.text = text;
      value(0);
    }

    private void value(int begin) {
      skipSpace();
      int from = position;
      List<Place> inner = List.of();
      switch (text.charAt(position)) {
        case '{' -> members('}', true);
        case '[' -> members(']', false);
        case '"' -> {
          string();
          if (text.startsWith("{", from + 1) || text.startsWith("[", from + 1)) {
            inner = new Scanner(unquoted(text.substring(from, position))).places;
          }
        }
        default -> {
          while (position < text.length() && ",]} \n\r\t".indexOf(text.charAt(position)) < 0) {
            position++;
          }
        }
      }
      places.add(new Place(begin, from, position, inner));
      skipSpace();
    }

    private void members(char end, boolean named) {
      position++;
      skipSpace();
      while (text.charAt(position) != end) {
        int begin = position;
        if (named) {
          string();
          skipSpace();
          position++; // the colon
        }
        value(begin);
        if (text.charAt(position) == ',') {
          position++;
          skipSpace();
        }
      }
      position++;
    }

    private void string() {
      position++;
      while (text.charAt(position) != '"') {
        position += text.charAt(position) == '\\' ? 2 : 1;
      }
      position++;
    }

    private void skipSpace() {
      while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
        position++;
      }
    }
  }
}
