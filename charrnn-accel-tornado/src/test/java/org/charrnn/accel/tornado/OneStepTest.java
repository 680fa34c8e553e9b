package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.charrnn.accel.tornado.lowering.Programs;
import org.charrnn.accel.tornado.runtime.JavaMemory;
import org.charrnn.accel.tornado.runtime.JavaTarget;
import org.charrnn.accel.tornado.runtime.TornadoSession;
import org.charrnn.graph.program.Program;
import org.junit.jupiter.api.Test;

/** The comparison of a step sees small errors. */
class OneStepTest {

  private static final int VOCABULARY = 50;

  /** A device on which all updates, and so all gradients, are wrong by a factor. */
  private static TornadoSession withUpdatesTimes(float factor) {
    return new TornadoSession(
        new JavaTarget(
            true,
            size ->
                new JavaMemory(size) {
                  @Override
                  public void write(int base, float[] values) {
                    boolean isRate = values.length == 1 && values[0] == OneStep.RATE;
                    super.write(base, isRate ? new float[] {values[0] * factor} : values);
                  }
                }));
  }

  @Test
  void gradientsWithASmallError_areSeen() {
    Program program = Programs.training(3, 20, 6);
    OneStep.assertAgreesWithJava(program, VOCABULARY, withUpdatesTimes(1));
    for (float factor : new float[] {1.0001f, 0.9999f}) {
      TornadoSession session = withUpdatesTimes(factor);
      String message =
          assertThrows(
                  AssertionError.class,
                  () -> OneStep.assertAgreesWithJava(program, VOCABULARY, session))
              .getMessage();
      assertTrue(message.matches("(gru|output)\\..* at \\d+ ==> .*"), message);
    }
  }
}
