package org.charrnn.testkit.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Set;
import org.charrnn.api.Accelerator;
import org.charrnn.graph.BinaryFunction;
import org.charrnn.graph.UnaryFunction;
import org.charrnn.testkit.AcceleratorContract;
import org.charrnn.testkit.ContractRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/**
 * The contract catches each broken accelerator, by the test that is meant to; that it passes a good
 * one is seen in {@link ReferenceAcceleratorTest}.
 */
class AcceleratorContractTest {

  abstract static class Computing extends AcceleratorContract {

    private final Kernels kernels;

    Computing(Kernels kernels) {
      this.kernels = kernels;
    }

    @Override
    protected Accelerator accelerator() {
      return new ReferenceAccelerator(kernels);
    }
  }

  private static void assertCaught(Class<?> contract, String test) {
    assertTrue(ContractRun.fails(contract, test), () -> test + " passes " + contract);
  }

  // ---- tolerances

  static class SinglePrecision extends Computing {
    SinglePrecision() {
      super(new SinglePrecisionKernels());
    }

    @Override
    protected double tolerance() {
      return 2e-6; // a fifth of what others are allowed
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "matMul",
        "primitive",
        "elementwise",
        "sum",
        "crossEntropy",
        "gatherScatterAndRows",
        "loop",
        "training"
      })
  void singlePrecision_passes(String test) {
    assertFalse(ContractRun.fails(SinglePrecision.class, test), "the tolerance is too narrow");
  }

  // ---- kernels

  static class WrongTanh extends Computing {
    WrongTanh() {
      super(BrokenKernels.wrong(UnaryFunction.TANH));
    }
  }

  @Test
  void wrongTanh_isCaught() {
    assertCaught(WrongTanh.class, "primitive");
    assertCaught(WrongTanh.class, "elementwise");
    assertCaught(WrongTanh.class, "training");
  }

  static class WrongGreater extends Computing {
    WrongGreater() {
      super(BrokenKernels.wrong(BinaryFunction.GREATER));
    }
  }

  @Test
  void wrongGreater_isCaught() {
    assertCaught(WrongGreater.class, "primitive");
  }

  static class MaximumWithoutNaN extends Computing {
    MaximumWithoutNaN() {
      super(BrokenKernels.maximumWithoutNaN());
    }
  }

  @Test
  void maximumThatSwallowsNaN_isCaught() {
    assertCaught(MaximumWithoutNaN.class, "primitive");
  }

  static class IgnoresTransposeB extends Computing {
    IgnoresTransposeB() {
      super(BrokenKernels.ignoringTransposeB());
    }
  }

  @Test
  void ignoredTransposition_isCaught() {
    assertCaught(IgnoresTransposeB.class, "matMul");
    assertCaught(IgnoresTransposeB.class, "training");
  }

  static class IgnoresAddends extends Computing {
    IgnoresAddends() {
      super(BrokenKernels.ignoringAddends());
    }
  }

  @Test
  void ignoredAddend_isCaught() {
    assertCaught(IgnoresAddends.class, "matMul");
  }

  static class ScattersOntoOldValues extends Computing {
    ScattersOntoOldValues() {
      super(BrokenKernels.scatteringOntoOldValues());
    }
  }

  @Test
  void scatterThatDoesNotBeginWithZeros_isCaught() {
    assertCaught(ScattersOntoOldValues.class, "gatherScatterAndRows");
  }

  static class ScattersWithoutAdding extends Computing {
    ScattersWithoutAdding() {
      super(BrokenKernels.scatteringWithoutAdding());
    }
  }

  @Test
  void scatterThatForgetsRepeatedIds_isCaught() {
    assertCaught(ScattersWithoutAdding.class, "gatherScatterAndRows");
    assertCaught(ScattersWithoutAdding.class, "training");
  }

  static class OneResultAfterAnother extends Computing {
    OneResultAfterAnother() {
      super(BrokenKernels.oneResultAfterAnother());
    }
  }

