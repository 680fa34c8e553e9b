package org.charrnn.text.snapshot;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * Makes records of JSON that was written by {@link MetadataWriter}. It is strict: an unknown or
 * missing property, a null, and a value of another type are errors, so that no option is ignored
 * silently. Jackson does the same, but to load and prepare its classes for that takes a tenth of
 * the time of a short command.
 */
final class RecordReader {

  private RecordReader() {}

  /**
   * Makes a record, or one of a sealed family of records.
   *
   * @throws IllegalArgumentException if the JSON does not fit; the message names the property
   */
  static <T> T read(Class<T> type, JsonNode json) {
    return type.cast(value(type, type, "", json));
  }

  private static Object value(Class<?> type, Type generic, String path, JsonNode json) {
    if (type.isPrimitive() || type == Double.class) {
      return primitive(type, path, json);
    }
    if (type == String.class) {
      require(json.isString(), path, "a string", json);
      return json.stringValue();
    }
    if (type.getName().startsWith("java.util.Optional")) {
      return optional(type, generic, path, json);
    }
    if (type == Map.class) {
      return map(generic, path, json);
    }
    if (type == Duration.class) {
      return duration(path, json);
    }
    if (type.isEnum()) {
      return constant(type, path, json);
    }
    return type.isRecord() ? record(type, path, json, Set.of()) : variant(type, path, json);
  }

  // ---- values

  private static Object primitive(Class<?> type, String path, JsonNode json) {
    if (type == boolean.class) {
      require(json.isBoolean(), path, "true or false", json);
      return json.booleanValue();
    }
    if (type == int.class) {
      require(json.isIntegralNumber() && json.canConvertToInt(), path, "an integer", json);
      return json.intValue();
    }
    if (type == long.class) {
      require(json.isIntegralNumber() && json.canConvertToLong(), path, "an integer", json);
      return json.longValue();
    }
    return number(path, json);
  }

  /** JSON has no numbers that are not finite; they are written as strings. */
  private static double number(String path, JsonNode json) {
    if (json.isString()) {
      switch (json.stringValue()) {
        case "NaN" -> {
          return Double.NaN;
        }
        case "Infinity" -> {
          return Double.POSITIVE_INFINITY;
        }
        case "-Infinity" -> {
          return Double.NEGATIVE_INFINITY;
        }
        default -> {}
      }
    }
    require(json.isNumber(), path, "a number", json);
    return json.doubleValue();
  }

  private static Object optional(Class<?> type, Type generic, String path, JsonNode json) {
    boolean present = !json.isNull();
    if (type == OptionalInt.class) {
      return present ? OptionalInt.of((int) primitive(int.class, path, json)) : OptionalInt.empty();
    }
    if (type == OptionalLong.class) {
      return present
          ? OptionalLong.of((long) primitive(long.class, path, json))
          : OptionalLong.empty();
    }
    if (type == OptionalDouble.class) {
      return present ? OptionalDouble.of(number(path, json)) : OptionalDouble.empty();
    }
    Class<?> value = argument(generic, 0);
    return present ? Optional.of(value(value, value, path, json)) : Optional.empty();
  }

  private static Map<String, Object> map(Type generic, String path, JsonNode json) {
    require(json.isObject(), path, "an object", json);
    Class<?> type = argument(generic, 1);
    Map<String, Object> values = new LinkedHashMap<>();
    json.properties()
        .forEach(it ->
            values.put(it.getKey(), value(type, type, below(path, it.getKey()), it.getValue())));
    return values;
  }

  private static Class<?> argument(Type generic, int index) {
    return (Class<?>) ((ParameterizedType) generic).getActualTypeArguments()[index];
  }

  private static Duration duration(String path, JsonNode json) {
    require(json.isString(), path, "a duration such as PT15M", json);
    try {
      return Duration.parse(json.stringValue());
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(path + " must be a duration such as PT15M: " + json, e);
    }
  }

  private static Object constant(Class<?> type, String path, JsonNode json) {
    for (Object constant : type.getEnumConstants()) {
      if (json.isString() && constant.toString().equals(json.stringValue())) {
        return constant;
      }
    }
    List<String> names = Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
    throw mismatch(path, "one of " + String.join(", ", names), json);
  }

  // ---- records

  /** The record of a sealed family that a property of the JSON names. */
  private static Object variant(Class<?> type, String path, JsonNode json) {
    require(json.isObject(), path, "an object", json);
    String key = Objects.requireNonNull(type.getAnnotation(JsonTypeInfo.class)).property();
    JsonNode name = json.path(key);
    List<JsonSubTypes.Type> subtypes =
        List.of(Objects.requireNonNull(type.getAnnotation(JsonSubTypes.class)).value());
    for (JsonSubTypes.Type subtype : subtypes) {
      if (name.isString() && subtype.name().equals(name.stringValue())) {
        return record(subtype.value(), path, json, Set.of(key));
      }
    }
    List<String> names = subtypes.stream().map(JsonSubTypes.Type::name).toList();
    throw mismatch(below(path, key), "one of " + String.join(", ", names), name);
  }

  private static Object record(Class<?> type, String path, JsonNode json, Set<String> read) {
    require(json.isObject(), path, "an object", json);
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    Set<String> known = new HashSet<>(read);
    for (int i = 0; i < components.length; i++) {
      RecordComponent component = components[i];
      String name =
          json.has(component.getName()) ? component.getName() : otherName(component, json);
      known.add(name);
      types[i] = component.getType();
      values[i] =
          value(
              component.getType(),
              component.getGenericType(),
              below(path, component.getName()),
              json.get(name));
    }
    for (String name : json.propertyNames()) {
      if (!known.contains(name)) {
        throw new IllegalArgumentException("there is no property '" + below(path, name) + "'");
      }
    }
    return construct(type, types, values);
  }

  /** The name that older files or other types of the family use. */
  private static String otherName(RecordComponent component, JsonNode json) {
    JsonAlias aliases = component.getAccessor().getAnnotation(JsonAlias.class);
    JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
    String[] names = aliases == null ? new String[0] : aliases.value();
    for (String name : names) {
      if (json.has(name)) {
        return name;
      }
    }
    if (renamed != null && json.has(renamed.value())) {
      return renamed.value();
    }
    throw new IllegalArgumentException("the property '" + component.getName() + "' is missing");
  }

  private static Object construct(Class<?> type, Class<?>[] types, Object[] values) {
    try {
      var constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true); // records of this package need not be public
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refusal) {
        throw refusal;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("every record has a canonical constructor", e);
    }
  }

  private static String below(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static void require(boolean holds, String path, String expected, JsonNode json) {
    if (!holds) {
      throw mismatch(path, expected, json);
    }
  }

  private static IllegalArgumentException mismatch(String path, String expected, JsonNode json) {
    String found =
        json.isContainer() || json.isMissingNode()
            ? json.getNodeType().name().toLowerCase(Locale.ROOT)
            : json.toString();
    return new IllegalArgumentException(
        (path.isEmpty() ? "it" : path) + " must be " + expected + ": " + found);
  }
}
