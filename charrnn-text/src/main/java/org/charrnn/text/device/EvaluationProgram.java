package org.charrnn.text.device;

import java.util.Arrays;
import org.charrnn.text.train.Loss;

/**
 * Measures the loss on a text. Every id but the first is predicted exactly once, with the state
 * carried on from the beginning of its stream.
 *
 * <p>A long text is read as several streams side by side, since that is faster. Each but the first
 * starts one window early; what it reads there is not counted and brings its state to where a
 * single stream would have it, or nearly so.
 */
public final class EvaluationProgram {

  /** The fewest ids that a stream is worth. */
  private static final int LEAST_STREAM = 1000;

  private static final int NO_TARGET = -1;

  private final int steps;
  private final int batchSize;
  private final BoundProgram program;
  private final int[] ids;
  private final int[] targets;
  private final float[] losses;

  /**
   * Compiles the measuring.
   *
   * @param steps T, the length of a window; the result does not depend on it, as far as there is
   *     one stream
   * @param batchSize B, the number of streams
   */
  public EvaluationProgram(DeviceModel model, int steps, int batchSize) {
    this.steps = steps;
    this.batchSize = batchSize;
    this.program = model.bind(model.network().evaluate(steps, batchSize));
    this.ids = new int[steps * batchSize];
    this.targets = new int[steps * batchSize];
    this.losses = new float[steps * batchSize];
  }

  /** How many streams a text of {@code length} ids is worth, at most {@code most}. */
  public static int streams(int length, int most) {
    return Math.clamp(length / LEAST_STREAM, 1, most);
  }

  /** The number of streams. */
  public int batchSize() {
    return batchSize;
  }

  /**
   * The mean loss of all ids but the first.
   *
   * @param text at least two ids
   */
  public Loss measure(int[] text) {
    if (text.length < 2) {
      throw new IllegalArgumentException(
          "nothing can be predicted in a text of %d ids".formatted(text.length));
    }
    int predicted = text.length - 1;
    int span = Math.ceilDiv(predicted, batchSize);
    int longest = batchSize == 1 ? span : span + steps;
    program.clearCarriedState();
    double sum = 0;
    for (int from = 0; from < longest; from += steps) {
      fill(text, span, from);
      program.memory("ids").write(ids);
      program.memory("targets").write(targets);
      program.run();
      program.memory("losses").read(losses);
      for (float loss : losses) {
        sum += loss;
      }
    }
    return new Loss(predicted, sum / predicted);
  }

  /**
   * One window of each stream. Stream s counts what is read at {@code s * span .. (s + 1) * span -
   * 1}; what stands before that, or after the end of the text, has no target.
   */
  private void fill(int[] text, int span, int from) {
    Arrays.fill(targets, NO_TARGET);
    for (int stream = 0; stream < batchSize; stream++) {
      long counted = (long) stream * span;
      long end = Math.min(counted + span, text.length - 1L);
      long start = Math.max(0, counted - steps) + from;
      for (int t = 0; t < steps; t++) {
        long position = start + t;
        int place = t * batchSize + stream;
        ids[place] = text[(int) Math.min(position, text.length - 1L)];
        if (position >= counted && position < end) {
          targets[place] = text[(int) position + 1];
        }
      }
    }
  }
}
