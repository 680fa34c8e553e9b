package org.charrnn.text.snapshot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.Schedule;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.settings.LaterSettings;
import org.charrnn.text.unicode.Surrogates;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the values of the metadata from the JSON that {@link MetadataWriter} wrote. */
final class MetadataReader {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** The state of training without its tensors; {@code corpus} is the fingerprint of the text. */
  record Training(Progress progress, String corpus) {}

  private MetadataReader() {}

  /** Loads classes that reading needs. */
  static void preload() {
    LaterSettings.addTo(tree("{}"));
    RecordReader.read(Schedule.class, tree("{\"name\": \"constant\"}"));
  }

  static SavedModel.Origin origin(String json) {
    JsonNode origin = tree(json);
    return origin.has("imported")
        ? RecordReader.read(SavedModel.Origin.Imported.class, origin)
        : RecordReader.read(SavedModel.Origin.Run.class, origin);
  }

  static TrainingConfig config(String json) {
    JsonNode config = tree(json);
    LaterSettings.addTo(config);
    return RecordReader.read(TrainingConfig.class, config);
  }

  static Training training(String json) {
    return RecordReader.read(Training.class, tree(json));
  }

  private static JsonParser parser(String json) {
    return JSON.createParser(ObjectReadContext.empty(), json);
  }

  // ---- trees

  private static JsonNode tree(String json) {
    try (JsonParser parser = parser(json)) {
      if (parser.nextToken() == null) {
        throw new IllegalArgumentException("it is empty");
      }
      JsonNode tree = node(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("it contains more than one JSON value");
      }
      return tree;
    }
  }

  /** The value at the current token. */
  private static JsonNode node(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> NODES.stringNode(parser.getString());
      case VALUE_NUMBER_INT ->
          parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? NODES.numberNode(parser.getBigIntegerValue())
              : NODES.numberNode(parser.getLongValue());
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      default -> throw new IllegalArgumentException("expected a JSON value");
    };
  }

  private static ObjectNode object(JsonParser parser) {
    ObjectNode object = NODES.objectNode();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      object.set(name, node(parser));
    }
    return object;
  }

  private static ArrayNode array(JsonParser parser) {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(node(parser));
    }
    return array;
  }

  // ---- long lists

  /**
   * Reads a vocabulary, a symbol at a time.
   *
   * @param most the maximum number of symbols
   */
  static Vocabulary vocabulary(String json, long most) {
    List<String> symbols = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    try (JsonParser parser = parser(json)) {
      require(parser.nextToken() == JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean isCount = parser.currentName().equals("counts");
        require(isCount || parser.currentName().equals("symbols"));
        require(parser.nextToken() == JsonToken.START_ARRAY);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          if (isCount) {
            require(parser.currentToken() == JsonToken.VALUE_NUMBER_INT);
            counts.add(parser.getLongValue());
          } else {
            require(parser.currentToken() == JsonToken.VALUE_STRING);
            symbols.add(symbol(parser.getString()));
          }
          if (Math.max(symbols.size(), counts.size()) > most) {
            throw new IllegalArgumentException("it has more symbols than there are parameters");
          }
        }
      }
      require(parser.nextToken() == null);
    }
    if (symbols.size() != counts.size() || symbols.isEmpty()) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d symbols with %d counts", symbols.size(), counts.size()));
    }
    List<Vocabulary.Entry> entries = new ArrayList<>(symbols.size());
    for (int id = 0; id < symbols.size(); id++) {
      entries.add(new Vocabulary.Entry(symbols.get(id), counts.get(id)));
    }
    return Vocabulary.of(entries);
  }

  private static String symbol(String symbol) {
    if (Surrogates.firstUnpaired(symbol) >= 0) {
      throw new IllegalArgumentException("a symbol contains an unpaired surrogate");
    }
    return symbol;
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalArgumentException(
          "expected an object with an array 'symbols' of strings and an array 'counts' of integers");
    }
  }

  static List<String> names(String json) {
    List<String> names = new ArrayList<>();
    try (JsonParser parser = parser(json)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new IllegalArgumentException("expected an array of strings");
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
          throw new IllegalArgumentException("expected an array of strings");
        }
        names.add(parser.getString());
      }
    }
    return names;
  }
}
