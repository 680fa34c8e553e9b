package org.charrnn.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.charrnn.api.Cell;
import org.charrnn.api.Optimizer;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.Network;
import org.charrnn.api.network.Norm;
import org.charrnn.api.network.StateResets;
import org.charrnn.api.network.StepSpec;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.testkit.cases.CellStep;
import org.charrnn.testkit.gradient.GradientCheck;
import org.charrnn.testkit.gradient.GradientProbe;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The requirements for every cell. Extend this class in the tests of the cell and return a new one
 * from {@link #cell()}.
 *
 * <p>A cell has no backward pass of its own: its gradients are derived. They are checked
 * nevertheless, in double precision, in networks of one and of three layers.
 *
 * <p><b>Thread safety.</b> None: JUnit runs the tests of a class on one thread.
 */
@DisplayName("Cell contract")
public abstract class CellContract {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

  /** For subclasses. */
  protected CellContract() {}

  /** {@return the cell under test, a new instance for each call} */
  protected abstract Cell cell();

  // ---- declarations

  @Test
  void name_isValid() {
    PluginRules.requireValidName(this::cell);
  }

  @Test
  void cell_isRegistered() {
    PluginRules.requireRegistered(Plugins.cells(), cell());
  }

  @Test
  void states_areNamedAndStable() {
    requireNames("state", cell().states());
    assertFalse(
        cell().states().isEmpty(), "a cell needs at least one state; the first is its output");
    assertEquals(cell().states(), cell().states());
  }

  @Test
  void parameters_areNamedAndStable() {
    requireNames("parameter", cell().parameters(5, 3).stream().map(ParameterSpec::name).toList());
    assertEquals(describe(cell()), describe(cell()), "each call must return the same parameters");
  }

  private static void requireNames(String kind, List<String> names) {
    for (String name : names) {
      assertTrue(
          NAME.matcher(name).matches(),
          () -> "the name of a " + kind + " must match " + NAME + ": '" + name + "'");
    }
    assertEquals(Set.copyOf(names).size(), names.size(), () -> "duplicate names: " + names);
  }

  private static String describe(Cell cell) {
    return cell.parameters(5, 3).stream()
        .map(spec -> spec.name() + spec.shape() + spec.kind())
        .collect(Collectors.joining(", "));
  }

  @Test
  void parameters_sameSeed_initializeEqually() {
    for (ParameterSpec spec : cell().parameters(7, 4)) {
      float[] values = initialized(spec);
      for (float value : values) {
        assertTrue(Float.isFinite(value), () -> spec.name() + " is initialized with " + value);
      }
      assertArrayEquals(
          values, initialized(spec), () -> spec.name() + " does not depend on the seed alone");
    }
  }

  private static float[] initialized(ParameterSpec spec) {
    float[] values = new float[spec.shape().elements()];
    Arrays.fill(values, Float.NaN);
    spec.initializer().fill(values, new SeededRandom(3));
    return values;
  }

  @Test
  void parameters_areAllUsed() {
    List<String> unused = new CellStep(cell(), Type.F32, 2, 5, 3).unusedParameters();
    assertEquals(List.of(), unused, "parameters that affect no state");
  }

  // ---- one step

  @ParameterizedTest(name = "B {0}, input {1}, hidden {2}")
  @CsvSource({"1, 1, 1", "3, 5, 2", "2, 7, 7", "5, 2, 9", "1, 4, 3", "4, 1, 4"})
  void step_keepsShapes(int batch, int input, int hidden) {
    for (Type type : Type.values()) {
      for (Tensor state : new CellStep(cell(), type, batch, input, hidden).next()) {
        assertEquals(Shape.of(batch, hidden), state.shape(), () -> "input " + type);
      }
    }
  }

  @Test
  void step_idsStandForOneHotRows() {
    CellStep ids = new CellStep(cell(), Type.I32, 3, 4, 5);
    CellStep rows = new CellStep(cell(), Type.F32, 3, 4, 5);
    for (int b = 0; b < 3; b++) {
      ids.ids()[b] = 3 - b;
      rows.x()[b * 4 + 3 - b] = 1;
    }
    ids.run();
    rows.run();
    for (String state : cell().states()) {
      assertArrayEquals(rows.next(state), ids.next(state), 1e-12, state);
    }
  }

  @Test
  void step_largeInputs_stayFinite() {
    for (double large : new double[] {1e4, -1e4, 1e6}) {
      CellStep step = new CellStep(cell(), Type.F32, 3, 4, 5);
      Arrays.fill(step.x(), large);
      for (String state : cell().states()) {
        Arrays.setAll(step.state(state), i -> i % 2 == 0 ? large : -large);
      }
      step.run();
      for (String state : cell().states()) {
        for (double value : step.next(state)) {
          assertTrue(
              Double.isFinite(value), () -> state + " becomes " + value + " at inputs of " + large);
        }
      }
    }
  }

  @Test
  void step_rowsOfABatchAreIndependent() {
    CellStep before = new CellStep(cell(), Type.F32, 3, 4, 5);
    CellStep after = new CellStep(cell(), Type.F32, 3, 4, 5);
    for (CellStep step : List.of(before, after)) {
      Arrays.setAll(step.x(), i -> Math.sin(1 + i));
    }
    Arrays.fill(after.x(), 4, 8, 2.5); // the row in the middle
    for (String state : cell().states()) {
      Arrays.fill(after.state(state), 5, 10, -3);
    }
    before.run();
    after.run();
    for (String state : cell().states()) {
      for (int row : new int[] {0, 2}) {
        assertArrayEquals(
            before.next(state, row),
            after.next(state, row),
            () -> "row " + row + " of " + state + " depends on row 1 of the batch");
      }
    }
  }

  // ---- training

  @ParameterizedTest(name = "{0} layers, state carried: {1}, embedding {2}, tied: {3}")
  @CsvSource({
    "1, false, 0, false",
    "1, true, 0, false",
    "3, false, 0, false",
    "3, true, 0, false",
    "1, true, 3, false",
    "1, true, 4, true",
    "1, true, 3, true"
  })
  void gradients_agreeWithFiniteDifferences(
      int layers, boolean carryState, int embedding, boolean tied) {
    Architecture architecture = new Architecture(5, embedding, 4, layers, tied);
    gradientCheck(architecture, carryState, StateResets.NONE).requireBelow(1e-6);
  }

  /** No gradient crosses the start of a document. */
  @ParameterizedTest(name = "{0} layers, state carried: {1}")
  @CsvSource({"1, true", "2, false"})
  void gradients_stateIsReset_agreeWithFiniteDifferences(int layers, boolean carryState) {
    GradientCheck check =
        gradientCheck(new Architecture(5, 0, 4, layers, false), carryState, StateResets.MASKED);
    Arrays.setAll(check.floats(BufferNames.STATE_MASK), i -> i % 5 == 3 ? 0 : 1);
    check.requireBelow(1e-6);
  }

  /** Inputs of layers are normalized and added to their outputs. */
  @ParameterizedTest(name = "norm {0}, embedding {1}")
  @CsvSource({"NONE, 4", "RMS, 4", "LAYER, 3", "RMS, 0"})
  void gradients_deepNetwork_agreeWithFiniteDifferences(Norm norm, int embedding) {
    Architecture architecture = new Architecture(5, embedding, 4, 2, false).with(true, norm);
    gradientCheck(architecture, true, StateResets.NONE).requireBelow(1e-6);
  }

  private GradientCheck gradientCheck(
      Architecture architecture, boolean carryState, StateResets resets) {
    Network network = new Network(architecture, cell());
    Optimizer probe = new GradientProbe();
    StepSpec step =
        StepSpec.builder(4, 3).carryState(carryState).meanLoss(true).resets(resets).build();
    Map<String, String> gradients = new LinkedHashMap<>();
    network.parameters().keySet().forEach(name -> gradients.put(name, name + ".gradient"));
    GradientCheck check = new GradientCheck(network.train(step, probe), "loss", gradients);
    check.fillRandomly(architecture.layers());
    SeededRandom random = new SeededRandom(11);
    Arrays.setAll(check.ints("ids"), _ -> random.nextInt(5));
    Arrays.setAll(check.ints("targets"), _ -> random.nextInt(5));
    return check;
  }
}
