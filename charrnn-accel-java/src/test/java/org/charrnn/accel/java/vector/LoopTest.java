package org.charrnn.accel.java.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.charrnn.accel.java.ProductCase;
import org.charrnn.accel.java.VectorAccelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.junit.jupiter.api.Test;

/**
 * A loop over time, {@code s = tanh(x + s * w)}, with as many rows as columns, so that weights and
 * states have the same shape.
 */
class LoopTest {

  private static final int STEPS = 6;
  private static final int SIZE = 29;

  private final float[] inputs = ProductCase.numbers(STEPS * SIZE * SIZE, 1);
  private final float[] weights = ProductCase.numbers(SIZE * SIZE, 2);

  @Test
  void loop_oneToThreeThreads_sameBitsAndAsInDoublePrecision() {
    assumeTrue(new VectorAccelerator().availability() instanceof Availability.Available);
    float[] one = run(1);
    check(one);
    assertArrayEquals(one, run(2));
    assertArrayEquals(one, run(3));
  }

  private float[] run(int threads) {
    Graph graph = new Graph();
    Tensor x = graph.input("x", Type.F32, Shape.of(STEPS, SIZE, SIZE));
    Tensor w = graph.input("w", Type.F32, Shape.of(SIZE, SIZE));
    Graph.Scanned scanned =
        graph.scan(
            List.of(x),
            List.of(graph.zeros(Shape.of(SIZE, SIZE))),
            (slices, carried) -> {
              Tensor state = slices.getFirst().plus(carried.getFirst().matmul(w)).tanh();
              return new Graph.StepResult(List.of(state), List.of(state));
            });
    graph.output("states", scanned.outputs().getFirst());
    try (Session session =
        new VectorAccelerator().open(new AcceleratorOptions(threads, Optional.empty()))) {
      Memory given = session.allocate(Type.F32, Shape.of(STEPS, SIZE, SIZE));
      Memory matrix = session.allocate(Type.F32, Shape.of(SIZE, SIZE));
      Memory states = session.allocate(Type.F32, Shape.of(STEPS, SIZE, SIZE));
      given.write(inputs);
      matrix.write(weights);
      session
          .compile(
              Compiler.compile(graph, "loop"), Map.of("x", given, "w", matrix, "states", states))
          .run();
      float[] values = new float[STEPS * SIZE * SIZE];
      states.read(values);
      return values;
    }
  }

  private void check(float[] states) {
    double[] state = new double[SIZE * SIZE];
    for (int t = 0; t < STEPS; t++) {
      double[] next = new double[SIZE * SIZE];
      for (int i = 0; i < SIZE * SIZE; i++) {
        double sum = inputs[t * SIZE * SIZE + i];
        for (int p = 0; p < SIZE; p++) {
          sum += state[i / SIZE * SIZE + p] * weights[p * SIZE + i % SIZE];
        }
        next[i] = Math.tanh(sum);
        assertEquals(next[i], states[t * SIZE * SIZE + i], 1e-5, "step " + t + ", element " + i);
      }
      state = next;
    }
  }
}
