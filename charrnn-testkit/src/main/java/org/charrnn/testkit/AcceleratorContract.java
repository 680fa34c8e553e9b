package org.charrnn.testkit;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.charrnn.api.Accelerator;
import org.charrnn.testkit.cases.BitwiseRun;
import org.charrnn.testkit.cases.ChoiceCase;
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
 * The requirements for every accelerator. Extend this class in the tests of the accelerator and
 * return a new one from {@link #accelerator()}. Where the accelerator is unavailable, all tests are
 * skipped with its reason.
 *
 * <p>Each kernel is compared with {@link ReferenceInterpreter} over unusual shapes. Where operands
 * are small whole numbers the result must be exact, so that no tolerance hides a wrong index. Then
 * whole networks are trained for ten steps. {@link SessionRules} tests sessions and memory.
 *
 * <p><b>Thread safety.</b> None: JUnit runs the tests of a class on one thread.
 */
@DisplayName("Accelerator contract")
public abstract class AcceleratorContract extends SessionRules {

  /** For subclasses. */
  protected AcceleratorContract() {}

  /** {@return the accelerator under test, a new instance for each call} */
  @Override
  protected abstract Accelerator accelerator();

  /**
   * {@return the largest relative error of one operation compared with double precision} The
   * default, 1e-5, is about a hundred units in the last place. After ten training steps a hundred
   * times this error is allowed.
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

  /** If it has a chooser. */
  @TestFactory
  Stream<DynamicTest> chooser() {
    return ChoiceCase.all()
        .map(choice -> dynamicTest(choice.name(), () -> choice.check(accelerator())));
  }

  private Stream<DynamicTest> kernels(Stream<KernelCase> cases) {
    return cases.map(
        kernel -> dynamicTest(kernel.name(), () -> kernel.check(accelerator(), tolerance())));
  }

  @Test
  void run_oneThreadAndTwo_bitwiseEqual() {
    BitwiseRun.requireSame(accelerator(), 1, 2);
  }

  @Test
  void run_twice_bitwiseEqual() {
    BitwiseRun.requireSame(accelerator(), 2, 2);
  }
}
