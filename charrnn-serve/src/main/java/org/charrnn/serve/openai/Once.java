package org.charrnn.serve.openai;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A value that is computed when it is first needed, for all who need it. If that fails, the next
 * call tries again.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
final class Once<T> {

  private final ReentrantLock lock = new ReentrantLock();
  private final Supplier<T> source;
  private @Nullable T value; // guarded by the lock

  Once(Supplier<T> source) {
    this.source = source;
  }

  T get() {
    lock.lock();
    try {
      T known = value;
      if (known == null) {
        known = source.get();
        value = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }
}
