package org.charrnn.accel.java.vector.matmul;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Optional;
import org.charrnn.accel.java.ProductCase;
import org.charrnn.accel.java.VectorAccelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Products of odd shapes, large enough for blocks, edges and parts of several threads. */
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
        ProductCase product =
            new ProductCase(shape[0], shape[1], shape[2], (kind & 1) != 0, (kind & 2) != 0);
        product.check(product.run(open(1)));
        product.check(product.run(open(1), true));
      }
    }
  }

  @Test
  void product_twoAndThreeThreads_sameBits() {
    for (int[] shape : SHAPES) {
      for (int kind = 0; kind < 4; kind++) {
        ProductCase product =
            new ProductCase(shape[0], shape[1], shape[2], (kind & 1) != 0, (kind & 2) != 0);
        float[] one = product.run(open(1));
        float[] constant = product.run(open(1), true); // sums of other kernels if they are long
        for (int threads = 2; threads <= 3; threads++) {
          assertArrayEquals(one, product.run(open(threads)), product.toString());
          assertArrayEquals(constant, product.run(open(threads), true), product.toString());
        }
      }
    }
  }

  /** Large enough for threads to take pieces of it when they are idle. */
  @Test
  void largeProduct_threeThreads_sameBitsAndAsInDoublePrecision() {
    for (boolean transposed : new boolean[] {false, true}) {
      ProductCase product =
          new ProductCase(117, 1010, 1180, transposed, false); // two parts of sums
      float[] one = product.run(open(1));
      product.check(one);
      assertArrayEquals(one, product.run(open(3), true), product.toString());
    }
  }

  private static Session open(int threads) {
    return new VectorAccelerator().open(new AcceleratorOptions(threads, Optional.empty()));
  }
}
