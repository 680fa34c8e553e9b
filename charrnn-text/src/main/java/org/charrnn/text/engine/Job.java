package org.charrnn.text.engine;

import java.util.concurrent.locks.LockSupport;
import org.charrnn.api.DeviceException;
import org.jspecify.annotations.Nullable;

/**
 * Something that an engine computes and that one thread waits for.
 *
 * <p><b>Thread safety.</b> The engine ends it; any thread may cancel it; one thread at a time
 * waits.
 */
abstract class Job {

  private volatile @Nullable Thread waiter;
  private volatile @Nullable Throwable failure;
  private volatile boolean ended;
  private volatile boolean cancelled;

  /** Whether it has ended, with success or not. */
  final boolean hasEnded() {
    return ended;
  }

  /** Ends it with success. */
  final void complete() {
    release();
    ended = true;
    wake();
  }

  /** Called when it ends, before the waiting thread is woken. */
  void release() {}

  /** Ends it with an exception, which {@link #requireSuccess} throws. */
  final void fail(Throwable thrown) {
    failure = thrown;
    complete();
  }

  /** The result is not needed: the engine drops it before it computes more. */
  final void cancel() {
    cancelled = true;
  }

  final boolean isCancelled() {
    return cancelled;
  }

  /** Throws the exception with which it has ended, if there is one. */
  final void requireSuccess() {
    switch (failure) {
      case null -> {}
      // The same for all jobs of a batch: each thread gets an exception with its own trace.
      case DeviceException e -> throw new DeviceException(String.valueOf(e.getMessage()), e);
      case IllegalStateException e ->
          throw new IllegalStateException(String.valueOf(e.getMessage()), e);
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  // ---- waiting

  /** Announces that the current thread is about to wait. It must check its condition after this. */
  final void beginWaiting() {
    waiter = Thread.currentThread();
  }

  final void endWaiting() {
    waiter = null;
  }

  final boolean isAwaited() {
    return waiter != null;
  }

  /** Wakes the thread that waits, if one does. */
  final void wake() {
    LockSupport.unpark(waiter);
  }
}
