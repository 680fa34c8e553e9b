package org.charrnn.accel.tornado;

import java.util.List;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Softmax, cross entropy and its gradient. For processors a work item does a row of logits. For
 * GPUs a group of {@value #GROUP} work items does, with its maximum and its sum in local memory.
 *
 * @param layout what is wanted, in bits
 * @param inGroups which form
 */
public record CrossEntropy(
    Span logits,
    Span targets,
    Span upstream,
    Span loss,
    Span gradient,
    int layout,
    boolean inGroups)
    implements MethodKernel {

  /** The loss is wanted. */
  static final int LOSS = 1;

  /** The gradient is wanted. */
  static final int GRADIENT = 2;

  /** All rows have the same upstream gradient. */
  static final int SAME_UPSTREAM = 4;

  private static final int GROUP = 128;

  Launch launch() {
    Grid grid =
        inGroups ? new Grid(logits.rows() * GROUP, 1, GROUP, 1) : new Grid(logits.rows(), 1, 1, 1);
    return new Launch("entropy", this, grid);
  }

  @Override
  public boolean waits() {
    return inGroups;
  }

  @Override
  public String method() {
    return inGroups ? "computeInGroup" : "computeRow";
  }

  @Override
  public List<Span> spans() {
    return List.of(logits, targets, upstream, loss, gradient);
  }

  @Override
  public List<Integer> numbers() {
    return List.of(logits.columns(), layout);
  }

  /** What one work item does with a row of its own. */
  public static void computeRow(
      KernelContext context,
      FloatArray m,
      IntArray n,
      int logits,
      int targets,
      int upstream,
      int loss,
      int gradient,
      int columns,
      int layout) {
    int i = context.globalIdx;
    int row = logits + i * columns;
    float max = m.get(row);
    for (int j = 1; j < columns; j++) {
      max = TornadoMath.max(max, m.get(row + j));
    }
    float sum = 0;
    for (int j = 0; j < columns; j++) {
      sum += TornadoMath.exp(m.get(row + j) - max);
    }
    int target = n.get(targets + i);
    if ((layout & LOSS) != 0) {
      m.set(loss + i, loss(m, row, target, max, sum));
    }
    if ((layout & GRADIENT) != 0) {
      float scale = scale(m, upstream, i, target, layout);
      int out = gradient + i * columns;
      for (int j = 0; j < columns; j++) {
        storeGradient(m, row, out, j, target, max, sum, scale);
      }
    }
  }

  /** What one work item does with its share of the row of its group. */
  public static void computeInGroup(
      KernelContext context,
      FloatArray m,
      IntArray n,
      int logits,
      int targets,
      int upstream,
      int loss,
      int gradient,
      int columns,
      int layout) {
    int x = context.localIdx;
    int i = context.groupIdx;
    int row = logits + i * columns;
    float[] shared = context.allocateFloatLocalArray(GROUP);
    float most = m.get(row);
    for (int j = x; j < columns; j += GROUP) {
      most = TornadoMath.max(most, m.get(row + j));
    }
    shared[x] = most;
    for (int half = GROUP / 2; half > 0; half /= 2) {
      context.localBarrier();
      if (x < half) {
        shared[x] = TornadoMath.max(shared[x], shared[x + half]);
      }
    }
    context.localBarrier();
    float max = shared[0];
    context.localBarrier();
    float part = 0;
    for (int j = x; j < columns; j += GROUP) {
      part += TornadoMath.exp(m.get(row + j) - max);
    }
    shared[x] = part;
    for (int half = GROUP / 2; half > 0; half /= 2) {
      context.localBarrier();
      if (x < half) {
        shared[x] = shared[x] + shared[x + half];
      }
    }
    context.localBarrier();
    float sum = shared[0];
    int target = n.get(targets + i);
    if ((layout & LOSS) != 0 && x == 0) {
      m.set(loss + i, loss(m, row, target, max, sum));
    }
    // The gradient may overwrite the logits, which other work items have just read: a local barrier
    // does not order accesses to global memory.
    context.globalBarrier();
    if ((layout & GRADIENT) != 0) {
      float scale = scale(m, upstream, i, target, layout);
      int out = gradient + i * columns;
      for (int j = x; j < columns; j += GROUP) {
        storeGradient(m, row, out, j, target, max, sum, scale);
      }
    }
  }

  private static float loss(FloatArray m, int row, int target, float max, float sum) {
    float value = 0;
    if (target >= 0) { // log(sum) + max - logit, so that a large maximum swallows nothing
      value = TornadoMath.log(sum) - (m.get(row + target) - max);
    }
    return value;
  }

  private static float scale(FloatArray m, int upstream, int i, int target, int layout) {
    float value = 0;
    if (target >= 0) {
      value = m.get(upstream + ((layout & SAME_UPSTREAM) != 0 ? 0 : i));
    }
    return value;
  }

  private static void storeGradient(
      FloatArray m, int row, int out, int j, int target, float max, float sum, float scale) {
    float p = TornadoMath.exp(m.get(row + j) - max) / sum;
    m.set(out + j, (j == target ? p - 1 : p) * scale);
  }
}
