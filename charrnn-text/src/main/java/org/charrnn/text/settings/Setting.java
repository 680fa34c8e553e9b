package org.charrnn.text.settings;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.Schedule;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.config.annotation.Fixed;

/**
 * One component of a configuration with its value. Settings are read off the records by reflection,
 * so that a new component is listed, compared and checked without further code.
 *
 * @param option the name that {@link InvalidOptionException} uses, such as {@code hiddenSize}
 * @param fixed what keeps its value fixed; empty if it may change when a run is resumed
 * @param value the value; empty for the default of a plugin, or for none
 */
public record Setting(String option, Optional<Fixed.Scope> fixed, Optional<Object> value) {

  /** Options whose names differ from the component, by the path of the component. */
  private static final Map<String, String> NAMES =
      Map.of(
          "optimizer.name", "optimizer",
          "optimizer.hyperparameters", "hyperparameter",
          "sample.length", "sampleLength");

  /**
   * A setting that has different values in two configurations.
   *
   * @param before the setting of the first one
   * @param after the setting of the second one
   */
  public record Difference(Setting before, Setting after) {}

  /**
   * {@return all settings of a configuration, always the same ones in the same order}
   *
   * @param config the configuration
   */
  public static List<Setting> of(TrainingConfig config) {
    List<Setting> settings = new ArrayList<>();
    add("", config, settings);
    return List.copyOf(settings);
  }

  /**
   * {@return the settings in which two configurations differ} A size that is defined by another
   * size differs only if its effective value does, and is not listed in addition to that size.
   *
   * @param before the configuration before
   * @param after the configuration after
   */
  public static List<Difference> differences(TrainingConfig before, TrainingConfig after) {
    List<Difference> differences = compare(of(before), of(after));
    List<String> effective =
        compare(of(withEffectiveSizes(before)), of(withEffectiveSizes(after))).stream()
            .map(it -> it.after().option())
            .toList();
    return differences.stream().filter(it -> effective.contains(it.after().option())).toList();
  }

  /** The same with the sizes that other sizes define written out. */
  private static TrainingConfig withEffectiveSizes(TrainingConfig config) {
    return config.toBuilder()
        .model(it -> it.embeddingSize(config.model().embeddingColumns()))
        .build();
  }

  private static List<Difference> compare(List<Setting> before, List<Setting> after) {
    List<Difference> differences = new ArrayList<>();
    for (int i = 0; i < before.size(); i++) {
      if (!before.get(i).equals(after.get(i))) {
        differences.add(new Difference(before.get(i), after.get(i)));
      }
    }
    return differences;
  }

  /**
   * Checks that all settings of a scope have the same values.
   *
   * @param reason why they must, a clause that follows the expected value
   * @param scope the kind of run
   * @param expected the configuration of the checkpoint
   * @param actual the configuration of this run
   * @throws InvalidOptionException if one differs
   */
  public static void requireSame(
      Fixed.Scope scope, TrainingConfig expected, TrainingConfig actual, String reason) {
    for (Difference difference : differences(expected, actual)) {
      Setting before = difference.before();
      if (before.isFixed(scope)) {
        throw new InvalidOptionException(
            before.option(),
            difference.after().text(),
            String.format(Locale.ROOT, "%s, %s", before.text(), reason));
      }
    }
  }

  /**
   * {@return whether the value must stay the same for something of this scope}
   *
   * @param scope the kind of run
   */
  public boolean isFixed(Fixed.Scope scope) {
    return fixed.isPresent() && scope.includes(fixed.get());
  }

  private String text() {
    return value.map(Object::toString).orElse("none");
  }

  // ---- the walk over the records

  private static void add(String path, Record values, List<Setting> settings) {
    for (RecordComponent component : values.getClass().getRecordComponents()) {
      String name = path + component.getName();
      Object value = ConfigReflection.value(component, values);
      switch (value) {
        case Schedule schedule -> addSchedule(schedule, settings);
        case Record part -> add(name + ".", part, settings);
        default ->
            settings.add(
                new Setting(
                    NAMES.getOrDefault(name, component.getName()),
                    Optional.ofNullable(component.getAnnotation(Fixed.class)).map(Fixed::value),
                    optional(value)));
      }
    }
  }

  private static void addSchedule(Schedule schedule, List<Setting> settings) {
    settings.add(new Setting("schedule", Optional.empty(), Optional.of(schedule.label())));
    Map<String, Number> used = schedule.settings();
    for (String option : Schedule.OPTIONS) {
      settings.add(new Setting(option, Optional.empty(), Optional.ofNullable(used.get(option))));
    }
  }

  private static Optional<Object> optional(Object value) {
    return switch (value) {
      case OptionalInt it -> it.isPresent() ? Optional.of(it.getAsInt()) : Optional.empty();
      case OptionalLong it -> it.isPresent() ? Optional.of(it.getAsLong()) : Optional.empty();
      case OptionalDouble it -> it.isPresent() ? Optional.of(it.getAsDouble()) : Optional.empty();
      case Optional<?> it -> it.map(present -> present);
      case Map<?, ?> it -> it.isEmpty() ? Optional.empty() : Optional.of(it);
      default -> Optional.of(value);
    };
  }
}
