package org.charrnn.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.charrnn.api.Hyperparameter;
import org.charrnn.api.Optimizer;
import org.charrnn.api.Optimizer.Update;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.testkit.cases.MomentumOptimizer;
import org.junit.jupiter.api.Test;

/**
 * The contract passes correct optimizers and fails each broken one, by the test meant for its
 * fault.
 */
class OptimizerContractTest {

  private static final Optimizer CORRECT = new AlteredOptimizer();

  /** Exactly these tests fail. */
  private static void assertCaught(Optimizer optimizer, String... tests) {
    assertEquals(Set.of(tests), ContractRun.OPTIMIZER.failures(() -> optimizer));
  }

  /** This test fails, and possibly others. */
  private static void assertCaughtAmongOthers(Optimizer optimizer, String test) {
    Set<String> failures = ContractRun.OPTIMIZER.failures(() -> optimizer);
    assertTrue(failures.contains(test), failures::toString);
  }

  @Test
  void correctOptimizer_passes() {
    assertCaught(CORRECT);
  }

  @Test
  void optimizerThatMovesEveryRow_passes() {
    assertCaught(new MomentumOptimizer(), "optimizer_isRegistered"); // which it is not
  }

  @Test
  void ascent_isCaught() {
    assertCaught(
        AlteredOptimizer.withUpdate((parameter, gradient, state, context) ->
            CORRECT.update(parameter, gradient.negate(), state, context)),
        "update_reducesTheLossToFirstOrder",
        "update_minimizesAQuadratic");
  }

  @Test
  void ignoredLearningRate_isCaught() {
    assertCaught(
        AlteredOptimizer.withUpdate((parameter, gradient, state, _) ->
            Update.of(parameter.minus(gradient.times(0.01)), state.getFirst())),
        "update_learningRateZero_changesNoParameter");
  }

  /** Rows whose gradient is zero become NaN, but only if the whole table is updated. */
  @Test
  void divisionByZero_isCaught() {
    assertCaught(
        AlteredOptimizer.withUpdate((parameter, gradient, state, context) -> {
          Tensor squares = state.getFirst().plus(gradient.square());
          Tensor change = context.learningRate().times(gradient).dividedBy(squares.sqrt());
          return Update.of(parameter.minus(change), squares);
        }),
        "update_staysFiniteInSinglePrecision",
        "update_rowByRow_equalsUpdateOfTheWholeTable");
  }

  @Test
  void overflowInSinglePrecision_isCaught() {
    assertCaught(
        AlteredOptimizer.withUpdate((parameter, gradient, state, context) -> {
          Tensor fourth = gradient.square().square();
          Tensor root = fourth.sqrt().sqrt().plus(1e-8);
          return Update.of(
              parameter.minus(context.learningRate().times(gradient).dividedBy(root)),
              state.getFirst().plus(fourth));
        }),
        "update_staysFiniteInSinglePrecision");
  }

  @Test
  void stateThatChangesItsShape_isCaught() {
    assertCaughtAmongOthers(
        AlteredOptimizer.withUpdate((parameter, gradient, state, context) -> {
          Update update = CORRECT.update(parameter, gradient, state, context);
          Tensor row = update.state().getFirst().sumTo(Shape.of(parameter.shape().columns()));
          return Update.of(update.parameter(), row);
        }),
        "update_keepsShapes");
  }

  @Test
  void missingState_isCaught() {
    assertCaughtAmongOthers(
        AlteredOptimizer.withDeclarations(
            CORRECT.defaultLearningRate(), List.of("squares", "velocity")),
        "update_keepsShapes");
  }

  @Test
  void invalidDeclarations_areCaught() {
    assertCaught(
        AlteredOptimizer.withDeclarations(
            0, CORRECT.states(), new Hyperparameter("Decay Rate", 0, 0, 1, "speed of decay")),
        "hyperparameters_areValid",
        "defaultLearningRate_isPositive",
        "update_reducesTheLossToFirstOrder",
        "update_minimizesAQuadratic");
  }
}
