package org.charrnn.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.charrnn.api.Cell;
import org.charrnn.api.Initializer;
import org.charrnn.api.ParameterSpec;
import org.charrnn.api.Weights;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.junit.jupiter.api.Test;

/** The contract passes a good cell and catches each broken one, by the test that is meant to. */
class CellContractTest {

  static class Good extends CellContract {
    @Override
    protected Cell cell() {
      return new GoodCell();
    }
  }

  @Test
  void goodCell_passes() {
    assertEquals(Set.of(), ContractRun.failuresOf(Good.class));
  }

  /** The broken cells are not registered either, so that test fails for each. */
  private static void assertCaught(Class<?> contract, String... tests) {
    Set<String> expected = new TreeSet<>(Set.of(tests));
    expected.add("cell_isRegistered");
    assertEquals(expected, ContractRun.failuresOf(contract));
  }

  static class MixesRows extends CellContract {
    @Override
    protected Cell cell() {
      return new GoodCell() {
        @Override
        public List<Tensor> step(Tensor x, List<Tensor> state, Weights weights) {
          Tensor h = state.getFirst();
          Tensor ofAllRows = h.sumTo(Shape.of(h.shape().columns())).times(0.1);
          return List.of(sum(x, h, weights).plus(ofAllRows).tanh());
        }
      };
    }
  }

  @Test
  void cellThatMixesRows_isCaught() {
    assertCaught(MixesRows.class, "step_rowsOfABatchDoNotMix");
  }

  static class UsesAnUndeclaredParameter extends CellContract {
    @Override
    protected Cell cell() {
      return new GoodCell() {
        @Override
        public List<Tensor> step(Tensor x, List<Tensor> state, Weights weights) {
          return List.of(sum(x, state.getFirst(), weights).plus(weights.get("c")).tanh());
        }
      };
    }
  }

  @Test
  void cellWithUndeclaredParameter_isCaught() {
    Set<String> failures = ContractRun.failuresOf(UsesAnUndeclaredParameter.class);
    assertTrue(
        failures.containsAll(Set.of("step_keepsShapes", "gradients_agreeWithFiniteDifferences")),
        failures::toString);
  }

  static class LeavesAParameterUnused extends CellContract {
    @Override
    protected Cell cell() {
      return new GoodCell() {
        @Override
        public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
          List<ParameterSpec> specs = new ArrayList<>(super.parameters(inputSize, hiddenSize));
          specs.add(ParameterSpec.bias("c", hiddenSize));
          return specs;
        }
      };
    }
  }

  @Test
  void cellWithUnusedParameter_isCaught() {
    assertCaught(LeavesAParameterUnused.class, "parameters_areAllUsed");
  }

  static class DeclaresAParameterTwice extends CellContract {
    @Override
    protected Cell cell() {
      return new GoodCell() {
        @Override
        public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
          List<ParameterSpec> specs = new ArrayList<>(super.parameters(inputSize, hiddenSize));
          specs.add(specs.getLast());
          return specs;
        }
      };
    }
  }

  @Test
  void cellWithTwoParametersOfOneName_isCaught() {
    Set<String> failures = ContractRun.failuresOf(DeclaresAParameterTwice.class);
    assertTrue(failures.contains("parameters_areNamedAndStable"), failures::toString);
  }

  static class ForgetsTheBatch extends CellContract {
    @Override
    protected Cell cell() {
      return new GoodCell() {
        @Override
        public List<Tensor> step(Tensor x, List<Tensor> state, Weights weights) {
          Tensor next = sum(x, state.getFirst(), weights).tanh();
          return List.of(next.sumTo(Shape.of(next.shape().columns())));
        }
      };
    }
  }

  @Test
  void cellWhoseStateChangesItsShape_isCaught() {
    Set<String> failures = ContractRun.failuresOf(ForgetsTheBatch.class);
    assertTrue(failures.contains("step_keepsShapes"), failures::toString);
  }

  static class Overflows extends CellContract {
    @Override
    protected Cell cell() {
      return new GoodCell() {
        @Override
        public List<Tensor> step(Tensor x, List<Tensor> state, Weights weights) {
          Tensor exp = sum(x, state.getFirst(), weights).exp();
          return List.of(exp.dividedBy(exp.plus(1)));
        }
      };
    }
  }

  @Test
  void cellThatOverflows_isCaught() {
    assertCaught(Overflows.class, "step_largeInputs_stayFinite");
  }

  static class TellsIdsFromRows extends CellContract {
    @Override
    protected Cell cell() {
      return new GoodCell() {
        @Override
        public List<Tensor> step(Tensor x, List<Tensor> state, Weights weights) {
          Tensor input = x.type() == Type.I32 ? x : x.times(2);
          return List.of(sum(input, state.getFirst(), weights).tanh());
        }
      };
    }
  }

  @Test
  void cellThatTreatsIdsDifferently_isCaught() {
    assertCaught(TellsIdsFromRows.class, "step_idsStandForOneHotRows");
  }

  static class InitialisesAtWill extends CellContract {
    @Override
    protected Cell cell() {
      return new GoodCell() {
        @Override
        public List<ParameterSpec> parameters(int inputSize, int hiddenSize) {
          List<ParameterSpec> specs = new ArrayList<>(super.parameters(inputSize, hiddenSize));
          Initializer clock = (values, _) -> values[0] = System.nanoTime();
          specs.set(2, ParameterSpec.bias("b", hiddenSize, clock));
          return specs;
        }
      };
    }
  }

  @Test
  void cellWithInitialiserThatIgnoresTheSeed_isCaught() {
    assertCaught(InitialisesAtWill.class, "parameters_initialiseAlikeFromTheSameSeed");
  }

  static class HasABadName extends CellContract {
    @Override
    protected Cell cell() {
      return new GoodCell() {
        @Override
        public String name() {
          return "Good Cell";
        }
      };
    }
  }

  @Test
  void cellWithABadName_isCaught() {
    assertCaught(HasABadName.class, "name_isValid");
  }
}
