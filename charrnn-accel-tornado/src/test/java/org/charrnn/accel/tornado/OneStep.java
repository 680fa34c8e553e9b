package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.api.discovery.Accelerators;
import org.charrnn.api.network.BufferNames;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;

/** One run of a program on an accelerator and in plain Java, from the same memory. */
final class OneStep {

  /** Of the largest element of a tensor. */
  private static final double TOLERANCE = 1e-5;

  /** So large that a parameter after the step is hardly more than its gradient. */
  static final float RATE = 1000;

  /** So small that a mean of gradients is hardly more than the gradient of this step. */
  private static final float MEAN = 1e-5f;

  /**
   * Not smaller: an update would depend on the sign of its gradient alone. Not larger: it would not
   * depend on the square of its gradient.
   */
  private static final float SQUARE = 0.01f;

  private OneStep() {}

  /**
   * Asserts that the loss, parameters and states are those of "java", but for rounding. Gradients
   * are thus compared, too: an error of a gradient of 1e-4 of its largest element fails.
   */
  static void assertAgreesWithJava(Program program, int vocabulary, Accelerator accelerator) {
    assertAgreesWithJava(program, vocabulary, accelerator.open(AcceleratorOptions.defaults()));
  }

  /** The same in a session, which is closed. */
  static void assertAgreesWithJava(Program program, int vocabulary, Session session) {
    Accelerator java = Accelerators.choose(Optional.of("java"));
    Map<String, float[]> expected =
        run(program, vocabulary, java.open(AcceleratorOptions.defaults()));
    Map<String, float[]> actual = run(program, vocabulary, session);
    expected.forEach((name, values) -> assertAgree(name, values, actual.get(name)));
  }

  private static void assertAgree(String name, float[] expected, float[] actual) {
    double largest = 0;
    for (float number : expected) {
      largest = Math.max(largest, Math.abs(number));
    }
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], actual[i], TOLERANCE * largest, name + " at " + i);
    }
  }

  /** The floats after the run, by name. */
  private static Map<String, float[]> run(Program program, int vocabulary, Session opened) {
    Random random = new Random(11);
    Map<String, float[]> after = new HashMap<>();
    try (Session session = opened) {
      Map<String, Memory> memories = new HashMap<>();
      for (Buffer buffer : program.externals()) {
        Memory memory = session.allocate(buffer.type(), buffer.shape());
        memories.put(buffer.name(), memory);
        switch (buffer.role()) {
          case PARAMETER, CARRIED_STATE -> memory.write(numbers(buffer, -0.1f, 0.1f, random));
          case OPTIMIZER_STATE -> memory.write(stateOfOptimizer(buffer, random));
          case INPUT -> writeInput(buffer, memory, vocabulary, random);
          case OUTPUT, TEMPORARY -> {}
        }
      }
      session.compile(program, memories).run();
      for (Buffer buffer : program.externals()) {
        if (buffer.type() == Type.F32) {
          float[] values = new float[buffer.shape().elements()];
          memories.get(buffer.name()).read(values);
          after.put(buffer.name(), values);
        }
      }
    }
    return after;
  }

  private static void writeInput(Buffer buffer, Memory memory, int vocabulary, Random random) {
    int elements = buffer.shape().elements();
    switch (buffer.name()) {
      case BufferNames.IDS, BufferNames.TARGETS ->
          memory.write(random.ints(elements, 0, vocabulary).toArray());
      case BufferNames.LEARNING_RATE -> memory.write(new float[] {RATE});
      case BufferNames.STEP -> memory.write(new float[] {1});
      case BufferNames.DROPOUT_SEED -> memory.write(new int[] {7});
      default -> throw new IllegalArgumentException("an input without values: " + buffer);
    }
  }

  private static float[] stateOfOptimizer(Buffer buffer, Random random) {
    return buffer.name().endsWith(".squares")
        ? numbers(buffer, SQUARE / 2, SQUARE, random)
        : numbers(buffer, -MEAN, MEAN, random);
  }

  private static float[] numbers(Buffer buffer, float from, float to, Random random) {
    float[] numbers = new float[buffer.shape().elements()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = from + random.nextFloat() * (to - from);
    }
    return numbers;
  }
}
