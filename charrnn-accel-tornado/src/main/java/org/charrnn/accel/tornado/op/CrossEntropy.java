package org.charrnn.accel.tornado.op;

import java.util.List;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.kernel.MethodKernel;
import org.charrnn.accel.tornado.layout.DeviceMatrix;
import org.charrnn.accel.tornado.layout.Grid;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Softmax, cross entropy and its gradient. For processors, a work item computes a row of logits.
 * For GPUs, a work-group of {@value #GROUP} work items does, with its maximum and its sum in local
 * memory.
 *
 * @param layout the results to be computed and the shape of the upstream gradient, as bits
 * @param inGroups whether a work-group computes a row
 */
public record CrossEntropy(
    DeviceMatrix logits,
    DeviceMatrix targets,
    DeviceMatrix upstream,
    DeviceMatrix loss,
    DeviceMatrix gradient,
    int layout,
    boolean inGroups)
    implements MethodKernel {

  /** {@link #layout}: compute the loss. */
  public static final int LOSS = 1;

  /** {@link #layout}: compute the gradient. */
  public static final int GRADIENT = 2;

  /** {@link #layout}: all rows have the same upstream gradient. */
  public static final int SAME_UPSTREAM = 4;

  private static final int GROUP = 128;

  /** The launch of this kernel. */
  public Launch launch() {
    Grid grid =
        inGroups ? new Grid(logits.rows() * GROUP, 1, GROUP, 1) : new Grid(logits.rows(), 1, 1, 1);
    return new Launch("entropy", this, grid);
  }

  @Override
  public boolean usesBarriers() {
    return inGroups;
  }

  @Override
  public String method() {
    return inGroups ? "computeInGroup" : "computeRow";
  }

  @Override
  public List<DeviceMatrix> matrices() {
    return List.of(logits, targets, upstream, loss, gradient);
  }

  @Override
  public List<Integer> numbers() {
    return List.of(logits.columns(), layout);
  }

  /** Computes one work item, which has a row of its own. */
  public static void computeRow(
      KernelContext context,
      FloatArray floats,
      IntArray ints,
      int logits,
      int targets,
      int upstream,
      int loss,
      int gradient,
      int columns,
      int layout) {
    int i = context.globalIdx;
    int row = logits + i * columns;
    float max = floats.get(row);
    for (int j = 1; j < columns; j++) {
      max = TornadoMath.max(max, floats.get(row + j));
    }
    float sum = 0;
    for (int j = 0; j < columns; j++) {
      sum += TornadoMath.exp(floats.get(row + j) - max);
    }
    int target = ints.get(targets + i);
    if ((layout & LOSS) != 0) {
      floats.set(loss + i, loss(floats, row, target, max, sum));
    }
    if ((layout & GRADIENT) != 0) {
      float scale = scale(floats, upstream, i, target, layout);
      int out = gradient + i * columns;
      for (int j = 0; j < columns; j++) {
        storeGradient(floats, row, out, j, target, max, sum, scale);
      }
    }
  }

  /** Computes one work item, which has a share of the row of its work-group. */
  public static void computeInGroup(
      KernelContext context,
      FloatArray floats,
      IntArray ints,
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
    float largest = floats.get(row);
    for (int j = x; j < columns; j += GROUP) {
      largest = TornadoMath.max(largest, floats.get(row + j));
    }
    shared[x] = largest;
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
      part += TornadoMath.exp(floats.get(row + j) - max);
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
    int target = ints.get(targets + i);
    if ((layout & LOSS) != 0 && x == 0) {
      floats.set(loss + i, loss(floats, row, target, max, sum));
    }
    // The gradient may overwrite the logits, which other work items have just read: a local barrier
    // does not order accesses to global memory.
    context.globalBarrier();
    if ((layout & GRADIENT) != 0) {
      float scale = scale(floats, upstream, i, target, layout);
      int out = gradient + i * columns;
      for (int j = x; j < columns; j += GROUP) {
        storeGradient(floats, row, out, j, target, max, sum, scale);
      }
    }
  }

  private static float loss(FloatArray floats, int row, int target, float max, float sum) {
    float value = 0;
    if (target >= 0) { // not log(sum) + max - logit, which loses digits if the maximum is large
      value = TornadoMath.log(sum) - (floats.get(row + target) - max);
    }
    return value;
  }

  private static float scale(FloatArray floats, int upstream, int i, int target, int layout) {
    float value = 0;
    if (target >= 0) {
      value = floats.get(upstream + ((layout & SAME_UPSTREAM) != 0 ? 0 : i));
    }
    return value;
  }

  private static void storeGradient(
      FloatArray floats, int row, int out, int j, int target, float max, float sum, float scale) {
    float p = TornadoMath.exp(floats.get(row + j) - max) / sum;
    floats.set(out + j, (j == target ? p - 1 : p) * scale);
  }
}
