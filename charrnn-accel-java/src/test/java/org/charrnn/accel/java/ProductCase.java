package org.charrnn.accel.java;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.Random;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;

/**
 * A product of random matrices, {@code [m, k]} times {@code [k, n]}, each stored transposed or not.
 */
public record ProductCase(int m, int n, int k, boolean transposeA, boolean transposeB) {

  private float[] left() {
    return numbers(m * k, 1);
  }

  private float[] right() {
    return numbers(k * n, 2);
  }

  /** Numbers between -0.5 and 0.5, always the same ones for a seed. */
  public static float[] numbers(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return values;
  }

  /** Computes it in a session, which is closed then. */
  public float[] run(Session opened) {
    return run(opened, false);
  }

  /**
   * Computes it in a session, which is closed then.
   *
   * @param madeAnew whether the program itself makes the right operand, which then cannot be kept
   *     from one run to the next
   */
  public float[] run(Session opened, boolean madeAnew) {
    Graph graph = new Graph();
    Shape leftShape = transposeA ? Shape.of(k, m) : Shape.of(m, k);
    Shape rightShape = transposeB ? Shape.of(n, k) : Shape.of(k, n);
    Tensor a = graph.input("a", Type.F32, leftShape);
    Tensor b = graph.input("b", Type.F32, rightShape);
    Tensor right = madeAnew ? b.times(0.5).times(2) : b;
    graph.output("c", graph.matmul(a, right, transposeA, transposeB));
    try (Session session = opened) {
      Memory left = session.allocate(Type.F32, leftShape);
      Memory given = session.allocate(Type.F32, rightShape);
      Memory result = session.allocate(Type.F32, Shape.of(m, n));
      left.write(left());
      given.write(right());
      session
          .compile(Compiler.compile(graph, "product"), Map.of("a", left, "b", given, "c", result))
          .run();
      float[] values = new float[m * n];
      result.read(values);
      return values;
    }
  }

  /** Compares with sums in double precision, in proportion to the terms of each. */
  public void check(float[] result) {
    float[] a = left();
    float[] b = right();
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        double size = 0;
        for (int p = 0; p < k; p++) {
          double term =
              (double) a[transposeA ? p * m + i : i * k + p]
                  * b[transposeB ? j * k + p : p * n + j];
          sum += term;
          size += Math.abs(term);
        }
        assertEquals(sum, result[i * n + j], 1e-6 * size, this + " at " + i + ", " + j);
      }
    }
  }
}
