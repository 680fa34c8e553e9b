package org.charrnn.text.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A JSON object that remembers where in its file each key stands. A key is told by its path, such
 * as {@code model.hiddenSize}.
 *
 * @param file the file
 * @param root the object
 * @param places by path, where each key begins
 */
record LocatedJson(Path file, ObjectNode root, Map<String, String> places) {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * Reads an object.
   *
   * @throws ConfigFileException if the text is no JSON, no object, or has a key twice
   */
  static LocatedJson parse(Path file, String text) {
    try {
      return new LocatedJson(file, object(file, text), places(text));
    } catch (JacksonException e) {
      throw new ConfigFileException(
          file,
          place(e.getLocation()),
          "this is no JSON: " + e.getOriginalMessage().replaceFirst(" \\(start marker.*", ""),
          e);
    }
  }

  private static ObjectNode object(Path file, String text) {
    JsonNode tree = MAPPER.readTree(text);
    if (tree instanceof ObjectNode object) {
      return object;
    }
    throw new ConfigFileException(
        file, "", "it must be a JSON object, such as {\"model\": {\"hiddenSize\": 128}}", null);
  }

  private static Map<String, String> places(String text) {
    Map<String, String> places = new LinkedHashMap<>();
    try (JsonParser parser = MAPPER.createParser(text)) {
      parser.nextToken();
      walk(parser, "", places);
    }
    return places;
  }

  /** Walks through one value, of which the first token is read. */
  private static void walk(JsonParser parser, String path, Map<String, String> places) {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      parser.skipChildren();
    } else if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String key = path.isEmpty() ? parser.currentName() : path + "." + parser.currentName();
        places.put(key, place(parser.currentTokenLocation()));
        parser.nextToken();
        walk(parser, key, places);
      }
    }
  }

  private static String place(@Nullable TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : "line %d, column %d".formatted(location.getLineNr(), location.getColumnNr());
  }

  /** The path of a key that stands in the file, by its last name. */
  Optional<String> keyNamed(String name) {
    return places.keySet().stream()
        .filter(key -> key.equals(name) || key.endsWith("." + name))
        .findFirst();
  }

  /** Something is wrong with a key, or with all of the file if the key is empty. */
  ConfigFileException problem(String key, String problem, @Nullable Throwable cause) {
    return new ConfigFileException(file, placeOf(key), problem, cause);
  }

  /** Where a key stands; of one that does not, where the object stands in which it is missing. */
  private String placeOf(String key) {
    int dot = key.lastIndexOf('.');
    String place = places.get(key);
    return place != null ? place : dot < 0 ? "" : placeOf(key.substring(0, dot));
  }
}
