package org.charrnn.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.charrnn.api.Hyperparameter;
import org.charrnn.api.Hyperparameters;
import org.charrnn.api.Optimizer;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.graph.Optimization;
import org.charrnn.graph.Shape;
import org.charrnn.testkit.cases.Numbers;
import org.charrnn.testkit.cases.OptimizerRun;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The requirements for every optimizer. Extend this class in the tests of the optimizer and return
 * a new one from {@link #optimizer()}. The optimizer must descend and stay finite; its formula is
 * left to its own tests.
 *
 * <p><b>Thread safety.</b> None: JUnit runs the tests of a class on one thread.
 */
@DisplayName("Optimizer contract")
public abstract class OptimizerContract {

  private static final Pattern STATE_NAME = Pattern.compile("[A-Za-z0-9_-]+");
  private static final Pattern HYPERPARAMETER_NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
  private static final Shape SHAPE = Shape.of(3, 4);

  /** For subclasses. */
  protected OptimizerContract() {}

  /** {@return the optimizer under test, a new instance for each call} */
  protected abstract Optimizer optimizer();

  // ---- declarations

  @Test
  void name_isValid() {
    PluginRules.requireValidName(this::optimizer);
  }

  @Test
  void optimizer_isRegistered() {
    PluginRules.requireRegistered(Plugins.optimizers(), optimizer());
  }

  @Test
  void states_areNamedAndStable() {
    List<String> states = optimizer().states();
    for (String state : states) {
      assertTrue(
          STATE_NAME.matcher(state).matches(),
          () -> "the name of a state must match " + STATE_NAME + ": '" + state + "'");
    }
    assertEquals(Set.copyOf(states).size(), states.size(), () -> "duplicate names: " + states);
    assertEquals(states, optimizer().states());
  }

  @Test
  void hyperparameters_areValid() {
    List<Hyperparameter> declared = optimizer().hyperparameters();
    for (Hyperparameter hyperparameter : declared) {
      assertTrue(
          HYPERPARAMETER_NAME.matcher(hyperparameter.name()).matches(),
          () -> "a name must be lower-case words joined by hyphens: " + hyperparameter);
      assertTrue(
          !hyperparameter.meaning().isBlank(), () -> "the meaning is missing: " + hyperparameter);
      assertTrue(
          Double.isFinite(hyperparameter.defaultValue()),
          () -> "the default must be finite: " + hyperparameter);
    }
    Hyperparameters resolved = Hyperparameters.resolve(optimizer().name(), declared, Map.of());
    assertEquals(declared.size(), resolved.values().size(), () -> "duplicate names: " + declared);
  }

  @Test
  void defaultLearningRate_isPositive() {
    double rate = optimizer().defaultLearningRate();
    assertTrue(rate > 0 && Double.isFinite(rate), () -> "the default learning rate is " + rate);
  }

  // ---- updates

  @Test
  void update_keepsShapes() {
    for (Shape shape :
        List.of(Shape.SCALAR, Shape.of(1), Shape.of(5), Shape.of(1, 1), SHAPE, Shape.of(4, 1))) {
      OptimizerRun run = run(shape);
      Arrays.fill(run.gradient(), 0.5);
      run.step();
      requireFinite(run, "after a step with shape " + shape);
    }
  }

  @Test
  void update_reducesTheLossToFirstOrder() {
    OptimizerRun run = run(SHAPE);
    fill(run.gradient(), 1, 1);
    double[] before = start(run);
    run.step();
    double product = 0;
    for (int i = 0; i < before.length; i++) {
      product += (run.parameter()[i] - before[i]) * run.gradient()[i];
    }
    assertTrue(
        product < 0, "the product of the first step and the gradient must be negative: " + product);
  }

  @Test
  void update_minimizesAQuadratic() {
    OptimizerRun run = run(SHAPE);
    double[] target = start(run);
    double[] curvature = new double[target.length];
    for (int i = 0; i < target.length; i++) {
      target[i] += i % 2 == 0 ? 0.3 : -0.3;
      curvature[i] = 0.2 + 0.1 * i;
    }
    double first = quadratic(run, target, curvature);
    for (int i = 0; i < 300; i++) {
      quadratic(run, target, curvature);
      run.step();
    }
    double last = quadratic(run, target, curvature);
    assertTrue(
        last < 0.99 * first,
        () ->
            "300 steps at the default learning rate change a quadratic from "
                + first
                + " to "
                + last);
  }

  /** Returns the value of the quadratic and stores its gradient for the next step. */
  private static double quadratic(OptimizerRun run, double[] target, double[] curvature) {
    double sum = 0;
    for (int i = 0; i < target.length; i++) {
      double distance = run.parameter()[i] - target[i];
      sum += 0.5 * curvature[i] * distance * distance;
      run.gradient()[i] = curvature[i] * distance;
    }
    return sum;
  }

  @Test
  void update_learningRateZero_changesNoParameter() {
    OptimizerRun run = run(SHAPE);
    run.learningRate(0);
    double[] before = start(run);
    for (int i = 0; i < 3; i++) {
      fill(run.gradient(), i, 1);
      run.step();
    }
    assertArrayEquals(before, run.parameter());
  }

  @ParameterizedTest(name = "gradients of {0}")
  @ValueSource(doubles = {0, 1e-38, 1e-30, 1e-12, 1e6, 1e18})
  void update_staysFiniteInSinglePrecision(double size) {
    OptimizerRun run = OptimizerRun.inSinglePrecision(optimizer(), SHAPE);
    start(run);
    for (int i = 0; i < 10; i++) {
      Arrays.fill(run.gradient(), i % 3 == 2 ? -size : size);
      run.step();
      requireFinite(run, "after gradients of " + size);
    }
    fill(run.gradient(), 3, 1);
    run.step();
    requireFinite(run, "after ordinary gradients that follow gradients of " + size);
  }

  // ---- tables of which a step reads a few rows

  @Test
  void update_rowByRow_equalsUpdateOfTheWholeTable() {
    OptimizerRun some = table(EnumSet.allOf(Optimization.class));
    OptimizerRun all = table(EnumSet.complementOf(EnumSet.of(Optimization.ROW_SPARSE_UPDATES)));
    SeededRandom random = new SeededRandom(5);
    start(some);
    start(all);
    for (int step = 0; step < 8; step++) {
      int[] ids = Numbers.ids(6, 40, random);
      double[] values = random.doubles(6 * 3, -1, 1).toArray();
      for (OptimizerRun run : List.of(some, all)) {
        System.arraycopy(ids, 0, run.ids(), 0, ids.length);
        System.arraycopy(values, 0, run.values(), 0, values.length);
        run.step();
      }
      assertArrayEquals(all.parameter(), some.parameter(), 1e-12);
      for (String state : optimizer().states()) {
        assertArrayEquals(all.state(state), some.state(state), 1e-12, state);
      }
    }
  }

  private OptimizerRun table(Set<Optimization> optimizations) {
    return OptimizerRun.ofTable(optimizer(), 40, 3, 6, optimizations);
  }

  private OptimizerRun run(Shape shape) {
    return OptimizerRun.ofGradient(optimizer(), shape);
  }

  /** Fills the parameter and returns a copy. */
  private static double[] start(OptimizerRun run) {
    fill(run.parameter(), 99, 1);
    return run.parameter().clone();
  }

  private static void fill(double[] values, long seed, double size) {
    SeededRandom random = new SeededRandom(seed);
    Arrays.setAll(values, _ -> (float) (size * random.nextGaussian()));
  }

  private static void requireFinite(OptimizerRun run, String when) {
    requireFinite(run.parameter(), "the parameter " + when);
    run.states().forEach(state -> requireFinite(state, "a state " + when));
  }

  private static void requireFinite(double[] values, String name) {
    for (double value : values) {
      assertTrue(Double.isFinite(value), () -> name + " is " + value);
    }
  }
}
