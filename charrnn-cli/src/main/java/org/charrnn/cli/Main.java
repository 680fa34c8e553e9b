package org.charrnn.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.charrnn.cli.output.Terminal;
import org.charrnn.cli.output.TerminalWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/**
 * The entry point of the command line. Its output is UTF-8, and formatted alike in every locale.
 */
public final class Main {

  private Main() {}

  /**
   * Runs one command and ends the process with its exit code: 0 success, 2 invalid input, 1
   * unexpected failure.
   *
   * @param args the arguments
   */
  public static void main(String[] args) {
    System.exit(execute(args));
  }

  /**
   * Runs one command on the standard streams of this process, and returns its exit code.
   *
   * @param args the arguments
   * @return the exit code
   */
  public static int execute(String... args) {
    Locale.setDefault(Locale.ROOT); // for libraries that format numbers
    OutputStream standardOutput =
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
    OutputStream standardError = new FileOutputStream(FileDescriptor.err);
    System.setOut(new PrintStream(standardOutput, false, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(standardError, true, StandardCharsets.UTF_8));
    Writer out = new OutputStreamWriter(standardOutput, StandardCharsets.UTF_8);
    Writer err = new OutputStreamWriter(standardError, StandardCharsets.UTF_8);
    Interrupts interrupts = new Interrupts();
    int exitCode =
        run(
            args,
            Terminal.isStandardOutput() ? new TerminalWriter(out) : new PrintWriter(out, true),
            new TerminalWriter(err),
            Terminal.isStandardError(),
            interrupts);
    System.out.flush();
    return interrupts.exitCode(exitCode);
  }

  /** The same in a running process. */
  static int run(
      String[] args, PrintWriter out, PrintWriter err, boolean terminal, Interrupts interrupts) {
    CharRnnCommand root = new CharRnnCommand(Preloading.of(List.of(args)));
    ErrorHandler failures = new ErrorHandler(root);
    try (LogLines _ = LogLines.install(err, root::verbose)) {
      int exitCode =
          commandLine(root, List.of(args)::contains, out, err, terminal, interrupts).execute(args);
      return exitCode == ExitCode.OK && out.checkError() ? failures.outputFailed(err) : exitCode;
    } catch (RuntimeException | Error e) { // picocli passes on exceptions of commands, not errors
      return failures.unexpected(e, err);
    } finally {
      out.flush();
      err.flush();
    }
  }

  /** The command line with all commands. Those that the predicate rejects have no options. */
  static CommandLine commandLine(
      CharRnnCommand root,
      Predicate<String> complete,
      PrintWriter out,
      PrintWriter err,
      boolean terminal,
      Interrupts interrupts) {
    CommandLine commandLine = new CommandLine(root);
    new Commands(commandLine, complete, err, terminal, interrupts).add();
    ErrorHandler failures = new ErrorHandler(root);
    return commandLine
        .setExpandAtFiles(false) // a prompt may begin with '@'
        .setUsageHelpAutoWidth(true)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }
}
