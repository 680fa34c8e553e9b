package org.charrnn.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.charrnn.cli.options.ProfileTable;
import org.charrnn.cli.spi.CommandProvider;
import org.charrnn.cli.spi.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/** Where the command line begins. All text that leaves it is UTF-8, whatever the locale. */
public final class Main {

  private Main() {}

  /**
   * Runs one command and ends the process with its exit code: 0 done, 2 bad input, 1 unexpected.
   */
  public static void main(String[] args) {
    OutputStream standardOutput = new FileOutputStream(FileDescriptor.out);
    PrintStream out =
        new PrintStream(new BufferedOutputStream(standardOutput), false, StandardCharsets.UTF_8);
    PrintStream err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    System.setOut(out);
    System.setErr(err);
    Interrupts interrupts = new Interrupts();
    int exitCode =
        run(
            args,
            new PrintWriter(out, true, StandardCharsets.UTF_8),
            new PrintWriter(err, true, StandardCharsets.UTF_8),
            Terminal.isStandardError(),
            interrupts);
    out.flush();
    interrupts.finished();
    System.exit(exitCode);
  }

  /** The same without a process around it. */
  static int run(
      String[] args, PrintWriter out, PrintWriter err, boolean terminal, Interrupts interrupts) {
    LogLines.install(err);
    CharRnnCommand root = new CharRnnCommand();
    ErrorHandler failures = new ErrorHandler(root);
    try {
      int exitCode = commandLine(root, failures, out, err, terminal, interrupts).execute(args);
      return exitCode == ExitCode.OK && out.checkError() ? failures.silenced(err) : exitCode;
    } catch (RuntimeException
        | Error e) { // picocli hands over exceptions of commands, but not errors
      return failures.unexpected(e, err);
    } finally {
      out.flush();
      err.flush();
    }
  }

  static CommandLine commandLine(
      CharRnnCommand root,
      ErrorHandler failures,
      PrintWriter out,
      PrintWriter err,
      boolean terminal,
      Interrupts interrupts) {
    CommandLine commandLine = new CommandLine(root);
    CommandLine train = new CommandLine(new TrainCommand(terminal, interrupts));
    train.getCommandSpec().usageMessage().footer(ProfileTable.lines());
    commandLine.addSubcommand(train);
    commandLine.addSubcommand(new GenerateCommand());
    commandLine.addSubcommand(new EvaluateCommand());
    commandLine.addSubcommand(new BaselineCommand());
    commandLine.addSubcommand(new InspectCommand());
    commandLine.addSubcommand(new ReportCommand());
    commandLine.addSubcommand(new AcceleratorsCommand());
    addProvided(commandLine, ServiceLoader.load(CommandProvider.class), err);
    return commandLine
        .setExpandAtFiles(false) // a text to begin with may well begin with '@'
        .setUsageHelpAutoWidth(true)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  /** One broken provider does not stop the others. */
  private static void addProvided(
      CommandLine commandLine, ServiceLoader<CommandProvider> loader, PrintWriter err) {
    Iterator<CommandProvider> providers = loader.iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        commandLine.addSubcommand(providers.next().command());
      } catch (ServiceConfigurationError | LinkageError | CommandLine.InitializationException e) {
        err.println("charrnn: a command could not be added: " + e.getMessage());
      }
    }
  }
}
