package org.charrnn.text.device;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Detects that a model is used by two threads at once, or from within one of its own callbacks,
 * which would mix up their texts.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
public final class ExclusiveUse {

  private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();

  /** A use that has begun. */
  public interface Use extends AutoCloseable {
    /** Ends the use. */
    @Override
    void close();
  }

  /**
   * Begins a use.
   *
   * @throws IllegalStateException if another one has not ended
   */
  public Use begin() {
    Thread current = Thread.currentThread();
    Thread other = user.compareAndExchange(null, current);
    if (other != null) {
      throw new IllegalStateException(
          other == current
              ? "this model is in use: it must not be called from a consumer of its own symbols"
              : String.format(
                  Locale.ROOT,
                  "this model is in use by thread '%s': one thread at a time may use it",
                  other.getName()));
    }
    return () -> user.set(null);
  }
}
