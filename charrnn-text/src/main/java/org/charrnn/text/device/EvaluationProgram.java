package org.charrnn.text.device;

import java.util.Arrays;
import java.util.Locale;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.StateResets;
import org.charrnn.text.encoding.Documents;
import org.charrnn.text.encoding.IdWindow;
import org.charrnn.text.encoding.Ids;
import org.charrnn.text.training.Loss;

/**
 * Evaluates the loss on a text. Every id but the first is predicted exactly once, with the state
 * carried from the beginning of its stream.
 *
 * <p>A long text is split into several streams that are read in parallel, since that is faster.
 * Each but the first starts one window early; that window is not counted and brings the state close
 * to that of a single stream.
 */
public final class EvaluationProgram {

  /**
   * The maximum number of streams that a text is split into; a constant, so that results do not
   * depend on the batch size of the training.
   */
  public static final int MAX_STREAMS = 32;

  /** The minimum length of a stream. */
  private static final int MIN_STREAM = 1000;

  private static final int NO_TARGET = -1;

  private final int steps;
  private final int batchSize;
  private final BoundProgram program;
  private final Documents documents;
  private final int[] ids;
  private final int[] targets;
  private final float[] losses;
  private final float[] stateMask;

  /**
   * Compiles the program.
   *
   * @param steps T, the length of a window; the result does not depend on it if there is one stream
   * @param batchSize B, the number of streams
   * @param documents where the state is reset
   */
  public EvaluationProgram(DeviceModel model, int steps, int batchSize, Documents documents) {
    this.documents = documents;
    this.steps = steps;
    this.batchSize = batchSize;
    this.program =
        model.bind(
            model
                .network()
                .evaluate(
                    steps,
                    batchSize,
                    documents.areKnown() ? StateResets.MASKED : StateResets.NONE));
    this.ids = new int[steps * batchSize];
    this.targets = new int[steps * batchSize];
    this.losses = new float[steps * batchSize];
    this.stateMask = new float[steps * batchSize];
  }

  /** The number of streams for a text of {@code length} ids, at most {@code most}. */
  public static int streams(long length, int most) {
    return Math.clamp(length / MIN_STREAM, 1, most);
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
  public Loss measure(Ids text) {
    Measurement measurement = begin(text);
    boolean more = true;
    while (more) {
      more = measurement.advance();
    }
    return measurement.loss();
  }

  /**
   * Begins to measure a text, window by window; nothing else must be measured before that has
   * ended.
   *
   * @param text at least two ids
   */
  public Measurement begin(Ids text) {
    if (text.length() < 2) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "nothing can be predicted in a text of %d ids", text.length()));
    }
    program.clearCarriedState();
    return new Measurement(text);
  }

  /** The evaluation of one text. */
  public final class Measurement {

    private final long predicted;
    private final long span;
    private final long longest;
    private final IdWindow[] streams = new IdWindow[batchSize];
    private double sum;
    private long from;

    private Measurement(Ids text) {
      this.predicted = text.length() - 1;
      this.span = Math.ceilDiv(predicted, batchSize);
      this.longest = batchSize == 1 ? span : span + steps;
      Arrays.setAll(streams, _ -> new IdWindow(text, batchSize, steps + 1, documents));
    }

    /**
     * Evaluates one window.
     *
     * @return whether there is another one
     */
    public boolean advance() {
      for (int stream = 0; stream < batchSize; stream++) {
        fill(streams[stream], stream, predicted, span, from);
      }
      program.memory(BufferNames.IDS).write(ids);
      program.memory(BufferNames.TARGETS).write(targets);
      if (documents.areKnown()) {
        program.memory(BufferNames.STATE_MASK).write(stateMask);
      }
      program.run();
      program.memory(BufferNames.LOSSES).read(losses);
      for (float loss : losses) {
        sum += loss;
      }
      from += steps;
      return from < longest;
    }

    /** The mean loss, after the last window. */
    public Loss loss() {
      return new Loss(predicted, sum / predicted);
    }
  }

  /**
   * Fills one window of a stream. Stream s counts the ids at {@code s * span .. (s + 1) * span -
   * 1}; ids before that, or after the end of the text, have no target.
   *
   * @param last the position of the last id of the text
   * @param from the offset in the stream
   */
  private void fill(IdWindow row, int stream, long last, long span, long from) {
    long counted = stream * span;
    long end = Math.min(counted + span, last);
    long start = Math.max(0, counted - steps) + from;
    int available = Math.clamp(last + 1 - start, 0, steps + 1);
    row.read(Math.min(start, last), available);
    for (int t = 0; t < steps; t++) {
      int place = t * batchSize + stream;
      ids[place] = t < available ? row.id(t) : 0;
      stateMask[place] = t < available && row.documentBegins(t) ? 0 : 1;
      boolean counts = start + t >= counted && start + t < end;
      targets[place] = counts ? row.id(t + 1) : NO_TARGET;
    }
  }
}
