package org.charrnn.cli.spi;

/**
 * Adds a command to the command line. Providers are found by {@link java.util.ServiceLoader}, so a
 * jar on the class path is all it takes.
 *
 * <p>{@link org.charrnn.cli.spi.ComputeOptions} and {@link org.charrnn.cli.spi.TrainingDisplay} are
 * there for commands that train. What a command prints belongs on {@code
 * spec.commandLine().getOut()}, which is UTF-8 whatever the locale. Exceptions are best left alone:
 * those of {@code org.charrnn.text.problem} become one line and exit code 2.
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
