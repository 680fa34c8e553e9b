package org.charrnn.text.snapshot;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.settings.LaterSettings;
import org.charrnn.text.unicode.Surrogates;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** The values of the metadata as JSON. Equal values give equal texts. */
final class Json {

  /**
   * Strict: an unknown, missing or repeated property, a null, and a value of another type are
   * errors, so that no option is ignored silently.
   */
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .changeDefaultNullHandling(_ -> JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .build();

  /** Made only once, since that reads the records by reflection. */
  private static final ObjectReader CONFIG = MAPPER.readerFor(TrainingConfig.class);

  /** The vocabulary; the index of a symbol is its id. */
  record Symbols(List<String> symbols, List<Long> counts) {}

  /** The state of training without its tensors; {@code corpus} is the fingerprint of the text. */
  record Training(Progress progress, String corpus) {}

  private Json() {}

  /** Loads classes that reading needs. */
  static void preload() {
    LaterSettings.addTo(MAPPER.readTree("{}"));
  }

  static String of(TrainingConfig config) {
    return MAPPER.writeValueAsString(config);
  }

  static String of(Vocabulary vocabulary) {
    return MAPPER.writeValueAsString(
        new Symbols(
            vocabulary.entries().stream().map(Vocabulary.Entry::symbol).toList(),
            vocabulary.entries().stream().map(Vocabulary.Entry::count).toList()));
  }

  static String of(TrainingState training) {
    return MAPPER.writeValueAsString(
        new Training(training.progress(), training.corpusFingerprint()));
  }

  static String of(SavedModel.Origin origin) {
    return MAPPER.writeValueAsString(origin);
  }

  static SavedModel.Origin origin(String json) {
    JsonNode origin = MAPPER.readTree(json);
    Class<? extends SavedModel.Origin> type =
        origin.has("imported") ? SavedModel.Origin.Imported.class : SavedModel.Origin.Run.class;
    return notNull(MAPPER.treeToValue(origin, type));
  }

  static String of(List<String> names) {
    return MAPPER.writeValueAsString(names);
  }

  static TrainingConfig config(String json) {
    JsonNode config = notNull(MAPPER.readTree(json));
    LaterSettings.addTo(config);
    return notNull(CONFIG.readValue(config));
  }

  static Training training(String json) {
    return notNull(MAPPER.readValue(json, Training.class));
  }

  private static <T> T notNull(@Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException("it is null");
    }
    return value;
  }

  /**
   * Reads a vocabulary, a symbol at a time.
   *
   * @param most the maximum number of symbols
   */
  static Vocabulary vocabulary(String json, long most) {
    List<String> symbols = new ArrayList<>();
    List<Long> counts = new ArrayList<>();
    try (JsonParser parser = MAPPER.createParser(json)) {
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
    try (JsonParser parser = MAPPER.createParser(json)) {
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
