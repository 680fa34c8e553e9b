package org.charrnn.testkit;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.charrnn.api.Accelerator;
import org.charrnn.testkit.cases.BitwiseRun;
import org.charrnn.testkit.cases.ElementwiseCases;
import org.charrnn.testkit.cases.KernelCase;
import org.charrnn.testkit.cases.LoopCases;
import org.charrnn.testkit.cases.MatMulCases;
import org.charrnn.testkit.cases.PrimitiveCases;
import org.charrnn.testkit.cases.ReductionCases;
import org.charrnn.testkit.cases.TableCases;
import org.charrnn.testkit.cases.TrainingCase;
import org.charrnn.testkit.reference.ReferenceInterpreter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What every accelerator must do. Extend it next to the accelerator, return a new one from {@link
 * #accelerator()}, and every test here runs against it; where it is unavailable they are skipped,
 * with its reason.
 *
 * <p>Each kernel is compared with {@link ReferenceInterpreter} over odd shapes; where operands are
 * small whole numbers the result must be exact, so that a wrong index never hides behind a
 * tolerance. Whole networks are then trained for twenty steps. What sessions and memory promise is
 * in {@link SessionRules}.
 */
@DisplayName("Accelerator contract")
public abstract class AcceleratorContract extends SessionRules {

  /** For subclasses. */
  protected AcceleratorContract() {}

  /** The accelerator to be tested; a new instance each time. */
  @Override
  protected abstract Accelerator accelerator();

  /**
   * How far from the double-precision result one operation may be, relative to the numbers that
   * take part; 1e-5 is some hundred units in the last place. Training may be off by a hundred times
   * as much after twenty steps.
   */
  protected double tolerance() {
    return 1e-5;
  }

  @TestFactory
  Stream<DynamicTest> matMul() {
    return kernels(MatMulCases.all());
  }

  @TestFactory
  Stream<DynamicTest> primitive() {
    return kernels(PrimitiveCases.all());
  }

  @TestFactory
  Stream<DynamicTest> elementwise() {
    return kernels(ElementwiseCases.all());
  }

  @TestFactory
  Stream<DynamicTest> sum() {
    return kernels(ReductionCases.sums());
  }

  @TestFactory
  Stream<DynamicTest> crossEntropy() {
    return kernels(ReductionCases.crossEntropies());
  }

  @TestFactory
  Stream<DynamicTest> gatherScatterAndRows() {
    return kernels(TableCases.all());
  }

  @TestFactory
  Stream<DynamicTest> loop() {
    return kernels(LoopCases.all());
  }

  @TestFactory
  Stream<DynamicTest> training() {
    return TrainingCase.all()
        .map(training ->
            dynamicTest(training.name(), () -> training.check(accelerator(), tolerance())));
  }

  private Stream<DynamicTest> kernels(Stream<KernelCase> cases) {
    return cases.map(
        kernel -> dynamicTest(kernel.name(), () -> kernel.check(accelerator(), tolerance())));
  }

  @Test
  void run_oneThreadAndTwo_bitwiseTheSame() {
    BitwiseRun.requireSame(accelerator(), 1, 2);
  }

  @Test
  void run_twice_bitwiseTheSame() {
    BitwiseRun.requireSame(accelerator(), 2, 2);
  }
}
