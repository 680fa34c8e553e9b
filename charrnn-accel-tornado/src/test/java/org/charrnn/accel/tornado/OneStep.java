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
import org.charrnn.api.network.Network;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;

/** One step of training from the same parameters on an accelerator and in plain Java. */
final class OneStep {

  /** Of the largest element of a tensor. */
  private static final double TOLERANCE = 1e-5;

  private static final float RATE = 0.01f;

  private OneStep() {}

  /** Asserts that the loss, parameters and states are those of "java", but for rounding. */
  static void assertAgreesWithJava(
      Network network, Program program, int vocabulary, Accelerator accelerator) {
    Accelerator java = Accelerators.choose(Optional.of("java"));
    Map<String, float[]> expected = run(network, program, vocabulary, java);
    Map<String, float[]> actual = run(network, program, vocabulary, accelerator);
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

  /** The floats after the step, by name. */
  private static Map<String, float[]> run(
      Network network, Program program, int vocabulary, Accelerator accelerator) {
    Random random = new Random(11);
    Map<String, float[]> after = new HashMap<>();
    try (Session session = accelerator.open(AcceleratorOptions.defaults())) {
      Map<String, Memory> memories = new HashMap<>();
      for (Buffer buffer : program.externals()) {
        Memory memory = session.allocate(buffer.type(), buffer.shape());
        memories.put(buffer.name(), memory);
        int elements = buffer.shape().elements();
        switch (buffer.name()) {
          case BufferNames.IDS, BufferNames.TARGETS ->
              memory.write(random.ints(elements, 0, vocabulary).toArray());
          case BufferNames.LEARNING_RATE -> memory.write(new float[] {RATE});
          default -> {
            if (network.parameters().containsKey(buffer.name())) {
              memory.write(numbers(elements, random));
            }
          }
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

  private static float[] numbers(int count, Random random) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextFloat() * 0.2f - 0.1f;
    }
    return numbers;
  }
}
