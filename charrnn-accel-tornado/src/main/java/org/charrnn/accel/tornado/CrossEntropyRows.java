package org.charrnn.accel.tornado;

import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.TaskGraph;
import uk.ac.manchester.tornado.api.math.TornadoMath;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** Softmax, cross entropy and its gradient for processors: a work item does a row of logits. */
record CrossEntropyRows(
    Span logits, Span targets, Span upstream, Span loss, Span gradient, int layout)
    implements Kernel {

  /** The loss is wanted. */
  static final int LOSS = 1;

  /** The gradient is wanted. */
  static final int GRADIENT = 2;

  /** All rows have the same upstream gradient. */
  static final int SAME_UPSTREAM = 4;

  Launch launch() {
    return new Launch("entropy", this, new Grid(logits.rows(), 1, 1, 1));
  }

  @Override
  public void addTo(
      TaskGraph graph, String task, KernelContext context, FloatArray floats, IntArray ints) {
    graph.task(
        task,
        CrossEntropyRows::compute,
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
    int i = context.globalIdx;
    int t = n.get(STEP);
    int row = logits + t * logitsStep + i * columns;
    float max = m.get(row);
    for (int j = 1; j < columns; j++) {
      max = TornadoMath.max(max, m.get(row + j));
    }
    float sum = 0;
    for (int j = 0; j < columns; j++) {
      sum += TornadoMath.exp(m.get(row + j) - max);
    }
    int target = n.get(targets + t * targetsStep + i);
    if ((layout & LOSS) != 0) {
      float value = 0;
      if (target >= 0) {
        value =
            TornadoMath.log(sum)
                - (m.get(row + target) - max); // so that a large maximum swallows nothing
      }
      m.set(loss + t * lossStep + i, value);
    }
    if ((layout & GRADIENT) != 0) {
      float scale = 0;
      if (target >= 0) {
        scale = m.get(upstream + t * upstreamStep + ((layout & SAME_UPSTREAM) != 0 ? 0 : i));
      }
      int out = gradient + t * gradientStep + i * columns;
      for (int j = 0; j < columns; j++) {
        float p = TornadoMath.exp(m.get(row + j) - max) / sum;
        m.set(out + j, (j == target ? p - 1 : p) * scale);
      }
    }
  }
}
