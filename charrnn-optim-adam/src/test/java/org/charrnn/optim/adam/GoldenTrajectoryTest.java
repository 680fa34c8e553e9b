package org.charrnn.optim.adam;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.charrnn.api.Hyperparameter;
import org.charrnn.api.Optimizer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Several steps of each optimizer against PyTorch's formula, written here as a loop over one weight
 * in double precision.
 */
class GoldenTrajectoryTest {

  /** Changes a weight as PyTorch would; remembers what it needs to. */
  private abstract static class Formula {
    private final Map<String, Double> values;
    double w;

    Formula(Map<String, Double> values) {
      this.values = values;
    }

    abstract void step(double gradient, double rate, int t);

    double get(String name) {
      return values.get(name);
    }
  }

  private static final class AdamFormula extends Formula {
    private final boolean decoupled;
    private double m;
    private double v;

    AdamFormula(Map<String, Double> values, boolean decoupled) {
      super(values);
      this.decoupled = decoupled;
    }

    @Override
    void step(double gradient, double rate, int t) {
      double g = gradient;
      if (decoupled) {
        w *= 1 - rate * get("weight-decay");
      } else {
        g += get("weight-decay") * w;
      }
      m = get("beta1") * m + (1 - get("beta1")) * g;
      v = get("beta2") * v + (1 - get("beta2")) * g * g;
      double mHat = m / (1 - Math.pow(get("beta1"), t));
      double vHat = v / (1 - Math.pow(get("beta2"), t));
      w -= rate * mHat / (Math.sqrt(vHat) + get("epsilon"));
    }
  }

  private static final class RmsPropFormula extends Formula {
    private double v;

    RmsPropFormula(Map<String, Double> values) {
      super(values);
    }

    @Override
    void step(double gradient, double rate, int t) {
      double g = gradient + get("weight-decay") * w;
      v = get("alpha") * v + (1 - get("alpha")) * g * g;
      w -= rate * g / (Math.sqrt(v) + get("epsilon"));
    }
  }

  private static final class SgdFormula extends Formula {
    private double buffer;

    SgdFormula(Map<String, Double> values) {
      super(values);
    }

    @Override
    void step(double gradient, double rate, int t) {
      double g = gradient + get("weight-decay") * w;
      buffer = t == 1 ? g : get("momentum") * buffer + g; // PyTorch begins with the gradient itself
      w -= rate * (get("nesterov") == 1 ? g + get("momentum") * buffer : buffer);
    }
  }

  static Stream<Arguments> optimizers() {
    return Stream.of(
        Arguments.of(new Adam(), Map.of()),
        Arguments.of(
            new Adam(), Map.of("weight-decay", 0.1, "beta1", 0.5, "beta2", 0.95, "epsilon", 1e-3)),
        Arguments.of(new Adam(), Map.of("beta1", 0.0, "beta2", 0.0)),
        Arguments.of(new AdamW(), Map.of()),
        Arguments.of(new AdamW(), Map.of("weight-decay", 0.3, "beta1", 0.95)),
        Arguments.of(new AdamW(), Map.of("weight-decay", 0.0)),
        Arguments.of(new RmsProp(), Map.of()),
        Arguments.of(new RmsProp(), Map.of("alpha", 0.95, "weight-decay", 0.1)),
        Arguments.of(new Sgd(), Map.of()),
        Arguments.of(new Sgd(), Map.of("momentum", 0.7, "nesterov", 1.0, "weight-decay", 0.1)),
        Arguments.of(new Sgd(), Map.of("momentum", 0.0)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("optimizers")
  void trajectory_isThatOfTheFormula(Optimizer optimizer, Map<String, Double> set) {
    Map<String, Double> values = new TreeMap<>();
    for (Hyperparameter hyperparameter : optimizer.hyperparameters()) {
      values.put(hyperparameter.name(), hyperparameter.defaultValue());
    }
    values.putAll(set);
    double[][] actual = Trajectory.of(optimizer, set);
    for (int i = 0; i < Trajectory.SIZE; i++) {
      Formula formula = formula(optimizer, values);
      formula.w = Trajectory.weight(i);
      for (int step = 1; step <= Trajectory.STEPS; step++) {
        formula.step(Trajectory.gradient(step, i), Trajectory.rate(step), step);
        assertEquals(formula.w, actual[step - 1][i], 1e-12, "weight " + i + " after step " + step);
      }
    }
  }

  private static Formula formula(Optimizer optimizer, Map<String, Double> values) {
    return switch (optimizer.name()) {
      case "adam" -> new AdamFormula(values, false);
      case "adamw" -> new AdamFormula(values, true);
      case "rmsprop" -> new RmsPropFormula(values);
      case "sgd" -> new SgdFormula(values);
      default -> throw new IllegalArgumentException(optimizer.name());
    };
  }
}
