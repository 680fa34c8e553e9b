package org.charrnn.cli;

import java.util.List;
import java.util.Map;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/**
 * Lets a command end in good order on Ctrl-C, and on the signals that ask a process to end: the
 * first one requests the command to stop, the second one ends the process at once. The exit code is
 * that of the signal in both cases, 130 for Ctrl-C.
 *
 * <p>JLine registers the handlers, since the compiler accepts no direct use of the JDK's class for
 * signals without a warning.
 *
 * <p><b>Thread safety.</b> The command calls {@link #hold} and {@link #release} on one thread; the
 * handlers run on others.
 */
final class Interrupts {

  /** The numbers of POSIX. */
  private static final Map<String, Integer> SIGNALS = Map.of("HUP", 1, "INT", 2, "TERM", 15);

  private static final int SIGNAL_EXIT = 128;

  /** A handler that was replaced. */
  private record Replaced(String signal, @Nullable Object handler) {}

  private List<Replaced> replaced = List.of();
  private volatile int received;

  /**
   * Until {@link #release}, the first signal runs {@code stop} instead of ending the process at
   * once.
   */
  void hold(Runnable stop) {
    release();
    replaced =
        SIGNALS.entrySet().stream()
            .map(signal ->
                new Replaced(
                    signal.getKey(),
                    Signals.register(signal.getKey(), () -> receive(signal.getValue(), stop))))
            .toList();
  }

  private void receive(int signal, Runnable stop) {
    synchronized (this) {
      if (received != 0) {
        Runtime.getRuntime().exit(SIGNAL_EXIT + received);
      }
      received = signal;
    }
    stop.run();
  }

  /** Undoes {@link #hold}. */
  void release() {
    replaced.forEach(it -> Signals.unregister(it.signal(), it.handler()));
    replaced = List.of();
  }

  /** The exit code of the process, given that of its command. */
  int exitCode(int ofCommand) {
    return received == 0 ? ofCommand : SIGNAL_EXIT + received;
  }
}
