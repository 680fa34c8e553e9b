package org.charrnn.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import org.charrnn.api.CharRnnException;
import org.charrnn.api.discovery.PluginException;
import org.charrnn.cli.options.OptionNames;
import org.charrnn.cli.output.StandardOutput;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.corpus.CorpusException;
import org.charrnn.text.corpus.TextTooShortException;
import org.charrnn.text.evaluation.ModelDivergedException;
import org.charrnn.text.unicode.VisibleText;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Turns a failure into a line on standard error that begins with {@code charrnn:}, and an exit
 * code: 2 if the user can fix it, 1 if it is unexpected or the fault of a plugin.
 */
final class ErrorHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {

  private static final String PREFIX = "charrnn: ";
  private static final char UNREADABLE = '\uFFFD';

  private final CharRnnCommand root;

  ErrorHandler(CharRnnCommand root) {
    this.root = root;
  }

  /** The command line is invalid. */
  @Override
  public int handleParseException(ParameterException failure, String[] args) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(
        PREFIX
            + VisibleText.inLine(String.valueOf(failure.getMessage()))
            + localeHint(List.of(args)));
    UnmatchedArgumentException.printSuggestions(failure, err);
    err.println(
        String.format(
            Locale.ROOT, "Run '%s --help' for usage.", command.getCommandSpec().qualifiedName()));
    traceIfWanted(failure, err);
    return ExitCode.USAGE;
  }

  /** A command failed. */
  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult typed) {
    PrintWriter err = command.getErr();
    command.getOut().flush();
    if (failure instanceof StandardOutput.Closed) {
      return ExitCode.OK;
    }
    if (!(failure instanceof CharRnnException)) {
      return unexpected(failure, err);
    }
    err.println(
        PREFIX + VisibleText.inLine(message(failure, command)) + localeHint(typed.originalArgs()));
    traceIfWanted(failure, err);
    return failure instanceof PluginException ? ExitCode.SOFTWARE : ExitCode.USAGE;
  }

  /** The command succeeded, but its output could not be written. */
  int outputFailed(PrintWriter err) {
    RuntimeException failure = StandardOutput.failure();
    if (failure instanceof StandardOutput.Closed) {
      return ExitCode.OK;
    }
    err.println(PREFIX + failure.getMessage());
    return ExitCode.USAGE;
  }

  /** A fault of the program or of a plugin. */
  int unexpected(Throwable failure, PrintWriter err) {
    if (failure instanceof OutOfMemoryError) {
      err.println(
          PREFIX
              + String.format(
                  Locale.ROOT,
                  "out of memory (%s). Increase the heap, for example with"
                      + " CHARRNN_JAVA_OPTS=-Xmx8g, or reduce ",
                  failure.getMessage())
              + "--batch-size, --hidden-size or text.");
    } else {
      err.println(PREFIX + "unexpected failure: " + failure);
      if (!root.stacktrace()) {
        err.println(
            "This is a bug in charrnn or in a plugin; run the command with --stacktrace for"
                + " details.");
      }
    }
    traceIfWanted(failure, err);
    err.flush();
    return ExitCode.SOFTWARE;
  }

  private void traceIfWanted(Throwable failure, PrintWriter err) {
    if (root.stacktrace()) {
      failure.printStackTrace(err);
    }
  }

  private static String message(Exception failure, CommandLine command) {
    return switch (failure) {
      case InvalidOptionException option -> OptionNames.inMessage(option, command.getCommandSpec());
      case CorpusException _, TextTooShortException _, ModelDivergedException _ ->
          OptionNames.inMessage(String.valueOf(failure.getMessage()), command.getCommandSpec());
      default -> String.valueOf(failure.getMessage());
    };
  }

  private static String localeHint(List<String> args) {
    boolean unreadable = args.stream().anyMatch(arg -> arg.indexOf(UNREADABLE) >= 0);
    return unreadable
        ? " (The locale is not UTF-8, so Java could not decode the arguments: set LC_ALL=C.UTF-8,"
            + " or use bin/charrnn.)"
        : "";
  }
}
