package org.charrnn.text.settings;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
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
 * A JSON object with the location of each key in its file. A key is identified by its path, such as
 * {@code model.hiddenSize}.
 *
 * @param file the file
 * @param root the object
 * @param locations the location of each key, by path
 */
record LocatedJson(Path file, ObjectNode root, Map<String, String> locations) {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * Reads an object.
   *
   * @throws ConfigFileException if the text is not JSON, not an object, or has a duplicate key
   */
  static LocatedJson parse(Path file, String text) {
    try {
      return new LocatedJson(file, object(file, text), locations(text));
    } catch (JacksonException e) {
      throw new ConfigFileException(
          file,
          location(e.getLocation()),
          "this is not JSON: " + e.getOriginalMessage().replaceFirst(" \\(start marker.*", ""),
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

  private static Map<String, String> locations(String text) {
    Map<String, String> locations = new LinkedHashMap<>();
    try (JsonParser parser = MAPPER.createParser(text)) {
      parser.nextToken();
      walk(parser, "", locations);
    }
    return locations;
  }

  /** Walks through one value, whose first token has been read. */
  private static void walk(JsonParser parser, String path, Map<String, String> locations) {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      parser.skipChildren();
    } else if (parser.currentToken() == JsonToken.START_OBJECT) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String key = path.isEmpty() ? parser.currentName() : path + "." + parser.currentName();
        locations.put(key, location(parser.currentTokenLocation()));
        parser.nextToken();
        walk(parser, key, locations);
      }
    }
  }

  private static String location(@Nullable TokenStreamLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : String.format(
            Locale.ROOT, "line %d, column %d", location.getLineNr(), location.getColumnNr());
  }

  /** The path of a key of the file, by its last name. */
  Optional<String> keyNamed(String name) {
    return locations.keySet().stream()
        .filter(key -> key.equals(name) || key.endsWith("." + name))
        .findFirst();
  }

  /** A problem of a key, or of the whole file if the key is empty. */
  ConfigFileException problem(String key, String problem, @Nullable Throwable cause) {
    return new ConfigFileException(file, locationOf(key), problem, cause);
  }

  /** The location of a key; if it is missing, that of the object that should have it. */
  private String locationOf(String key) {
    int dot = key.lastIndexOf('.');
    String location = locations.get(key);
    return location != null ? location : dot < 0 ? "" : locationOf(key.substring(0, dot));
  }
}
