package org.charrnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.charrnn.cli.spi.TerminalWriter;
import org.charrnn.text.Trainer;
import org.charrnn.text.training.Loss;
import org.charrnn.text.training.StopReason;
import org.charrnn.text.training.TrainingResult;
import org.charrnn.text.unicode.ShellWords;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a training run says at its end: why it ended, how to go on, and which model to write with.
 *
 * @param command the command that was typed
 * @param checkpoint where the last state is
 */
record TrainingReport(CommandSpec command, Path checkpoint) {

  /** What a process ended by Ctrl-C returns. */
  private static final int INTERRUPTED = 130;

  /** Says it, and returns the exit code. */
  int of(TrainingResult end, Trainer trainer) {
    if (!end.reason().isFinal()) {
      err()
          .println(
              String.format(
                  Locale.ROOT,
                  "charrnn: %s; %s holds step %d of %d. To go on:%n  %s",
                  end.reason() == StopReason.TIME ? "its time is over" : "stopped",
                  checkpoint,
                  end.step(),
                  trainer.plan().totalSteps(),
                  resumeCommand()));
    }
    if (end.reason() == StopReason.REQUESTED) {
      return INTERRUPTED;
    }
    if (end.reason() == StopReason.NO_IMPROVEMENT) {
      err()
          .println(
              String.format(
                  Locale.ROOT,
                  "charrnn: ended at step %d of %d: the last %d validations brought nothing better",
                  end.step(),
                  trainer.plan().totalSteps(),
                  trainer.progress().validations().sinceBest()));
    }
    end.test().ifPresent(loss -> out().println(test(loss)));
    out().println(whereTheModelIs(end, trainer));
    return ExitCode.OK;
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
    String begin = trainer.plan().config().sample().prompt().orElse("");
    Path model = end.best().map(TrainingResult.Best::file).orElse(checkpoint);
    String where =
        end.best()
            .map(best ->
                String.format(
                    Locale.ROOT,
                    "The best model, of step %d, is in %s; the last one is in %s.",
                    best.step(),
                    best.file(),
                    checkpoint))
            .orElse(String.format(Locale.ROOT, "The model is in %s.", checkpoint));
    return String.format(
        Locale.ROOT, "%s To let it write:%n  %s", where, generateCommand(model, begin));
  }

  private static String generateCommand(Path model, String begin) {
    return ShellWords.join(
        List.of("charrnn", "generate", model.toString(), "--begin", begin, "--length", "100"));
  }

  /** What was typed, with {@code --resume}. */
  private String resumeCommand() {
    List<String> typed = command.commandLine().getParseResult().originalArgs();
    Stream<String> kept =
        typed.stream().filter(word -> !word.equals("--force") && !word.equals("--resume"));
    return ShellWords.join(
        Stream.of(Stream.of("charrnn"), kept, Stream.of("--resume"))
            .flatMap(words -> words)
            .toList());
  }

  private PrintWriter out() {
    return new TerminalWriter(command.commandLine().getOut());
  }

  private PrintWriter err() {
    return command.commandLine().getErr();
  }
}
