package org.charrnn.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.charrnn.api.Hyperparameter;
import org.charrnn.api.Optimizer;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.testkit.cases.MomentumOptimizer;
import org.junit.jupiter.api.Test;

/**
 * The contract passes good optimizers and catches each broken one, by the test that is meant to.
 */
class OptimizerContractTest {

  static class Good extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return new GoodOptimizer();
    }
  }

  @Test
  void goodOptimizer_passes() {
    assertEquals(Set.of(), ContractRun.failuresOf(Good.class));
  }

  /** The optimizers below are not registered, so that test fails for each. */
  private static void assertCaught(Class<?> contract, String... tests) {
    Set<String> expected = new TreeSet<>(Set.of(tests));
    expected.add("optimizer_isRegistered");
    assertEquals(expected, ContractRun.failuresOf(contract));
  }

  static class Dense extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return new MomentumOptimizer();
    }
  }

  @Test
  void optimizerThatMovesEveryRow_passes() {
    assertCaught(Dense.class);
  }

  static class Ascends extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return new GoodOptimizer() {
        @Override
        public Update update(Tensor parameter, Tensor gradient, List<Tensor> state, Step step) {
          return super.update(parameter, gradient.negate(), state, step);
        }
      };
    }
  }

  @Test
  void optimizerThatAscends_isCaught() {
    assertCaught(Ascends.class, "update_goesAgainstTheGradient", "update_lowersAQuadratic");
  }

  static class IgnoresTheRate extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return new GoodOptimizer() {
        @Override
        public Update update(Tensor parameter, Tensor gradient, List<Tensor> state, Step step) {
          return Update.of(parameter.minus(gradient.times(0.01)), state.getFirst());
        }
      };
    }
  }

  @Test
  void optimizerThatIgnoresTheRate_isCaught() {
    assertCaught(IgnoresTheRate.class, "update_learningRateZero_changesNoParameter");
  }

  static class DividesByZero extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return new GoodOptimizer() {
        @Override
        public Update update(Tensor parameter, Tensor gradient, List<Tensor> state, Step step) {
          Tensor squares = state.getFirst().plus(gradient.square());
          Tensor change = step.learningRate().times(gradient).dividedBy(squares.sqrt());
          return Update.of(parameter.minus(change), squares);
        }
      };
    }
  }

  @Test
  void optimizerThatDividesByZero_isCaught() {
    assertCaught(
        DividesByZero.class,
        "update_staysFiniteInSinglePrecision",
        "update_rowByRow_isThatOfTheWholeTable"); // NaN in the rows that the sparse one leaves
    // alone
  }

  static class SquaresTooMuch extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return new GoodOptimizer() {
        @Override
        public Update update(Tensor parameter, Tensor gradient, List<Tensor> state, Step step) {
          Tensor fourth = gradient.square().square();
          Tensor root = fourth.sqrt().sqrt().plus(1e-8);
          return Update.of(
              parameter.minus(step.learningRate().times(gradient).dividedBy(root)),
              state.getFirst().plus(fourth));
        }
      };
    }
  }

  @Test
  void optimizerThatOverflowsInSinglePrecision_isCaught() {
    assertCaught(SquaresTooMuch.class, "update_staysFiniteInSinglePrecision");
  }

  static class ChangesAShape extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return new GoodOptimizer() {
        @Override
        public Update update(Tensor parameter, Tensor gradient, List<Tensor> state, Step step) {
          Update update = super.update(parameter, gradient, state, step);
          Tensor row = update.state().getFirst().sumTo(Shape.of(parameter.shape().columns()));
          return Update.of(update.parameter(), row);
        }
      };
    }
  }

  @Test
  void optimizerWhoseStateChangesItsShape_isCaught() {
    Set<String> failures = ContractRun.failuresOf(ChangesAShape.class);
    assertTrue(failures.contains("update_keepsShapes"), failures::toString);
  }

  static class ForgetsAState extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return new GoodOptimizer() {
        @Override
        public List<String> states() {
          return List.of("squares", "velocity");
        }
      };
    }
  }

  @Test
  void optimizerThatForgetsAState_isCaught() {
    Set<String> failures = ContractRun.failuresOf(ForgetsAState.class);
    assertTrue(failures.contains("update_keepsShapes"), failures::toString);
  }

  static class DeclaresBadly extends OptimizerContract {
    @Override
    protected Optimizer optimizer() {
      return new GoodOptimizer() {
        @Override
        public List<Hyperparameter> hyperparameters() {
          return List.of(
              super.hyperparameters().getFirst(),
              new Hyperparameter("Decay Rate", 0, 0, 1, "how fast"));
        }

        @Override
        public double defaultLearningRate() {
          return 0;
        }
      };
    }
  }

  @Test
  void optimizerWithBadDeclarations_isCaught() {
    assertCaught(
        DeclaresBadly.class,
        "hyperparameters_areValid",
        "defaultLearningRate_isPositive",
        "update_goesAgainstTheGradient",
        "update_lowersAQuadratic");
  }
}
