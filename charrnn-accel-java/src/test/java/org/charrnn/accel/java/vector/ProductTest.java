package org.charrnn.accel.java.vector;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import java.util.Random;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Products of odd shapes, so large that blocks, edges and shares of threads all occur. */
class ProductTest {

  private static final int[][] SHAPES = { // m, n, k
    {1, 1, 1},
    {1, 129, 40},
    {2, 77, 13},
    {3, 200, 35},
    {4, 31, 9},
    {5, 33, 400},
    {15, 64, 385},
    {29, 95, 771},
    {32, 160, 33},
    {170, 65, 97},
    {593, 47, 41}
  };

  @BeforeEach
  void requireVectors() {
    assumeTrue(new VectorAccelerator().availability() instanceof Availability.Available);
  }

  @Test
  void product_oddShapes_asInDoublePrecision() {
    for (int[] shape : SHAPES) {
      for (int kind = 0; kind < 4; kind++) {
        Case product = new Case(shape[0], shape[1], shape[2], (kind & 1) != 0, (kind & 2) != 0);
        product.check(product.run(1));
      }
    }
  }

  @Test
  void product_twoAndThreeThreads_sameBits() {
    for (int[] shape : SHAPES) {
      Case product = new Case(shape[0], shape[1], shape[2], false, shape[0] % 2 == 0);
      float[] one = product.run(1);
      assertArrayEquals(one, product.run(2), product.toString());
      assertArrayEquals(one, product.run(3), product.toString());
    }
  }

  private record Case(int m, int n, int k, boolean transposeA, boolean transposeB) {

    private float[] left() {
      return numbers(m * k, 1);
    }

    private float[] right() {
      return numbers(k * n, 2);
    }

    private static float[] numbers(int count, long seed) {
      Random random = new Random(seed);
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = random.nextFloat() - 0.5f;
      }
      return values;
    }

    float[] run(int threads) {
      Graph graph = new Graph();
      Shape leftShape = transposeA ? Shape.of(k, m) : Shape.of(m, k);
      Shape rightShape = transposeB ? Shape.of(n, k) : Shape.of(k, n);
      Tensor a = graph.input("a", Type.F32, leftShape);
      Tensor b = graph.input("b", Type.F32, rightShape);
      graph.output("c", graph.matmul(a, b, transposeA, transposeB));
      try (Session session =
          new VectorAccelerator().open(new AcceleratorOptions(threads, Optional.empty()))) {
        Memory left = session.allocate(Type.F32, leftShape);
        Memory right = session.allocate(Type.F32, rightShape);
        Memory result = session.allocate(Type.F32, Shape.of(m, n));
        left.write(left());
        right.write(right());
        session
            .compile(
                Compiler.compile(graph, "product"),
                java.util.Map.of("a", left, "b", right, "c", result))
            .run();
        float[] values = new float[m * n];
        result.read(values);
        return values;
      }
    }

    void check(float[] result) {
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
}
