package org.charrnn.cli.output;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Results as one JSON object, with names in insertion order. */
public final class JsonOutput {

  private static final JsonMapper COMPACT = JsonMapper.builder().build();

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonOutput() {}

  /**
   * Serializes an object.
   *
   * @param object of strings, numbers, booleans, lists and maps
   */
  public static String of(Map<String, ?> object) {
    return MAPPER.writeValueAsString(object);
  }

  /**
   * Serializes an object in one line.
   *
   * @param fields as for {@link #of}
   * @param text the value of a last field, {@code text}
   */
  public static String line(Map<String, ?> fields, String text) {
    Map<String, Object> object = new LinkedHashMap<>(fields);
    object.put("text", text);
    return COMPACT.writeValueAsString(object);
  }
}
