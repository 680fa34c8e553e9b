package org.charrnn.cli.report;

import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of {@code metrics.jsonl}.
 *
 * @param step the number of the step
 * @param epoch its epoch
 * @param nats the loss of its window in nats per character; NaN if it is not finite
 * @param learningRate the learning rate; empty in older files
 * @param gradientNorm the norm of the gradients before clipping; empty without clipping
 * @param charactersPerSecond the speed
 * @param validation the loss on the held-out text after this step, if measured
 */
record MetricsLine(
    long step,
    int epoch,
    double nats,
    OptionalDouble learningRate,
    OptionalDouble gradientNorm,
    double charactersPerSecond,
    OptionalDouble validation) {

  /**
   * Parses a line.
   *
   * @throws RuntimeException if it is malformed
   */
  static MetricsLine parse(String line) {
    JsonNode json = JsonMapper.shared().readTree(line);
    return new MetricsLine(
        json.required("step").longValue(),
        json.required("epoch").intValue(),
        json.path("nats_per_char").asDouble(Double.NaN),
        optional(json, "learning_rate"),
        optional(json, "gradient_norm"),
        json.path("chars_per_s").asDouble(Double.NaN),
        optional(json, "validation_nats_per_char"));
  }

  private static OptionalDouble optional(JsonNode json, String name) {
    JsonNode value = json.path(name);
    return value.isNumber() ? OptionalDouble.of(value.doubleValue()) : OptionalDouble.empty();
  }
}
