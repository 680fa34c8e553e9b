package org.charrnn.text.engine;

import org.charrnn.text.decoding.Hypothesis;
import org.charrnn.text.decoding.TextDecoder;
import org.charrnn.text.generation.GeneratedText.Ending;

/**
 * A text that is generated while its reader takes what is there. It advances only by a limited
 * number of symbols while the reader takes none.
 *
 * <p><b>Thread safety.</b> As {@link Job} says.
 */
final class TextJob extends RowJob {

  /** The capacity of a text whose reader waits for its end. */
  static final int WHOLE = Integer.MAX_VALUE;

  private final TextDecoder decoder;
  private final int capacity;
  private volatile int taken;
  private volatile boolean paused;
  private int announced; // by the engine

  /**
   * A job.
   *
   * @param capacity the maximum number of symbols that are not taken
   */
  TextJob(Start start, TextDecoder decoder, int capacity) {
    super(start, decoder);
    this.decoder = decoder;
    this.capacity = capacity;
  }

  /** The text so far. */
  Hypothesis text() {
    return decoder.text();
  }

  /** The text if it ends now, with at most so many symbols. */
  Hypothesis endNow(int size, Ending reason) {
    return decoder.endNow(size, reason);
  }

  /** Its reader has taken so many symbols. */
  void taken(int symbols) {
    taken = symbols;
  }

  @Override
  boolean isFull() {
    return ahead() > capacity;
  }

  private int ahead() {
    return text().size() - taken;
  }

  @Override
  boolean isUnannounced() {
    return announced == 0;
  }

  @Override
  void announce() {
    Hypothesis text = text();
    if (capacity < WHOLE && text.size() > announced && isAwaited()) {
      announced = text.size();
      wake();
    }
  }

  @Override
  void pause() {
    paused = true;
    wake();
  }

  /** Whether it must enter the engine again; it does so once. Only its reader calls this. */
  boolean takeResumption() {
    if (paused && ahead() <= capacity / 2) {
      paused = false;
      return true;
    }
    return false;
  }
}
