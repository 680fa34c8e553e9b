package org.charrnn.text.settings;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Reads the components of the records of a configuration. */
final class ConfigReflection {

  private ConfigReflection() {}

  /** The components of a record by each name that a file may use for them, in order. */
  static Map<String, RecordComponent> componentsByName(Class<?> type) {
    Map<String, RecordComponent> components = new LinkedHashMap<>();
    for (RecordComponent component : type.getRecordComponents()) {
      components.put(component.getName(), component);
    }
    for (RecordComponent component : type.getRecordComponents()) {
      aliases(component).forEach(alias -> components.put(alias, component));
    }
    return components;
  }

  /** The names that older files use for a component, at any depth below a record. */
  static Stream<String> aliasesBelow(Class<?> type, String name) {
    return Arrays.stream(type.getRecordComponents())
        .flatMap(component ->
            component.getType().isRecord()
                ? aliasesBelow(component.getType(), name)
                : component.getName().equals(name) ? aliases(component).stream() : Stream.empty());
  }

  private static List<String> aliases(RecordComponent component) {
    JsonAlias aliases = component.getAccessor().getAnnotation(JsonAlias.class);
    return aliases == null ? List.of() : List.of(aliases.value());
  }

  /** The value of a component. */
  static Object value(RecordComponent component, Record values) {
    try {
      return component.getAccessor().invoke(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("accessors of public records are public", e);
    }
  }
}
