package org.charrnn.benchmarks;

/** Windows of a text that is cut into one stream per row of the batch. */
final class Windows {

  private final int[] text;
  private final int steps;
  private final int batch;
  private final int span;
  private int position;

  Windows(int[] text, int steps, int batch) {
    this.text = text;
    this.steps = steps;
    this.batch = batch;
    this.span = text.length / batch;
  }

  /** Stores the next window, time step by time step. */
  void next(int[] ids, int[] targets) {
    if (position + steps + 1 >= span) {
      position = 0;
    }
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < batch; b++) {
        int index = b * span + position + t;
        ids[t * batch + b] = text[index];
        targets[t * batch + b] = text[index + 1];
      }
    }
    position += steps;
  }
}
