package org.charrnn.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HyperparametersTest {

  private static final Hyperparameter DECAY =
      new Hyperparameter("weight-decay", 0.1, 0, 1, "pulls weights to zero");
  private static final Hyperparameter BETA =
      new Hyperparameter("beta", 0.9, 0, 0.999, "how long it remembers");

  private static Hyperparameters resolve(Map<String, Double> set) {
    return Hyperparameters.resolve("momentum", List.of(DECAY, BETA), set);
  }

  @Test
  void resolve_nothingSet_givesDefaults_sortedByName() {
    assertEquals("{beta=0.9, weight-decay=0.1}", resolve(Map.of()).toString());
    assertEquals(List.of("beta", "weight-decay"), List.copyOf(resolve(Map.of()).values().keySet()));
  }

  @Test
  void resolve_whatIsSet_replacesTheDefault() {
    Hyperparameters values = resolve(Map.of("beta", 0.5));
    assertEquals(0.5, values.get("beta"));
    assertEquals(0.1, values.get("weight-decay"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  void resolve_limits_areAllowed(double value) {
    assertEquals(value, resolve(Map.of("weight-decay", value)).get("weight-decay"));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.001, 1.001, Double.NaN, Double.POSITIVE_INFINITY})
  void resolve_outOfRange_namesRangeAndValue(double value) {
    var error =
        assertThrows(IllegalArgumentException.class, () -> resolve(Map.of("weight-decay", value)));
    assertEquals("weight-decay must be in [0.0, 1.0]: " + value, error.getMessage());
  }

  @Test
  void resolve_unknownName_listsThoseThatExist() {
    var error = assertThrows(IllegalArgumentException.class, () -> resolve(Map.of("gamma", 1.0)));
    assertEquals(
        "'momentum' has no hyperparameter 'gamma'; it has [beta, weight-decay]",
        error.getMessage());
  }

  @Test
  void get_undeclared() {
    var error = assertThrows(IllegalArgumentException.class, () -> resolve(Map.of()).get("gamma"));
    assertEquals(
        "hyperparameter 'gamma' was not declared, only [beta, weight-decay]", error.getMessage());
  }

  @Test
  void values_cannotBeChanged() {
    assertThrows(
        UnsupportedOperationException.class, () -> resolve(Map.of()).values().put("beta", 0.0));
  }

  @Test
  void equals_byValues() {
    assertEquals(resolve(Map.of()), resolve(Map.of("beta", 0.9)));
    assertEquals(resolve(Map.of()).hashCode(), resolve(Map.of("beta", 0.9)).hashCode());
    assertNotEquals(resolve(Map.of()), resolve(Map.of("beta", 0.8)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, 2, Double.NaN})
  void new_defaultOutOfRange(double defaultValue) {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> new Hyperparameter("rho", defaultValue, 0, 1, "decay"));
    assertEquals("the default of rho must be in [0.0, 1.0]: " + defaultValue, error.getMessage());
  }

  @Test
  void new_limitsThatAreNoNumbers() {
    assertThrows(
        IllegalArgumentException.class, () -> new Hyperparameter("rho", 0, Double.NaN, 1, "decay"));
    assertThrows(
        IllegalArgumentException.class, () -> new Hyperparameter("rho", 0, 0, Double.NaN, "decay"));
  }

  @Test
  void acceleratorOptions_threads() {
    assertEquals(3, AcceleratorOptions.defaults().withThreads(3).threads());
    assertEquals(
        Runtime.getRuntime().availableProcessors(), AcceleratorOptions.defaults().threads());
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> AcceleratorOptions.defaults().withThreads(0));
    assertEquals("threads must be at least 1: 0", error.getMessage());
  }
}