  @Test
  void resultsWrittenOverOperandsTooEarly_areCaught() {
    assertCaught(OneResultAfterAnother.class, "elementwise");
  }

  static class SoftmaxOverflows extends Computing {
    SoftmaxOverflows() {
      super(BrokenKernels.softmaxThatOverflows());
    }
  }

  @Test
  void softmaxThatOverflows_isCaught() {
    assertCaught(SoftmaxOverflows.class, "crossEntropy");
  }

  static class UpdatesTooManyRows extends Computing {
    UpdatesTooManyRows() {
      super(BrokenKernels.updatingRowsThatAreNotThere());
    }
  }

  @Test
  void updateOfRowsThatAreNotThere_isCaught() {
    assertCaught(UpdatesTooManyRows.class, "gatherScatterAndRows");
  }

  static class NeverRepeats extends Computing {
    NeverRepeats() {
      super(BrokenKernels.thatNeverRepeat());
    }
  }

  @Test
  void resultsThatNeverRepeat_areCaught() {
    assertCaught(NeverRepeats.class, "run_twice_bitwiseTheSame");
  }

  // ---- sessions

  static class DependsOnThreads extends AcceleratorContract {
    @Override
    protected Accelerator accelerator() {
      return BrokenSessions.dependingOnThreads();
    }
  }

  @Test
  void resultsThatDependOnThreads_areCaught() {
    assertCaught(DependsOnThreads.class, "run_oneThreadAndTwo_bitwiseTheSame");
  }

  static class KnowsOneDirection extends AcceleratorContract {
    @Override
    protected Accelerator accelerator() {
      return BrokenSessions.knowingOneDirection();
    }
  }

  @Test
  void loopsThatDoNotRunInReverse_areCaught() {
    assertCaught(KnowsOneDirection.class, "loop");
    assertCaught(KnowsOneDirection.class, "training");
  }

  static class Leaks extends AcceleratorContract {

    private final Accelerator leaking = BrokenSessions.leaking();

    @Override
    protected Accelerator accelerator() {
      return leaking;
    }
  }

  @Test
  void memoryThatLeaksBetweenSessions_isCaught() {
    assertCaught(Leaks.class, "sessions_areIndependent");
    assertCaught(Leaks.class, "compile_memoryOfAnotherSession");
    assertCaught(Leaks.class, "close_endsEverything");
  }

  static class Lenient extends AcceleratorContract {
    @Override
    protected Accelerator accelerator() {
      return BrokenSessions.lenient();
    }
  }

  @Test
  void missingMemoryThatIsMadeUp_isCaught() {
    assertCaught(Lenient.class, "compile_missingExternal_isNamed");
  }

  static class RunsOnce extends AcceleratorContract {
    @Override
    protected Accelerator accelerator() {
      return BrokenSessions.runningOnce();
    }
  }

  @Test
  void programThatRunsOnlyOnce_isCaught() {
    assertCaught(RunsOnce.class, "run_readsAndUpdates");
    assertCaught(RunsOnce.class, "training");
  }

  static class KeepsOperands extends AcceleratorContract {
    @Override
    protected Accelerator accelerator() {
      return BrokenSessions.keepingOperands();
    }
  }

  @Test
  void operandsThatAreReadOnce_areCaught() {
    assertCaught(KeepsOperands.class, "run_seesOperandsThatChangedBetweenRuns");
  }

  static class IsUnavailable extends AcceleratorContract {
    @Override
    protected Accelerator accelerator() {
      return BrokenSessions.unavailable();
    }
  }

  @Test
  void unavailableAccelerator_isSkipped() {
    assertEquals(Set.of(), ContractRun.failuresOf(IsUnavailable.class));
    EngineExecutionResults results = ContractRun.run(selectClass(IsUnavailable.class));
    assertEquals(0, results.testEvents().succeeded().count());
    assertTrue(results.testEvents().aborted().count() > 20);
  }
}
