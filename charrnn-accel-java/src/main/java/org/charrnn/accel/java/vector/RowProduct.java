package org.charrnn.accel.java.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import org.charrnn.accel.java.team.Team;
import org.jspecify.annotations.Nullable;

/**
 * The product of one to four rows with a matrix that is used once, so that packing would cost as
 * much as the product: the matrix is streamed through, eight of its rows at a time, each added to
 * the result as many times as its number says.
 */
final class RowProduct implements Step, Team.Task {

  private static final long WORTH_SHARING = 1 << 17;

  private final View left;
  private final View right;
  private final @Nullable View addend;
  private final View result;
  private final Workers workers;
  private final int n;
  private final int k;
  private int step;

  RowProduct(View left, View right, @Nullable View addend, View result, Workers workers) {
    this.left = left;
    this.right = right;
    this.addend = addend;
    this.result = result;
    this.workers = workers;
    this.n = result.columns();
    this.k = left.columns();
  }

  @Override
  public void run(int step) {
    this.step = step;
    workers.run(this, (long) result.rows() * n * k >= WORTH_SHARING);
  }

  @Override
  public void run(int part, int parts) {
    int vectors = Blocking.divideUp(n, Lanes.COUNT);
    int from = vectors * part / parts * Lanes.COUNT;
    int to = Math.min(n, vectors * (part + 1) / parts * Lanes.COUNT);
    if (from >= to) {
      return;
    }
    for (int row = 0; row < result.rows(); row++) {
      begin(row, from, to);
    }
    float[] a = left.floats();
    float[] c = result.floats();
    int p = 0;
    for (; p + 8 <= k; p += 8) {
      for (int row = 0; row < result.rows(); row++) {
        int b = right.offset(step) + p * n;
        addEight(
            a,
            left.offset(step) + row * k + p,
            right.floats(),
            b,
            n,
            c,
            result.offset(step) + row * n,
            from,
            to);
      }
    }
    for (; p < k; p++) {
      for (int row = 0; row < result.rows(); row++) {
        float number = a[left.offset(step) + row * k + p];
        addOne(
            number,
            right.floats(),
            right.offset(step) + p * n,
            c,
            result.offset(step) + row * n,
            from,
            to);
      }
    }
  }

  private void begin(int row, int from, int to) {
    float[] c = result.floats();
    int offset = result.offset(step) + row * n + from;
    View view = addend;
    if (view == null) {
      java.util.Arrays.fill(c, offset, offset + to - from, 0);
    } else {
      int start = view.offset(step) + (view.rows() == result.rows() ? row * n : 0) + from;
      System.arraycopy(view.floats(), start, c, offset, to - from);
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
