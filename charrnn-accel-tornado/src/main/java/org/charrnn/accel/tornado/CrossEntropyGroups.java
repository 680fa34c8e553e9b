package org.charrnn.accel.tornado;

import static org.charrnn.accel.tornado.CrossEntropyRows.GRADIENT;
import static org.charrnn.accel.tornado.CrossEntropyRows.LOSS;
import static org.charrnn.accel.tornado.CrossEntropyRows.SAME_UPSTREAM;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Softmax, cross entropy and its gradient for GPUs: a group of {@value #GROUP} work items does a
 * row of logits, with its maximum and its sum in local memory.
 */
record CrossEntropyGroups(
    Span logits, Span targets, Span upstream, Span loss, Span gradient, int layout)
    implements Kernel {

  private static final int GROUP = 128;

  Launch launch() {
    return new Launch("entropy", this, new Grid(logits.rows() * GROUP, 1, GROUP, 1));
  }

  @Override
  public boolean waits() {
    return true;
  }

  @Override
  public void addTo(
      TaskGraph graph, String task, KernelContext context, FloatArray floats, IntArray ints) {
    graph.task(
        task,
        CrossEntropyGroups::compute,
        context,
        floats,
        ints,
        logits.base(),
        logits.step(),
        targets.base(),
        targets.step(),
        upstream.base(),
        upstream.step(),
        loss.base(),
        loss.step(),
        gradient.base(),
        gradient.step(),
        logits.columns(),
        layout);
  }

  @Override
  public void run(KernelContext context, FloatArray floats, IntArray ints) {
    compute(
        context,
        floats,
        ints,
        logits.base(),
        logits.step(),
        targets.base(),
        targets.step(),
        upstream.base(),
        upstream.step(),
        loss.base(),
        loss.step(),
        gradient.base(),
        gradient.step(),
        logits.columns(),
        layout);
  }

  static void compute(
      KernelContext context,
      FloatArray m,
      IntArray n,
      int logits,
      int logitsStep,
      int targets,
      int targetsStep,
      int upstream,
      int upstreamStep,
      int loss,
      int lossStep,
      int gradient,
      int gradientStep,
      int columns,
      int layout) {
    int x = context.localIdx;
    int i = context.groupIdx;
    int t = n.get(STEP);
    int row = logits + t * logitsStep + i * columns;
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
    int target = n.get(targets + t * targetsStep + i);
    if ((layout & LOSS) != 0 && x == 0) {
      float value = 0;
      if (target >= 0) {
        value =
            TornadoMath.log(sum)
                - (m.get(row + target) - max); // so that a large maximum swallows nothing
      }
      m.set(loss + t * lossStep + i, value);
    }
    context
        .localBarrier(); // the gradient may be written over the logits, whose target was just read
    if ((layout & GRADIENT) != 0) {
      float scale = 0;
      if (target >= 0) {
        scale = m.get(upstream + t * upstreamStep + ((layout & SAME_UPSTREAM) != 0 ? 0 : i));
      }
      int out = gradient + t * gradientStep + i * columns;
      for (int j = x; j < columns; j += GROUP) {
        float p = TornadoMath.exp(m.get(row + j) - max) / sum;
        m.set(out + j, (j == target ? p - 1 : p) * scale);
      }
    }
  }
}
