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
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import org.charrnn.cli.options.ProfileTable;
import org.charrnn.cli.scoring.ClassifyCommand;
import org.charrnn.cli.scoring.RankCommand;
import org.charrnn.cli.scoring.ScoreCommand;
import org.charrnn.cli.spi.CommandProvider;
import org.charrnn.cli.spi.Terminal;
import org.charrnn.cli.spi.TerminalWriter;
import org.charrnn.cli.spi.TrainingPlace;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

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
    CharRnnCommand root = new CharRnnCommand();
    ErrorHandler failures = new ErrorHandler(root);
    try (LogLines _ = LogLines.install(err, root::verbose)) {
      int exitCode = commandLine(root, failures, out, err, terminal, interrupts).execute(args);
      return exitCode == ExitCode.OK && out.checkError() ? failures.outputFailed(err) : exitCode;
    } catch (RuntimeException | Error e) { // picocli passes on exceptions of commands, not errors
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
    commandLine.addSubcommand(train(new TrainCommand(terminal, interrupts, Optional.empty())));
    commandLine.addSubcommand(new GenerateCommand());
    commandLine.addSubcommand(new EvaluateCommand());
    commandLine.addSubcommand(new ScoreCommand());
    commandLine.addSubcommand(new RankCommand());
    commandLine.addSubcommand(new ClassifyCommand());
    commandLine.addSubcommand(new BaselineCommand());
    commandLine.addSubcommand(new InspectCommand());
    commandLine.addSubcommand(new ReportCommand());
    commandLine.addSubcommand(new AcceleratorsCommand());
    addProvided(CommandProvider.class, it -> commandLine.addSubcommand(it.command()), err);
    addProvided(
        TrainingPlace.class, it -> commandLine.addSubcommand(train(it, terminal, interrupts)), err);
    return commandLine
        .setExpandAtFiles(false) // a prompt may begin with '@'
        .setUsageHelpAutoWidth(true)
        .setOut(out)
        .setErr(err)
        .setParameterExceptionHandler(failures)
        .setExecutionExceptionHandler(failures);
  }

  private static CommandLine train(TrainCommand command) {
    CommandLine train = new CommandLine(command);
    train.getCommandSpec().usageMessage().footer(ProfileTable.lines());
    return train;
  }

  /** The command that trains in another place. */
  private static CommandLine train(TrainingPlace place, boolean terminal, Interrupts interrupts) {
    CommandLine train = train(new TrainCommand(terminal, interrupts, Optional.of(place)));
    CommandSpec spec = train.getCommandSpec().name(place.command());
    spec.addMixin(place.command(), CommandSpec.forAnnotatedObject(place));
    spec.usageMessage()
        .customSynopsis(
            String.format(
                Locale.ROOT, "charrnn %s CORPUS --out MODEL [OPTION...]%n", place.command()))
        .description(place.description());
    return train;
  }

  /** Adds the commands of other jars; a broken provider does not stop the others. */
  private static <T> void addProvided(Class<T> type, Consumer<T> add, PrintWriter err) {
    Iterator<T> providers = ServiceLoader.load(type).iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        addOne(providers.next(), add, err);
      } catch (ServiceConfigurationError | LinkageError e) {
        err.println("charrnn: cannot add a command: " + e.getMessage());
      }
    }
  }

  private static <T> void addOne(T provider, Consumer<T> add, PrintWriter err) {
    try {
      add.accept(provider);
    } catch (RuntimeException | LinkageError e) {
      err.println(
          String.format(
              Locale.ROOT,
              "charrnn: cannot add the command of %s: %s",
              provider.getClass().getName(),
              e));
    }
  }
}
