package org.charrnn.api;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The values of the hyperparameters of one plugin: those that the user set, and defaults.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
public final class Hyperparameters {

  private final Map<String, Double> values;

  private Hyperparameters(Map<String, Double> values) {
    this.values = Collections.unmodifiableMap(values);
  }

  /**
   * Checks the values that the user set and adds defaults.
   *
   * @param owner the name of the plugin, for messages
   * @param declared all hyperparameters of the plugin
   * @param set the values that the user set, by name
   * @return the values of all declared hyperparameters
   * @throws IllegalArgumentException if a name is unknown, or a value is out of range or NaN; the
   *     message lists the names or the range
   */
  public static Hyperparameters resolve(
      String owner, List<Hyperparameter> declared, Map<String, Double> set) {
    Map<String, Double> values = new TreeMap<>();
    for (Hyperparameter hyperparameter : declared) {
      values.put(
          hyperparameter.name(),
          hyperparameter.require(
              set.getOrDefault(hyperparameter.name(), hyperparameter.defaultValue())));
    }
    for (String name : set.keySet()) {
      if (!values.containsKey(name)) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "'%s' has no hyperparameter '%s'; it has %s",
                owner,
                name,
                values.keySet()));
      }
    }
    return new Hyperparameters(values);
  }

  /**
   * Checks the values that the user set for an optimizer and adds defaults.
   *
   * @param optimizer the optimizer
   * @param set the values that the user set, by name
   * @return the values of all hyperparameters of the optimizer
   * @throws IllegalArgumentException if a name is unknown, a value is out of range, or the values
   *     cannot be combined, see {@link Optimizer#check}
   * @throws org.charrnn.api.discovery.PluginException if the optimizer was found by its name and
   *     breaks its contract
   */
  public static Hyperparameters resolve(Optimizer optimizer, Map<String, Double> set) {
    Hyperparameters resolved = resolve(optimizer.name(), optimizer.hyperparameters(), set);
    optimizer.check(resolved);
    return resolved;
  }

  /**
   * {@return the default values of an optimizer}
   *
   * @param optimizer the optimizer
   * @throws IllegalArgumentException if the optimizer refuses its own defaults
   * @throws org.charrnn.api.discovery.PluginException if the optimizer was found by its name and
   *     breaks its contract
   */
  public static Hyperparameters defaultsOf(Optimizer optimizer) {
    return resolve(optimizer, Map.of());
  }

  /** {@return the values of a plugin without hyperparameters} */
  public static Hyperparameters none() {
    return new Hyperparameters(Map.of());
  }

  /**
   * {@return the value of a declared hyperparameter}
   *
   * @param name the name of a hyperparameter
   * @throws IllegalArgumentException if it was not declared
   */
  public double get(String name) {
    Double value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "hyperparameter '" + name + "' was not declared, only " + values.keySet());
    }
    return value;
  }

  /** {@return all values by name, sorted by name; unmodifiable} */
  public Map<String, Double> values() {
    return values;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hyperparameters that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
