package org.charrnn.accel.java.rows;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.charrnn.accel.java.ProductCase;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.api.Session;
import org.junit.jupiter.api.Test;

/** Products of odd shapes with both tiles, whichever this machine would choose. */
class ProductTest {

  private static final List<RowTile> TILES = List.of(new FusedTile(), new PlainTile());

  private static final int[][] SHAPES = { // m, n, k
    {1, 1, 1},
    {1, 129, 41},
    {2, 77, 13},
    {3, 200, 35},
    {4, 31, 9},
    {5, 33, 400},
    {9, 64, 385},
    {25, 103, 771},
    {31, 1601, 6},
    {170, 65, 97},
    {67, 770, 193},
    {130, 263, 580},
    {300, 40, 1160}
  };

  @Test
  void product_oddShapes_asInDoublePrecision() {
    for (RowTile tile : TILES) {
      for (int[] shape : SHAPES) {
        for (int kind = 0; kind < 4; kind++) {
          ProductCase product =
              new ProductCase(shape[0], shape[1], shape[2], (kind & 1) != 0, (kind & 2) != 0);
          product.check(product.run(open(1, tile)));
        }
      }
    }
  }

  @Test
  void product_twoAndThreeThreads_sameBits() {
    for (RowTile tile : TILES) {
      for (int[] shape : SHAPES) {
        ProductCase product =
            new ProductCase(shape[0], shape[1], shape[2], shape[1] % 2 == 0, shape[0] % 2 == 0);
        float[] one = product.run(open(1, tile));
        assertArrayEquals(one, product.run(open(2, tile)), product.toString());
        assertArrayEquals(one, product.run(open(3, tile)), product.toString());
      }
    }
  }

  /** A long sum of numbers of one sign, where each addition to the sum so far costs a rounding. */
  @Test
  void longSum_termsAreSummedInGroups_roundsLessThanOneByOne() {
    int length = 3000;
    for (RowTile tile : TILES) {
      double groups = 0;
      double oneByOne = 0;
      Random random = new Random(7);
      for (int repetition = 0; repetition < 20; repetition++) {
        float[] a = new float[length];
        float[] b = new float[length];
        double exact = 0;
        float chain = 0;
        for (int p = 0; p < length; p++) {
          a[p] = random.nextFloat();
          b[p] = random.nextFloat();
          exact += (double) a[p] * b[p];
          chain += a[p] * b[p];
        }
        oneByOne += Math.abs(chain - exact);
        groups += Math.abs(sum(tile, a, b) - exact);
      }
      assertTrue(groups < 0.75 * oneByOne, tile + ": " + groups + " against " + oneByOne);
    }
  }

  private static Session open(int threads, RowTile tile) {
    return new RowSession(new WorkerTeam(threads), tile);
  }

  private static float sum(RowTile tile, float[] a, float[] b) {
    float[] c = new float[RowTile.size(RowTile.ROWS)];
    float[] rows = new float[RowTile.size(tile.terms())];
    float[] numbers = new float[RowTile.ROWS * tile.terms()];
    for (int p = 0; p < a.length; p += tile.terms()) {
      for (int t = 0; t < tile.terms(); t++) {
        boolean present = p + t < a.length;
        numbers[t] = present ? a[p + t] : 0;
        rows[t * RowTile.STRIDE] = present ? b[p + t] : 0;
      }
      tile.multiply(c, rows, numbers, 0, 0, 1);
    }
    return c[0];
  }

  /** The first column is chosen by time, which must not change a bit. */
  @Test
  void tile_anyFirstColumn_sameBits() {
    Random random = new Random(3);
    for (RowTile tile : TILES) {
      float[] numbers = random(random, RowTile.ROWS * tile.terms());
      float[] columns = random(random, 50);
      float[] expected = new float[columns.length];
      for (int first = 0; first <= 16; first++) {
        float[] c = new float[RowTile.size(RowTile.ROWS)];
        float[] b = new float[RowTile.size(tile.terms())];
        for (int t = 0; t < tile.terms(); t++) {
          System.arraycopy(columns, 0, b, t * RowTile.STRIDE + first, columns.length);
        }
        tile.multiply(c, b, numbers, 0, Math.max(0, first - 1), first + 64);
        float[] row = Arrays.copyOfRange(c, first, first + columns.length);
        if (first == 0) {
          expected = row;
        }
        assertArrayEquals(expected, row, tile + " at " + first);
      }
    }
  }

  private static float[] random(Random random, int length) {
    float[] numbers = new float[length];
    for (int i = 0; i < length; i++) {
      numbers[i] = random.nextFloat();
    }
    return numbers;
  }

  @Test
  void choice_fusedOnlyWithTheInstruction() {
    assertInstanceOf(FusedTile.class, TileChoice.of(true));
    assertInstanceOf(PlainTile.class, TileChoice.of(false));
  }
}
