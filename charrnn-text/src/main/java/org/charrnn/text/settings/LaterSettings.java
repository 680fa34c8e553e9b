package org.charrnn.text.settings;

import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.charrnn.api.network.DropoutKind;
import org.charrnn.api.network.GradientSum;
import org.charrnn.api.network.Norm;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.config.RoundMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Settings that configurations written by earlier versions lack. Their values are those with which
 * these versions trained.
 */
final class LaterSettings {

  private static final Map<String, Map<String, Object>> VALUES =
      Map.of(
          "model",
          Map.of("direction", ReadingDirection.FORWARD, "residual", false, "norm", Norm.NONE),
          "optimizer",
          Map.of(
              "dropoutKind",
              DropoutKind.INDEPENDENT,
              "recurrentDropout",
              0.0,
              "gradientSum",
              GradientSum.RUNNING),
          "run",
          Map.of("steps", OptionalLong.empty()),
          "rounds",
          Map.of(
              "workers",
              1,
              "roundMode",
              RoundMode.OUTER,
              "outerEvery",
              0,
              "outerLearningRate",
              0.7,
              "outerMomentum",
              0.9));

  /** The parts that some configurations lack altogether. */
  private static final Set<String> LATER_PARTS = Set.of("rounds");

  private LaterSettings() {}

  /** Adds the settings that a complete configuration lacks; anything else is left as it is. */
  static void addTo(JsonNode config) {
    if (config instanceof ObjectNode all && VALUES.keySet().stream().anyMatch(all::has)) {
      LATER_PARTS.stream().filter(part -> !all.has(part)).forEach(all::putObject);
    }
    VALUES.forEach((part, values) -> {
      if (config.get(part) instanceof ObjectNode settings) {
        values.forEach((name, value) -> {
          if (!settings.has(name)) {
            settings.putPOJO(name, value instanceof Enum<?> constant ? constant.name() : value);
          }
        });
      }
    });
  }
}
