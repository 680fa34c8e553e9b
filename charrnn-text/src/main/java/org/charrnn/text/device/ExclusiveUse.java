package org.charrnn.text.device;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Detects that a model is used by two threads at once, or from within one of its own callbacks,
 * which would mix up their texts. A thread that trains the model reserves it for longer than one
 * use.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
public final class ExclusiveUse {

  private @Nullable Thread user;
  private @Nullable Thread owner;
  private int reservations;

  /** A use or a reservation that has begun. */
  public interface Use extends AutoCloseable {
    /** Ends it. */
    @Override
    void close();
  }

  /**
   * Begins a use.
   *
   * @throws IllegalStateException if another one has not ended, or another thread has reserved it
   */
  public synchronized Use begin() {
    requireFree();
    user = Thread.currentThread();
    return this::end;
  }

  /**
   * Reserves the model for the uses of this thread, which may reserve it several times.
   *
   * @throws IllegalStateException if a use has not ended, or another thread has reserved it
   */
  public synchronized Use reserve() {
    requireFree();
    owner = Thread.currentThread();
    reservations++;
    return this::endReservation;
  }

  private void requireFree() {
    Thread current = Thread.currentThread();
    if (user == current) {
      throw new IllegalStateException(
          "this model is in use: it must not be called from a consumer of its own symbols");
    }
    Thread other = user != null ? user : owner;
    if (other != null && other != current) {
      throw new IllegalStateException(
          String.format(
              Locale.ROOT,
              "this model is in use by thread '%s'%s: one thread at a time may use it",
              other.getName(),
              user == null ? ", which trains it" : ""));
    }
  }

  private synchronized void end() {
    user = null;
  }

  private synchronized void endReservation() {
    reservations--;
    if (reservations == 0) {
      owner = null;
    }
  }
}
