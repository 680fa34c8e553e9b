package org.charrnn.cli.record;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The fields of a JSON object that a file of a run contains. A missing field, or one of another
 * type, is an {@link IOException} that names it.
 *
 * @param object the object
 */
public record JsonFields(JsonNode object) {

  /** Parses an object. */
  public static JsonFields parse(String text) throws IOException {
    try {
      return of(JsonMapper.shared().readTree(text));
    } catch (JacksonException e) {
      throw new IOException("it is not valid JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static JsonFields of(JsonNode node) throws IOException {
    if (!node.isObject()) {
      throw new IOException("it is not a JSON object");
    }
    return new JsonFields(node);
  }

  /** An integer of at least {@code minimum}. */
  public long integer(String name, long minimum) throws IOException {
    JsonNode value = object.path(name);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < minimum) {
      throw invalid(name, "an integer of at least " + minimum);
    }
    return value.longValue();
  }

  /** The same in 32 bits. */
  public int smallInteger(String name, int minimum) throws IOException {
    long value = integer(name, minimum);
    if (value > Integer.MAX_VALUE) {
      throw invalid(name, "an integer of at most " + Integer.MAX_VALUE);
    }
    return (int) value;
  }

  /** A 32-bit integer that may be missing. */
  public OptionalInt optionalInteger(String name, int minimum) throws IOException {
    return isMissing(name) ? OptionalInt.empty() : OptionalInt.of(smallInteger(name, minimum));
  }

  /** A finite number. */
  public double number(String name) throws IOException {
    return number(object.path(name), name);
  }

  /** A finite number that may be missing or null. */
  public OptionalDouble optionalNumber(String name) throws IOException {
    return isMissing(name) ? OptionalDouble.empty() : OptionalDouble.of(number(name));
  }

  private static double number(JsonNode value, String name) throws IOException {
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      throw invalid(name, "a finite number");
    }
    return value.doubleValue();
  }

  /** A string. */
  public String text(String name) throws IOException {
    return text(object.path(name), name);
  }

  /** A string that may be missing or null. */
  public Optional<String> optionalText(String name) throws IOException {
    return isMissing(name) ? Optional.empty() : Optional.of(text(name));
  }

  private static String text(JsonNode value, String name) throws IOException {
    if (!value.isString()) {
      throw invalid(name, "a string");
    }
    return value.stringValue();
  }

  /** An array of objects. */
  public List<JsonFields> objects(String name) throws IOException {
    List<JsonFields> objects = new ArrayList<>();
    for (JsonNode element : array(name)) {
      if (!element.isObject()) {
        throw invalid(name, "an array of objects");
      }
      objects.add(new JsonFields(element));
    }
    return objects;
  }

  /** A pair of a string and a finite number. */
  public record Pair(String text, double number) {}

  /** An array of pairs. */
  public List<Pair> pairs(String name) throws IOException {
    List<Pair> pairs = new ArrayList<>();
    for (JsonNode element : array(name)) {
      if (!element.isArray() || element.size() != 2) {
        throw invalid(name, "an array of pairs");
      }
      pairs.add(new Pair(text(element.path(0), name), number(element.path(1), name)));
    }
    return pairs;
  }

  private JsonNode array(String name) throws IOException {
    JsonNode value = object.path(name);
    if (!value.isArray()) {
      throw invalid(name, "an array");
    }
    return value;
  }

  private boolean isMissing(String name) {
    return object.path(name).isMissingNode() || object.path(name).isNull();
  }

  private static IOException invalid(String name, String expected) {
    return new IOException("'" + name + "' must be " + expected);
  }
}
