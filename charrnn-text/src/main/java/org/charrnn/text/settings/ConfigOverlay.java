package org.charrnn.text.settings;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.charrnn.text.config.TrainingConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Merges a file into a complete configuration. The keys that a file may have are read off the
 * records: a component that is a record is an object whose components are merged, every other one
 * is a value, which replaces the old one; so does a map, whole.
 */
final class ConfigOverlay {

  private final LocatedJson json;

  ConfigOverlay(LocatedJson json) {
    this.json = json;
  }

  /**
   * Replaces the values that the file has.
   *
   * @param all changed in place
   * @throws ConfigFileException if a key is unknown, or its value has another type
   */
  void apply(ObjectNode all) {
    apply(TrainingConfig.class, "", json.root(), all);
  }

  private void apply(Class<?> type, String path, ObjectNode given, ObjectNode all) {
    Map<String, RecordComponent> known = ConfigReflection.componentsByName(type);
    Set<String> seen = new HashSet<>();
    for (Map.Entry<String, JsonNode> property : given.properties()) {
      String key = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
      RecordComponent component = known.get(property.getKey());
      if (component == null) {
        throw json.problem(key, unknown(key, path, known), null);
      }
      if (!seen.add(component.getName())) {
        throw json.problem(
            key,
            String.format(
                Locale.ROOT,
                "%s is given twice, here and by another of its names; remove one",
                component.getName()),
            null);
      }
      apply(component, key, property.getValue(), all);
    }
  }

  private void apply(RecordComponent component, String key, JsonNode value, ObjectNode all) {
    if (component.getType().isRecord()) {
      apply(
          component.getType(), key, object(key, value), (ObjectNode) all.get(component.getName()));
    } else if (component.getType() == Map.class) {
      ObjectNode entries = (ObjectNode) all.get(component.getName());
      entries.removeAll();
      for (Map.Entry<String, JsonNode> entry : object(key, value).properties()) {
        requireType(double.class, key + "." + entry.getKey(), entry.getValue());
        entries.set(entry.getKey(), entry.getValue());
      }
    } else {
      requireType(component.getType(), key, value);
      all.set(component.getName(), value);
    }
  }

  private ObjectNode object(String key, JsonNode value) {
    if (value instanceof ObjectNode object) {
      return object;
    }
    throw json.problem(
        key, String.format(Locale.ROOT, "%s must be an object in braces: %s", key, value), null);
  }

  // ---- values

  private void requireType(Class<?> type, String key, JsonNode value) {
    String wanted = null;
    if (type == int.class || type == OptionalInt.class) {
      wanted = value.isIntegralNumber() && value.canConvertToInt() ? null : "an integer";
    } else if (type == long.class || type == OptionalLong.class) {
      wanted = value.isIntegralNumber() && value.canConvertToLong() ? null : "an integer";
    } else if (type == double.class || type == OptionalDouble.class) {
      wanted = value.isNumber() ? null : "a number";
    } else if (type == boolean.class) {
      wanted = value.isBoolean() ? null : "true or false";
    } else if (type == String.class || type == Optional.class) {
      wanted = value.isString() ? null : "a string";
    } else if (type.isEnum()) {
      wanted = namesOneOf(type, value) ? null : "one of " + names(type);
    } else {
      wanted = value.isObject() ? null : "an object in braces";
    }
    boolean mayBeNull = type.getSimpleName().startsWith("Optional");
    if (wanted != null && !(mayBeNull && value.isNull())) {
      throw json.problem(
          key,
          String.format(
              Locale.ROOT, "%s must be %s%s: %s", key, wanted, mayBeNull ? ", or null" : "", value),
          null);
    }
  }

  private static boolean namesOneOf(Class<?> type, JsonNode value) {
    return Arrays.stream(type.getEnumConstants())
        .anyMatch(constant -> constant.toString().equalsIgnoreCase(value.asString("")));
  }

  private static String names(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(Object::toString)
        .collect(Collectors.joining(", "));
  }

  // ---- keys

  private static String unknown(String key, String path, Map<String, RecordComponent> known) {
    String here = path.isEmpty() ? "at the top" : "in " + path;
    return String.format(
        Locale.ROOT,
        "there is no '%s'. Did you mean %s? The names %s are: %s.",
        key,
        String.join(" or ", NearestNames.of(key, paths(TrainingConfig.class, ""))),
        here,
        known.values().stream()
            .map(RecordComponent::getName)
            .distinct()
            .collect(Collectors.joining(", ")));
  }

  /** The paths of all values. */
  private static List<String> paths(Class<?> type, String path) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(component -> {
          String key = path.isEmpty() ? component.getName() : path + "." + component.getName();
          return component.getType().isRecord()
              ? Stream.concat(Stream.of(key), paths(component.getType(), key).stream())
              : Stream.of(key);
        })
        .toList();
  }
}
