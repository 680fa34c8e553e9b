package org.charrnn.accel.java.vector.matmul;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.charrnn.accel.java.codegen.Lanes;
import org.charrnn.accel.java.runtime.Operand;
import org.charrnn.accel.java.runtime.SplitTask;
import org.charrnn.accel.java.team.Rate;
import org.charrnn.accel.java.team.WorkSplit;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.graph.Operands;
import org.jspecify.annotations.Nullable;

/**
 * The product of one or two rows with a matrix that is used once, so that packing would cost as
 * much as the product: the matrix is read once, eight rows at a time, each scaled and added to the
 * result. The team splits the columns.
 */
final class StreamedProduct extends SplitTask {

  private final Operand left;
  private final Operand right;
  private final @Nullable Operand addend;
  private final Operand result;
  private final int n;
  private final int k;

  StreamedProduct(Operands.MatMul<Operand> product, WorkerTeam team) {
    long multiplyAdds = (long) product.result().elements() * product.left().columns();
    super(team, Rate.STREAMED_PRODUCT.isWorthSplitting(multiplyAdds));
    this.left = product.left();
    this.right = product.right();
    this.addend = product.addend().orElse(null);
    this.result = product.result();
    this.n = result.columns();
    this.k = left.columns();
  }

  @Override
  public void run(int worker, int workers) {
    int vectors = Math.ceilDiv(n, Lanes.COUNT);
    int from = WorkSplit.start(vectors, worker, workers) * Lanes.COUNT;
    int to = Math.min(n, WorkSplit.start(vectors, worker + 1, workers) * Lanes.COUNT);
    if (from >= to) {
      return;
    }
    for (int row = 0; row < result.rows(); row++) {
      initialize(row, from, to);
    }
    float[] a = left.array(t);
    float[] c = result.array(t);
    int p = 0;
    for (; p + 8 <= k; p += 8) {
      for (int row = 0; row < result.rows(); row++) {
        int b = right.start(t) + p * n;
        addEight(
            a,
            left.start(t) + row * k + p,
            right.array(t),
            b,
            n,
            c,
            result.start(t) + row * n,
            from,
            to);
      }
    }
    for (; p < k; p++) {
      for (int row = 0; row < result.rows(); row++) {
        float number = a[left.start(t) + row * k + p];
        addOne(
            number, right.array(t), right.start(t) + p * n, c, result.start(t) + row * n, from, to);
      }
    }
  }

  private void initialize(int row, int from, int to) {
    float[] c = result.array(t);
    int offset = result.start(t) + row * n + from;
    Operand operand = addend;
    if (operand == null) {
      Arrays.fill(c, offset, offset + to - from, 0);
    } else {
      int start = operand.start(t) + (operand.rows() == result.rows() ? row * n : 0) + from;
      System.arraycopy(operand.array(t), start, c, offset, to - from);
    }
  }

  private static void addEight(
      float[] a, int ao, float[] b, int bo, int n, float[] c, int co, int from, int to) {
    FloatVector a0 = FloatVector.broadcast(Lanes.SPECIES, a[ao]);
    FloatVector a1 = FloatVector.broadcast(Lanes.SPECIES, a[ao + 1]);
    FloatVector a2 = FloatVector.broadcast(Lanes.SPECIES, a[ao + 2]);
    FloatVector a3 = FloatVector.broadcast(Lanes.SPECIES, a[ao + 3]);
    FloatVector a4 = FloatVector.broadcast(Lanes.SPECIES, a[ao + 4]);
    FloatVector a5 = FloatVector.broadcast(Lanes.SPECIES, a[ao + 5]);
    FloatVector a6 = FloatVector.broadcast(Lanes.SPECIES, a[ao + 6]);
    FloatVector a7 = FloatVector.broadcast(Lanes.SPECIES, a[ao + 7]);
    int b1 = bo + n;
    int b2 = b1 + n;
    int b3 = b2 + n;
    int b4 = b3 + n;
    int b5 = b4 + n;
    int b6 = b5 + n;
    int b7 = b6 + n;
    int j = from;
    for (; j + Lanes.COUNT <= to; j += Lanes.COUNT) {
      FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, c, co + j);
      sum = a0.fma(FloatVector.fromArray(Lanes.SPECIES, b, bo + j), sum);
      sum = a1.fma(FloatVector.fromArray(Lanes.SPECIES, b, b1 + j), sum);
      sum = a2.fma(FloatVector.fromArray(Lanes.SPECIES, b, b2 + j), sum);
      sum = a3.fma(FloatVector.fromArray(Lanes.SPECIES, b, b3 + j), sum);
      sum = a4.fma(FloatVector.fromArray(Lanes.SPECIES, b, b4 + j), sum);
      sum = a5.fma(FloatVector.fromArray(Lanes.SPECIES, b, b5 + j), sum);
      sum = a6.fma(FloatVector.fromArray(Lanes.SPECIES, b, b6 + j), sum);
      sum = a7.fma(FloatVector.fromArray(Lanes.SPECIES, b, b7 + j), sum);
      sum.intoArray(c, co + j);
    }
    for (; j < to; j++) {
      float sum = Math.fma(a[ao], b[bo + j], c[co + j]);
      sum = Math.fma(a[ao + 1], b[b1 + j], sum);
      sum = Math.fma(a[ao + 2], b[b2 + j], sum);
      sum = Math.fma(a[ao + 3], b[b3 + j], sum);
      sum = Math.fma(a[ao + 4], b[b4 + j], sum);
      sum = Math.fma(a[ao + 5], b[b5 + j], sum);
      sum = Math.fma(a[ao + 6], b[b6 + j], sum);
      c[co + j] = Math.fma(a[ao + 7], b[b7 + j], sum);
    }
  }

  private static void addOne(float number, float[] b, int bo, float[] c, int co, int from, int to) {
    FloatVector a = FloatVector.broadcast(Lanes.SPECIES, number);
    for (int j = from; j < to; j += Lanes.COUNT) {
      VectorMask<Float> mask = Lanes.SPECIES.indexInRange(j, to);
      FloatVector sum = FloatVector.fromArray(Lanes.SPECIES, c, co + j, mask);
      a.fma(FloatVector.fromArray(Lanes.SPECIES, b, bo + j, mask), sum).intoArray(c, co + j, mask);
    }
  }
}
