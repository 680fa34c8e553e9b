package org.charrnn.serve.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields of a JSON object. A field that is {@code null} counts as absent; one of the wrong type
 * causes an {@link ApiException} that names it.
 */
public final class Fields {

  private static final int SHOWN = 40;

  private final JsonNode object;

  Fields(JsonNode object) {
    this.object = object;
  }

  /**
   * The fields of an object within another one.
   *
   * @param name the field whose value it is
   */
  public static Fields of(String name, JsonNode value) {
    if (!value.isObject()) {
      throw wrong(name, value, "an object");
    }
    return new Fields(value);
  }

  /** The value of a field, unless it is absent. */
  public Optional<JsonNode> find(String name) {
    JsonNode value = object.get(name);
    return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
  }

  /**
   * Refuses fields that no endpoint of this kind has: a misspelled option must not be ignored.
   *
   * @param known the fields of the endpoint
   */
  public void refuseOthers(Set<String> known) {
    for (String name : object.propertyNames()) {
      if (!known.contains(name)) {
        throw ApiException.field(
            name,
            "Unknown field '"
                + shown(name)
                + "'; the fields are "
                + String.join(", ", new TreeSet<>(known))
                + ".");
      }
    }
  }

  /** A field that has an effect which this server does not offer: only its neutral value passes. */
  public void requireNeutral(String name, double neutral) {
    OptionalDouble value = number(name, -Double.MAX_VALUE, Double.MAX_VALUE);
    if (value.isPresent() && value.getAsDouble() != neutral) {
      throw ApiException.field(
          name,
          String.format(
              Locale.ROOT,
              "'%s' is not supported: omit it. Use repetition_penalty or no_repeat_ngram_size against repetition.",
              name));
    }
  }

  /** A string. */
  public Optional<String> string(String name) {
    return find(name).map(value -> string(name, value));
  }

  /** A boolean. */
  public boolean flag(String name) {
    return find(name)
        .map(value -> {
          if (!value.isBoolean()) {
            throw wrong(name, value, "true or false");
          }
          return value.booleanValue();
        })
        .orElse(false);
  }

  /** An integer within limits. */
  public OptionalInt integer(String name, int least, int most) {
    OptionalLong value = integer(name, (long) least, most);
    return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
  }

  /** A long integer within limits. */
  public OptionalLong integer(String name, long least, long most) {
    Optional<JsonNode> value = find(name);
    return value.isPresent()
        ? OptionalLong.of(integer(name, value.get(), least, most))
        : OptionalLong.empty();
  }

  /** A finite number within limits. */
  public OptionalDouble number(String name, double least, double most) {
    Optional<JsonNode> found = find(name);
    if (found.isEmpty()) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(number(name, found.get(), least, most));
  }

  /** A finite number within limits. */
  public static double number(String name, JsonNode value, double least, double most) {
    if (!value.isNumber()
        || !(value.doubleValue() >= least && value.doubleValue() <= most)) { // so that NaN fails
      String range =
          least == -Double.MAX_VALUE
              ? "a number"
              : most == Double.MAX_VALUE
                  ? String.format(Locale.ROOT, "a number of at least %s", plain(least))
                  : String.format(Locale.ROOT, "a number from %s to %s", plain(least), plain(most));
      throw wrong(name, value, range);
    }
    return value.doubleValue();
  }

  private static String plain(double number) {
    return number == Math.rint(number)
        ? String.format(Locale.ROOT, "%.0f", number)
        : Double.toString(number);
  }

  /** A string, or a list of at most {@code most} strings. */
  public List<String> strings(String name, int most) {
    Optional<JsonNode> found = find(name);
    if (found.isEmpty()) {
      return List.of();
    }
    JsonNode value = found.get();
    if (value.isString()) {
      return List.of(string(name, value));
    }
    if (!value.isArray() || value.size() > most) {
      throw wrong(
          name,
          value,
          String.format(Locale.ROOT, "a string or a list of at most %d strings", most));
    }
    List<String> strings = new ArrayList<>();
    value.forEach(element -> strings.add(string(name, element)));
    return strings;
  }

  /** A list of at most {@code most} integers that are not negative. */
  public int[] integers(String name, int most) {
    Optional<JsonNode> found = find(name);
    if (found.isEmpty() || !found.get().isArray() || found.get().size() > most) {
      throw ApiException.field(
          name, String.format(Locale.ROOT, "'%s' must be a list of at most %d ids.", name, most));
    }
    int[] integers = new int[found.get().size()];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = (int) integer(name, found.get().get(i), 0, Integer.MAX_VALUE);
    }
    return integers;
  }

  private static String string(String name, JsonNode value) {
    if (!value.isString()) {
      throw wrong(name, value, "a string");
    }
    return value.stringValue();
  }

  /** An integer; 3.0 is one. */
  public static long integer(String name, JsonNode value, long least, long most) {
    boolean integral =
        value.isNumber()
            && value.canConvertToLong()
            && value.doubleValue() == Math.rint(value.doubleValue());
    if (!integral || value.longValue() < least || value.longValue() > most) {
      throw wrong(
          name,
          value,
          most == Long.MAX_VALUE
              ? String.format(Locale.ROOT, "an integer of at least %d", least)
              : String.format(Locale.ROOT, "an integer from %d to %d", least, most));
    }
    return value.longValue();
  }

  /** An error about a value. */
  public static ApiException wrong(String name, JsonNode value, String expected) {
    return ApiException.field(
        name,
        String.format(
            Locale.ROOT, "'%s' must be %s, but is %s.", name, expected, shown(value.toString())));
  }

  private static String shown(@Nullable String value) {
    String text = String.valueOf(value);
    return text.codePointCount(0, text.length()) <= SHOWN
        ? text
        : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "...";
  }
}
