package org.charrnn.text.checkpoint;

import java.util.ArrayList;
import java.util.List;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Vocabulary;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The values of the metadata as JSON. Equal values give equal texts. */
final class Json {

  /**
   * Strict: a property too many, too few, or twice is an error, so that no option is ever dropped
   * in silence.
   */
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /** The vocabulary; a symbol's place is its id. */
  record Symbols(List<String> symbols, List<Long> counts) {}

  /** The state of training without its tensors; {@code corpus} is the fingerprint of the text. */
  record Training(Progress progress, String corpus) {}

  private Json() {}

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
    return MAPPER.writeValueAsString(new Training(training.progress(), training.corpusFingerprint()));
  }

  static String of(List<String> names) {
    return MAPPER.writeValueAsString(names);
  }

  static TrainingConfig config(String json) {
    return MAPPER.readValue(json, TrainingConfig.class);
  }

  static Vocabulary vocabulary(String json) {
    Symbols read = MAPPER.readValue(json, Symbols.class);
    if (read.symbols().size() != read.counts().size()) {
      throw new IllegalArgumentException(
          "%d symbols with %d counts".formatted(read.symbols().size(), read.counts().size()));
    }
    List<Vocabulary.Entry> entries = new ArrayList<>();
    for (int id = 0; id < read.symbols().size(); id++) {
      entries.add(new Vocabulary.Entry(read.symbols().get(id), read.counts().get(id)));
    }
    return Vocabulary.of(entries);
  }

  static Training training(String json) {
    return MAPPER.readValue(json, Training.class);
  }

  static List<String> names(String json) {
    List<String> names = new ArrayList<>();
    for (JsonNode name : MAPPER.readTree(json)) {
      names.add(name.asString());
    }
    return names;
  }
}
