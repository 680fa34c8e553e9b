package org.charrnn.cli;

import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Results for other programs: one JSON object, its names in the order in which they were put. */
final class JsonOutput {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonOutput() {}

  /**
   * The text of an object.
   *
   * @param object of strings, numbers, booleans, lists and maps
   */
  static String of(Map<String, ?> object) {
    return MAPPER.writeValueAsString(object);
  }
}
