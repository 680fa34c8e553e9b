package org.charrnn.cli.report;

import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One line of {@code metrics.jsonl}.
 *
 * @param step its number
 * @param epoch the pass it belongs to
 * @param nats the loss of its window, in nats per character; NaN if there is none
 * @param learningRate what the optimizer was told; empty in older files
 * @param gradientNorm before clipping; empty if there is no clipping
 * @param charactersPerSecond the rate
 * @param validation the loss on the held-out text after this step, where it was measured
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
   * Reads a line.
   *
   * @throws RuntimeException if it is none
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
