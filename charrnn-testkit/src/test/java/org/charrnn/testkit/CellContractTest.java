package org.charrnn.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.charrnn.api.Cell;
import org.charrnn.api.Initializer;
import org.charrnn.api.ParameterSpec;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.junit.jupiter.api.Test;

/**
 * The contract passes a correct cell and fails each broken one, by the test meant for its fault.
 */
class CellContractTest {

  /** Exactly these tests fail. */
  private static void assertCaught(Cell cell, String... tests) {
    assertEquals(Set.of(tests), ContractRun.CELL.failures(() -> cell));
  }

  /** These tests fail, and possibly others. */
  private static void assertCaughtAmongOthers(Cell cell, String... tests) {
    Set<String> failures = ContractRun.CELL.failures(() -> cell);
    assertTrue(failures.containsAll(Set.of(tests)), failures::toString);
  }

  private static Tensor sumOfRows(Tensor tensor) {
    return tensor.sumTo(Shape.of(tensor.shape().columns()));
  }

  @Test
  void correctCell_passes() {
    assertCaught(new AlteredCell());
  }

  @Test
  void mixedRows_areCaught() {
    assertCaught(
        AlteredCell.withOutput(h -> h.plus(sumOfRows(h).times(0.1)).tanh()),
        "step_rowsOfABatchAreIndependent");
  }

  @Test
  void undeclaredParameter_isCaught() {
    assertCaughtAmongOthers(
        AlteredCell.withStep((x, state, weights) -> List.of(weights.get("undeclared"), x)),
        "step_keepsShapes",
        "gradients_agreeWithFiniteDifferences");
  }

  @Test
  void unusedParameter_isCaught() {
    assertCaught(
        AlteredCell.withParameters((specs, hidden) -> specs.add(ParameterSpec.bias("c", hidden))),
        "parameters_areAllUsed");
  }

  @Test
  void duplicateParameter_isCaught() {
    assertCaughtAmongOthers(
        AlteredCell.withParameters((specs, _) -> specs.add(specs.getLast())),
        "parameters_areNamedAndStable");
  }

  @Test
  void stateThatChangesItsShape_isCaught() {
    assertCaughtAmongOthers(
        AlteredCell.withOutput(CellContractTest::sumOfRows), "step_keepsShapes");
  }

  @Test
  void overflow_isCaught() {
    assertCaught(
        AlteredCell.withStep((x, state, weights) -> {
          Tensor exp = state.getFirst().exp();
          List<Tensor> next = new AlteredCell().step(x, state, weights);
          return List.of(next.getFirst().times(exp.dividedBy(exp.plus(1))), next.getLast());
        }),
        "step_largeInputs_stayFinite");
  }

  @Test
  void idsTreatedDifferentlyFromRows_areCaught() {
    assertCaught(
        AlteredCell.withInput(x -> x.type() == Type.I32 ? x : x.times(2)),
        "step_idsStandForOneHotRows");
  }

  @Test
  void initializerThatIgnoresTheSeed_isCaught() {
    Initializer clock = (values, _) -> values[0] = System.nanoTime();
    assertCaught(
        AlteredCell.withParameters((specs, hidden) ->
            specs.replaceAll(
                spec -> spec.name().equals("b") ? ParameterSpec.bias("b", hidden, clock) : spec)),
        "parameters_sameSeed_initializeEqually");
  }

  @Test
  void invalidName_isCaught() {
    assertCaught(AlteredCell.named("Sample Cell"), "name_isValid", "cell_isRegistered");
  }
}
