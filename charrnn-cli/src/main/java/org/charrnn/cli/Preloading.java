package org.charrnn.cli;

import java.util.List;
import java.util.Optional;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.text.snapshot.Snapshot;

/**
 * Loads classes that a command needs, on another thread while its arguments are parsed. It changes
 * nothing but the time that the command takes.
 *
 * <p><b>Thread safety.</b> Immutable.
 */
final class Preloading {

  /** The command that is short enough to gain by it. */
  private static final String COMMAND = "generate";

  private final Optional<Thread> thread;

  private Preloading(Optional<Thread> thread) {
    this.thread = thread;
  }

  /** Loads nothing. */
  static Preloading none() {
    return new Preloading(Optional.empty());
  }

  /**
   * Starts to load classes, if there is a command that gains by it and a processor that is idle.
   *
   * @param args the arguments of the process
   */
  static Preloading of(List<String> args) {
    return gains(args)
        ? new Preloading(
            Optional.of(
                Thread.ofPlatform().daemon().name("charrnn-preloading").start(Preloading::load)))
        : none();
  }

  private static boolean gains(List<String> args) {
    return !args.isEmpty()
        && args.getFirst().equals(COMMAND)
        && !args.contains("--help")
        && !args.contains("-h")
        && Runtime.getRuntime().availableProcessors() > 1;
  }

  /** Whether there are classes to load. */
  boolean isStarted() {
    return thread.isPresent();
  }

  /** Asks no accelerator whether it is available, since the arguments may name another one. */
  private static void load() {
    try {
      Snapshot.preload();
      Plugins.accelerators();
    } catch (RuntimeException | LinkageError _) {
      // The command fails in the same way, and reports it.
    }
  }

  /**
   * Waits until the classes are loaded, so that no two threads initialize classes that depend on
   * one another. If this thread is interrupted, it stays so, and waits no longer.
   */
  void await() {
    try {
      if (thread.isPresent()) {
        thread.get().join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
