package org.charrnn.text.snapshot;

import java.util.List;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Vocabulary;
import tools.jackson.databind.json.JsonMapper;

/**
 * The values of the metadata as JSON, which {@link MetadataReader} reads. Equal values give equal
 * texts.
 */
final class MetadataWriter {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** The vocabulary; the index of a symbol is its id. */
  record Symbols(List<String> symbols, List<Long> counts) {}

  private MetadataWriter() {}

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
        new MetadataReader.Training(training.progress(), training.corpusFingerprint()));
  }

  static String of(SavedModel.Origin origin) {
    return MAPPER.writeValueAsString(origin);
  }

  static String of(List<String> names) {
    return MAPPER.writeValueAsString(names);
  }
}
