package org.charrnn.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.charrnn.api.Accelerator;
import org.charrnn.testkit.reference.BrokenKernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.testkit.engine.EngineExecutionResults;

/**
 * The contract fails each broken accelerator, by the test meant for its fault; {@link
 * ReferenceAcceleratorTest} shows that it passes a correct one.
 */
class AcceleratorContractTest {

  private static void assertCaught(Accelerator accelerator, String... tests) {
    for (String test : tests) {
      assertTrue(ContractRun.ACCELERATOR.fails(() -> accelerator, test), () -> test + " passes");
    }
  }

  // ---- tolerances

  static class NarrowTolerance extends ContractRun.OfAccelerator {
    @Override
    protected double tolerance() {
      return 2e-6; // a fifth of the default
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
    assertFalse(
        new ContractRun<Accelerator>(NarrowTolerance.class)
            .fails(BrokenKernels::singlePrecision, test),
        "the tolerance is too narrow");
  }

  // ---- kernels

  @Test
  void wrongTanh_isCaught() {
    assertCaught(BrokenKernels.wrongTanh(), "primitive", "elementwise", "training");
  }

  @Test
  void wrongGreater_isCaught() {
    assertCaught(BrokenKernels.wrongGreater(), "primitive");
  }

  @Test
  void maximumWithoutNaN_isCaught() {
    assertCaught(BrokenKernels.maximumWithoutNaN(), "primitive");
  }

  @Test
  void ignoredTransposition_isCaught() {
    assertCaught(BrokenKernels.ignoringTransposeRight(), "matMul", "training");
  }

  @Test
  void ignoredAddend_isCaught() {
    assertCaught(BrokenKernels.ignoringAddends(), "matMul");
  }

  @Test
  void scatterOntoOldValues_isCaught() {
    assertCaught(BrokenKernels.scatteringOntoOldValues(), "gatherScatterAndRows");
  }

  @Test
  void scatterThatIgnoresRepeatedIds_isCaught() {
    assertCaught(BrokenKernels.scatteringWithoutAdding(), "gatherScatterAndRows", "training");
  }

  @Test
  void resultsWrittenOverOperandsTooEarly_areCaught() {
    assertCaught(BrokenKernels.writingResultsInSequence(), "elementwise");
  }

  @Test
  void overflowingSoftmax_isCaught() {
    assertCaught(BrokenKernels.overflowingSoftmax(), "crossEntropy");
  }

  @Test
  void updateOfRowsOfNegativeIds_isCaught() {
    assertCaught(BrokenKernels.updatingRowsOfNegativeIds(), "gatherScatterAndRows");
  }

  @Test
  void unrepeatableResults_areCaught() {
    assertCaught(BrokenKernels.unrepeatable(), "run_twice_bitwiseEqual");
  }

  // ---- sessions

  @Test
  void resultsThatDependOnThreads_areCaught() {
    assertCaught(BrokenSessions.dependingOnThreads(), "run_oneThreadAndTwo_bitwiseEqual");
  }

  @Test
  void ignoredDirectionOfLoops_isCaught() {
    assertCaught(BrokenSessions.ignoringReverse(), "loop", "training");
  }

  @Test
  void memoryThatLeaksBetweenSessions_isCaught() {
    assertCaught(
        BrokenSessions.leaking(),
        "sessions_areIndependent",
        "compile_memoryOfAnotherSession",
        "close_endsEverything");
  }

  @Test
  void missingExternalThatIsAllocated_isCaught() {
    assertCaught(BrokenSessions.lenient(), "compile_missingExternal_isNamed");
  }

  @Test
  void programThatRunsOnlyOnce_isCaught() {
    assertCaught(BrokenSessions.runningOnce(), "run_readsAndUpdates", "training");
  }

  @Test
  void operandsThatAreReadOnce_areCaught() {
    assertCaught(
        BrokenSessions.cachingOperands(),
        "run_readsOperandsThatChangedBetweenRuns",
        "run_readsOperandsOfLoopsThatChangedBetweenRuns");
  }

  @Test
  void partsOfTheHostThatAreDoneLater_areCaught() {
    assertCaught(
        BrokenSessions.returningEarly(),
        "forEach_eachPartOnce_withinTheCall",
        "forEach_partThatFails");
  }

  @Test
  void rowsThatAreKept_areCaught() {
    assertCaught(BrokenSessions.keepingRows(), "hostRows_areThoseOfTheMemory");
  }

  @Test
  void unavailableAccelerator_isSkipped() {
    assertEquals(Set.of(), ContractRun.ACCELERATOR.failures(BrokenSessions::unavailable));
    EngineExecutionResults results = ContractRun.ACCELERATOR.execute(BrokenSessions::unavailable);
    assertEquals(0, results.testEvents().succeeded().count());
    assertTrue(results.testEvents().aborted().count() > 20);
  }
}
