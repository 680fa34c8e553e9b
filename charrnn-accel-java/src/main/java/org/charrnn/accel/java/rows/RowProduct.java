package org.charrnn.accel.java.rows;

import java.util.Arrays;
import org.charrnn.accel.java.runtime.Operand;
import org.charrnn.accel.java.runtime.SplitTask;
import org.charrnn.accel.java.team.Rate;
import org.charrnn.accel.java.team.WorkSplit;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.graph.Operands;
import org.jspecify.annotations.Nullable;

/**
 * A product of a single row with a matrix that is read in place: its rows, times elements of the
 * left operand, are added to the result, as many in one pass as a {@link RowTile} has terms.
 *
 * <p>Each sum runs over {@code k} in order, for any number of workers, which split the columns of
 * the result.
 */
final class RowProduct extends SplitTask {

  private final boolean transposedLeft;
  private final Operand left;
  private final RowSource right;
  private final @Nullable Operand addend;
  private final Operand result;
  private final RowTile tile;
  private final float[][][] rows; // of the right operand, of each worker
  private final float[][] factors; // of these rows, of each worker
  private final float[] zeros; // replaces rows that are missing in the last pass
  private final int k;

  RowProduct(Operands.MatMul<Operand> product, RowSource right, RowTile tile, WorkerTeam team) {
    Operand leftOperand = product.left();
    int terms = product.transposeLeft() ? leftOperand.rows() : leftOperand.columns();
    super(team, Rate.PRODUCT.isWorthSplitting((long) product.result().elements() * terms));
    this.k = terms;
    this.transposedLeft = product.transposeLeft();
    this.left = leftOperand;
    this.right = right;
    this.addend = product.addend().orElse(null);
    this.result = product.result();
    this.tile = tile;
    this.rows = new float[parts()][tile.terms()][];
    this.factors = new float[parts()][tile.terms()];
    this.zeros = new float[result.columns()];
  }

  @Override
  public void run(int worker, int workers) {
    int from = WorkSplit.start(result.columns(), worker, workers);
    int to = WorkSplit.start(result.columns(), worker + 1, workers);
    float[] c = result.array(t);
    if (addend == null) {
      Arrays.fill(c, from, to, 0);
    } else {
      System.arraycopy(addend.array(t), from, c, from, to - from);
    }
    multiply(worker, c, from, to);
  }

  private void multiply(int worker, float[] c, int from, int to) {
    float[][] b = rows[worker];
    float[] a = factors[worker];
    for (int p = 0; p < k; p += a.length) {
      for (int i = 0; i < a.length; i++) {
        boolean missing = p + i >= k;
        b[i] = missing ? zeros : right.row(p + i, t);
        a[i] = missing ? 0 : left(p + i);
      }
      tile.multiplyRow(c, b, a, from, to);
    }
  }

  private float left(int p) {
    return transposedLeft ? left.array(p, t)[0] : left.array(t)[p];
  }
}
