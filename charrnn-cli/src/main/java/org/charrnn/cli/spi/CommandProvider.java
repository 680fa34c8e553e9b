package org.charrnn.cli.spi;

/**
 * Adds a command to the command line. Providers are found by {@link java.util.ServiceLoader}: a jar
 * on the class path is enough.
 *
 * <p>{@link ComputeOptions}, {@link TrainingDisplay} and {@link TemporaryFolder} are for commands
 * that train. A command prints to {@code spec.commandLine().getOut()} and {@code getErr()}, which
 * are UTF-8 in every locale and keep control characters from a terminal. It need not catch
 * exceptions: a {@link org.charrnn.api.CharRnnException} becomes one line and exit code 2.
 *
 * <p><b>Thread safety.</b> The command line calls a provider on one thread.
 */
public interface CommandProvider {

  /**
   * The command.
   *
   * @return an object whose class has picocli's {@code @Command} annotation with a name, and that
   *     is a {@link java.util.concurrent.Callable} of the exit code, or a {@link Runnable}
   */
  Object command();
}
