package org.charrnn.text.rounds;

import java.io.Serializable;
import java.util.Locale;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.encoding.Split;

/**
 * How a text is divided: into the part to learn from, the held-out part and the test, in the order
 * of the text, and the part to learn from into one part for each worker. It depends on the length
 * of the text alone, so no process has to hold the text. All lengths and positions are in symbols.
 *
 * <p>The parts of the workers have the same length: as many symbols as make B streams of equal
 * length for each of them, so that all of them have the same number of windows. Fewer symbols than
 * there are streams remain, and no worker reads them. In mode {@link
 * org.charrnn.text.config.RoundConfig.Mode#GRADIENT} each worker reads windows of the whole
 * training text.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param training the length of the part to learn from, which is the beginning of the text
 * @param heldOut the length of the part that is measured after each epoch; it follows the first one
 * @param test the length of the part that is measured at the end of training; it is the last one
 * @param parts the number of parts for workers
 * @param streams B, the streams of a worker
 * @param direction the direction in which the model reads: the first worker has the symbols that
 *     are read first
 */
public record TextParts(
    long training, long heldOut, long test, int parts, int streams, ReadingDirection direction)
    implements Serializable {

  /**
   * A range of the text, in the order of the text whatever the direction of reading.
   *
   * @param from the position of its first symbol
   * @param to the position after its last symbol
   */
  public record Range(long from, long to) implements Serializable {

    /** {@return the number of symbols} */
    public long length() {
      return to - from;
    }
  }

  /**
   * The parts of a text.
   *
   * @param length the number of its symbols
   * @param config the configuration of the training
   * @return the parts
   */
  public static TextParts of(long length, TrainingConfig config) {
    long rest = Split.trainingLength(length, config.run().test());
    long training = Split.trainingLength(rest, config.run().validation());
    return new TextParts(
        training,
        rest - training,
        length - rest,
        config.rounds().parts(),
        config.windows().batchSize(),
        config.model().direction());
  }

  /** {@return the number of symbols of the part of each worker} */
  public long partLength() {
    return training / parts / streams * streams;
  }

  /**
   * The part of a worker.
   *
   * @param worker its index, from 0
   * @return the part
   */
  public Range part(int worker) {
    if (parts == 1) {
      return new Range(0, training);
    }
    if (worker < 0 || worker >= parts) {
      throw new IndexOutOfBoundsException(
          String.format(Locale.ROOT, "worker %d of %d", worker, parts));
    }
    long from = worker * partLength();
    long to = from + partLength();
    return direction == ReadingDirection.FORWARD
        ? new Range(from, to)
        : new Range(training - to, training - from);
  }
}
