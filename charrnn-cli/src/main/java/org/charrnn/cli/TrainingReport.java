package org.charrnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.charrnn.cli.output.TerminalWriter;
import org.charrnn.text.Trainer;
import org.charrnn.text.training.Loss;
import org.charrnn.text.training.TrainingResult;
import org.charrnn.text.unicode.ShellWords;
import org.charrnn.text.unicode.VisibleText;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/**
 * The report at the end of a training run: the reason, how to resume it, and the model to use.
 *
 * @param command the command
 * @param checkpoint the file of the last state
 */
record TrainingReport(CommandSpec command, Path checkpoint) {

  /** The exit code of a process that Ctrl-C ended. */
  private static final int INTERRUPTED = 130;

  /** Prints the report, and returns the exit code. */
  int of(TrainingResult end, Trainer trainer) {
    end.last()
        .filter(_ -> !isReported(end, trainer))
        .ifPresent(loss -> err().println(last(loss, end.step())));
    if (!end.reason().isFinal()) {
      err()
          .println(
              String.format(
                  Locale.ROOT,
                  "charrnn: %s; %s holds step %d of %d. To resume:%n  %s",
                  end.reason() == TrainingResult.StopReason.TIME
                      ? "the time limit is reached"
                      : "stopped",
                  VisibleText.inLine(checkpoint),
                  end.step(),
                  trainer.plan().totalSteps(),
                  resumeCommand()));
    }
    if (end.reason() == TrainingResult.StopReason.REQUESTED) {
      return INTERRUPTED;
    }
    if (end.reason() == TrainingResult.StopReason.NO_IMPROVEMENT) {
      err()
          .println(
              String.format(
                  Locale.ROOT,
                  "charrnn: ended at step %d of %d: the last %d validations did not improve on the"
                      + " best",
                  end.step(),
                  trainer.plan().totalSteps(),
                  trainer.validationsSinceBest()));
    }
    end.test().ifPresent(loss -> out().println(test(loss)));
    out().println(whereTheModelIs(end, trainer));
    return ExitCode.OK;
  }

  /** Whether the loss of the last model is that of the last epoch, and the best one. */
  private static boolean isReported(TrainingResult end, Trainer trainer) {
    boolean isBest = end.best().filter(best -> best.step() < end.step()).isEmpty();
    return isBest && trainer.isBetweenEpochs();
  }

  private static String last(Loss loss, long step) {
    return String.format(
        Locale.ROOT,
        "charrnn: the last model, of step %d, has %.3f nats per character on the held-out text",
        step,
        loss.nats());
  }

  private static String test(Loss loss) {
    return String.format(
        Locale.ROOT,
        "On the text that was set aside: %.3f nats per character, %.3f bits, perplexity %.2f.",
        loss.nats(),
        loss.bits(),
        loss.perplexity());
  }

  private String whereTheModelIs(TrainingResult end, Trainer trainer) {
    String prompt = trainer.plan().config().sample().prompt().orElse("");
    Path model = end.best().map(TrainingResult.Best::file).orElse(checkpoint);
    String where =
        end.best()
            .map(best ->
                String.format(
                    Locale.ROOT,
                    "The best model, of step %d, is in %s; the last one is in %s.",
                    best.step(),
                    VisibleText.inLine(best.file()),
                    VisibleText.inLine(checkpoint)))
            .orElse(
                String.format(Locale.ROOT, "The model is in %s.", VisibleText.inLine(checkpoint)));
    return String.format(
        Locale.ROOT, "%s To generate text:%n  %s", where, generateCommand(model, prompt));
  }

  private static String generateCommand(Path model, String prompt) {
    return ShellWords.join(
        List.of("charrnn", "generate", model.toString(), "--prompt", prompt, "--length", "100"));
  }

  /** The command with {@code --resume}. */
  private String resumeCommand() {
    List<String> words = command.commandLine().getParseResult().originalArgs();
    Stream<String> kept =
        words.stream().filter(word -> !word.equals("--force") && !word.equals("--resume"));
    return ShellWords.join(
        Stream.of(Stream.of("charrnn"), kept, Stream.of("--resume"))
            .flatMap(part -> part)
            .toList());
  }

  private PrintWriter out() {
    return new TerminalWriter(command.commandLine().getOut());
  }

  private PrintWriter err() {
    return command.commandLine().getErr();
  }
}
