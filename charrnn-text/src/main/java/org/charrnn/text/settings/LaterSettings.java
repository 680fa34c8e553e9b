package org.charrnn.text.settings;

import java.util.Map;
import java.util.Set;
import org.charrnn.api.network.DropoutKind;
import org.charrnn.api.network.GradientSum;
import org.charrnn.api.network.Norm;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.config.RoundConfig;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Settings that configurations written by earlier versions lack. Their values are those with which
 * these versions trained.
 *
 * <p><b>Thread safety.</b> Stateless.
 */
public final class LaterSettings {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private static final Map<String, Map<String, JsonNode>> VALUES =
      Map.of(
          "model",
          Map.of(
              "direction",
              constant(ReadingDirection.FORWARD),
              "residual",
              JSON.booleanNode(false),
              "norm",
              constant(Norm.NONE)),
          "optimizer",
          Map.of(
              "dropoutKind",
              constant(DropoutKind.INDEPENDENT),
              "recurrentDropout",
              JSON.numberNode(0.0),
              "gradientSum",
              constant(GradientSum.RUNNING)),
          "run",
          Map.of("steps", JSON.nullNode()),
          "rounds",
          Map.of(
              "workers",
              JSON.numberNode(1),
              "roundMode",
              constant(RoundConfig.Mode.OUTER),
              "outerEvery",
              JSON.numberNode(0),
              "outerLearningRate",
              JSON.numberNode(0.7),
              "outerMomentum",
              JSON.numberNode(0.9)));

  /** The parts that some configurations lack altogether. */
  private static final Set<String> LATER_PARTS = Set.of("rounds");

  private LaterSettings() {}

  private static JsonNode constant(Enum<?> value) {
    return JSON.stringNode(value.name());
  }

  /**
   * Adds the settings that a complete configuration lacks.
   *
   * @param config the configuration as JSON; anything else is left as it is
   */
  public static void addTo(JsonNode config) {
    if (config instanceof ObjectNode all && VALUES.keySet().stream().anyMatch(all::has)) {
      LATER_PARTS.stream().filter(part -> !all.has(part)).forEach(all::putObject);
    }
    VALUES.forEach((part, values) -> {
      if (config.get(part) instanceof ObjectNode settings) {
        values.forEach((name, value) -> {
          if (!settings.has(name)) {
            settings.set(name, value);
          }
        });
      }
    });
  }
}
