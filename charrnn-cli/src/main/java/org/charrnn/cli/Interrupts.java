package org.charrnn.cli;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Lets a command end in good order when the user presses Ctrl-C, or the system asks the process to
 * go: the process waits until the command, told to stop, has returned and what it printed is out.
 * Its exit code is then that of the signal, 130 for Ctrl-C.
 *
 * <p><b>Thread safety.</b> For the thread of the command; the waiting is done by a shutdown hook.
 */
final class Interrupts {

  private final CountDownLatch finished = new CountDownLatch(1);
  private @Nullable Thread hook;

  /**
   * From here until {@link #release}, an interruption runs {@code stop} instead of ending the
   * process at once.
   */
  void hold(Runnable stop) {
    release();
    hook =
        new Thread(
            () -> {
              stop.run();
              await();
            },
            "charrnn-interrupt");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void await() {
    try {
      finished.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the process ends anyway
    }
  }

  /** Undoes {@link #hold}. */
  void release() {
    if (hook != null) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException _) {
        return; // the hook is at work; it waits for finished()
      }
      hook = null;
    }
  }

  /** The command has returned, and nothing more will be printed. */
  void finished() {
    finished.countDown();
  }
}
