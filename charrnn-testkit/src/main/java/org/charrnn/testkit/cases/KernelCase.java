package org.charrnn.testkit.cases;

import java.util.Map;
import org.charrnn.api.Accelerator;
import org.charrnn.graph.program.Program;

/**
 * A small program and the contents of its buffers.
 *
 * @param name describes the case
 * @param program the program
 * @param floats the contents of each external F32 buffer before the run
 * @param ints the contents of each external I32 buffer before the run
 * @param precision the precision that results must have
 */
public record KernelCase(
    String name,
    Program program,
    Map<String, float[]> floats,
    Map<String, int[]> ints,
    Precision precision) {

  /**
   * Runs the program on {@code accelerator} and on the reference, and compares all external
   * buffers.
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
