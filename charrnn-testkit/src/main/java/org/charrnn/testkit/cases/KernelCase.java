package org.charrnn.testkit.cases;

import java.util.Map;
import org.charrnn.api.Accelerator;
import org.charrnn.graph.program.Program;

/**
 * A small program with the numbers to run it on.
 *
 * @param name what is special about it
 * @param program what to run
 * @param floats what each external F32 buffer holds before the run
 * @param ints what each external I32 buffer holds before the run
 * @param precision how close results must come to the reference
 */
public record KernelCase(
    String name,
    Program program,
    Map<String, float[]> floats,
    Map<String, int[]> ints,
    Precision precision) {

  /**
   * Runs the program on {@code accelerator} and in the reference, and compares every buffer that
   * can be seen.
   */
  public void check(Accelerator accelerator, double tolerance) {
    try (SideBySide sides = new SideBySide(accelerator, tolerance)) {
      SideBySide.Pair pair = sides.compile(program);
      floats.forEach(pair::write);
      ints.forEach(pair::write);
      pair.run();
      pair.requireAgreement(precision);
    }
  }
}
