package org.charrnn.cli.options;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.charrnn.api.network.DropoutKind;
import org.charrnn.api.network.GradientSum;
import org.charrnn.api.network.Norm;
import org.charrnn.text.config.DocumentConfig;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.config.RoundConfig;
import org.charrnn.text.settings.Setting;

/** The settings of a configuration as the command line spells them. */
public final class SettingText {

  private static final Set<String> WITHOUT_OPTION =
      Set.of("vocabularyOrder", "initialDeviation", "meanLoss", "gradientSum");

  /** The values of settings that are not set, where that is not {@code none}. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "embeddingSize", ModelOptions.HIDDEN,
          "initialDeviation", "of the cell",
          "learningRate", "of the optimizer",
          "prompt", "first symbol");

  private SettingText() {}

  /** The option of a setting, or its name in the configuration if there is no option. */
  public static String label(Setting setting) {
    return WITHOUT_OPTION.contains(setting.option())
        ? setting.option()
        : OptionNames.of(setting.option());
  }

  /** The value of a setting. */
  public static String value(Setting setting) {
    return setting
        .value()
        .map(SettingText::text)
        .orElseGet(() -> DEFAULTS.getOrDefault(setting.option(), "none"));
  }

  private static String text(Object value) {
    return switch (value) {
      case Duration time -> Times.format(time);
      case ReadingDirection direction -> direction.label();
      case DocumentConfig.Separator separator -> Named.label(separator);
      case Norm norm -> Named.label(norm);
      case DropoutKind kind -> Named.label(kind);
      case GradientSum sum -> Named.label(sum);
      case RoundConfig.Mode mode -> Named.label(mode);
      case Map<?, ?> numbers ->
          numbers.entrySet().stream().map(Map.Entry::toString).collect(Collectors.joining(" "));
      default -> value.toString();
    };
  }
}
