package org.charrnn.text.reading;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.charrnn.text.device.DeviceModel;
import org.charrnn.text.device.EvaluationProgram;
import org.charrnn.text.encoding.Documents;
import org.charrnn.text.encoding.Ids;
import org.charrnn.text.engine.Work;
import org.charrnn.text.training.Loss;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates texts in sequence, window by window.
 *
 * <p><b>Thread safety.</b> Any thread may ask for work, which the engine does.
 */
public final class EvaluationQueue {

  private final DeviceModel model;
  private final int windowLength;
  private final Documents documents;
  private final Deque<Evaluation> queue = new ArrayDeque<>();
  private @Nullable EvaluationProgram program;

  public EvaluationQueue(DeviceModel model, int windowLength, Documents documents) {
    this.model = model;
    this.windowLength = windowLength;
    this.documents = documents;
  }

  /** The loss on a text of at least two ids. */
  public Work<Loss> work(Ids text) {
    return new Evaluation(text);
  }

  private EvaluationProgram program(int streams) {
    EvaluationProgram last = program;
    if (last == null || last.batchSize() != streams) {
      last = new EvaluationProgram(model, windowLength, streams, documents);
      program = last;
    }
    return last;
  }

  /** The evaluation of one text, which waits for those before it. */
  private final class Evaluation implements Work<Loss> {

    private final Ids text;
    private EvaluationProgram.@Nullable Measurement measurement;

    Evaluation(Ids text) {
      this.text = text;
    }

    @Override
    public void begin() {
      queue.add(this);
    }

    @Override
    public boolean advance() {
      if (queue.peekFirst() != this) {
        return true;
      }
      return measurement().advance();
    }

    @Override
    public void end() {
      queue.remove(this);
    }

    private EvaluationProgram.Measurement measurement() {
      EvaluationProgram.Measurement started = measurement;
      if (started == null) {
        started =
            program(EvaluationProgram.streams(text.length(), EvaluationProgram.MAX_STREAMS))
                .begin(text);
        measurement = started;
      }
      return started;
    }

    @Override
    public Loss result() {
      return Objects.requireNonNull(measurement).loss();
    }
  }
}
