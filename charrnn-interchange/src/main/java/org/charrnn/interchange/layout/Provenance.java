package org.charrnn.interchange.layout;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.charrnn.interchange.failure.InterchangeException;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.settings.ConfigJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a file says about its model besides the weights: an export of charrnn says all of it, other
 * files nothing.
 *
 * @param format what the model is read from, as {@code charrnn inspect} prints it
 * @param config the configuration of its training, if the file has it
 * @param symbols the symbols in the order of their ids; empty if the file does not have them
 * @param counts how often each of them occurs; empty if the file does not say
 */
public record Provenance(
    String format, Optional<TrainingConfig> config, List<String> symbols, List<Long> counts) {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** A file that says nothing. */
  public static Provenance unknown(String format) {
    return new Provenance(format, Optional.empty(), List.of(), List.of());
  }

  /** The same for other symbols. */
  public Provenance withoutCounts() {
    return new Provenance(format, config, symbols, List.of());
  }

  /**
   * What an export of charrnn says.
   *
   * @param source the file, for messages
   * @param configuration JSON text; empty for none
   * @param symbols a JSON array of strings; empty for none
   * @param counts a JSON array of integers; empty for none
   * @throws InterchangeException if one of them is not that
   */
  public static Provenance of(
      String source, String format, String configuration, String symbols, String counts) {
    return new Provenance(
        format, config(source, configuration), symbols(source, symbols), counts(source, counts));
  }

  private static Optional<TrainingConfig> config(String source, String json) {
    try {
      return json.isEmpty() ? Optional.empty() : Optional.of(ConfigJson.parse(json));
    } catch (IllegalArgumentException e) {
      throw new InterchangeException(
          source, "was exported by another version of charrnn: " + e.getMessage());
    }
  }

  private static List<String> symbols(String source, String json) {
    JsonNode array = array(source, "symbols", json);
    if (!array.valueStream().allMatch(JsonNode::isString)) {
      throw new InterchangeException(source, "has a symbol that is not a string");
    }
    return array.valueStream().map(JsonNode::stringValue).toList();
  }

  private static List<Long> counts(String source, String json) {
    JsonNode array = array(source, "counts", json);
    if (!array
        .valueStream()
        .allMatch(it -> it.isIntegralNumber() && it.canConvertToLong() && it.longValue() >= 0)) {
      throw new InterchangeException(source, "has a count that is not an integer of at least 0");
    }
    return array.valueStream().map(JsonNode::longValue).toList();
  }

  private static JsonNode array(String source, String what, String json) {
    try {
      JsonNode array = json.isEmpty() ? JSON.createArrayNode() : JSON.readTree(json);
      if (array.isArray()) {
        return array;
      }
    } catch (JacksonException _) {
      // reported below
    }
    throw new InterchangeException(
        source, String.format(Locale.ROOT, "has metadata with %s that are not a JSON array", what));
  }
}
