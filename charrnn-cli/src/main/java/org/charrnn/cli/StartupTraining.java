package org.charrnn.cli;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.charrnn.cli.output.Terminal;
import org.charrnn.cli.output.TerminalWriter;
import org.charrnn.cli.spi.TemporaryFolder;
import org.charrnn.cli.spi.TrainingServer;
import picocli.CommandLine.ExitCode;

/**
 * The program whose classes {@code bin/charrnn} archives: every command that is short, once, on a
 * small text in a temporary folder. Later commands start with the archive.
 */
public final class StartupTraining {

  private static final String SENTENCE = "选择一条路，也就选择了路边的风景。\n";
  private static final int SENTENCES = 200;

  private StartupTraining() {}

  /** Ends the process with the exit code of the first command that fails, else with 0. */
  public static void main(String[] args) throws IOException {
    System.exit(run());
  }

  /** Runs the commands. */
  static int run() throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.create("charrnn-startup-")) {
      Path text = folder.path().resolve("text.txt");
      Path model = folder.path().resolve("model.ckpt");
      Files.writeString(text, SENTENCE.repeat(SENTENCES));
      int exitCode = ExitCode.OK;
      for (List<String> command : commands(text.toString(), model.toString())) {
        if (exitCode == ExitCode.OK) {
          exitCode = run(command);
        }
      }
      return exitCode;
    }
  }

  private static List<List<String>> commands(String text, String model) {
    List<String> train = new ArrayList<>(List.of("train", text, "--out", model, "--prompt", "选"));
    train.addAll(List.of("--hidden-size", "32", "--epochs", "2", "--validation", "0.1"));
    if (ServiceLoader.load(TrainingServer.class).findFirst().isPresent()) {
      train.addAll(List.of("--serve", "0")); // a server that ends with the training
    }
    return List.of(
        List.of("--help"),
        List.of("train", "--help"),
        List.of("generate", "--help"),
        train,
        List.of("generate", model, "--length", "20"),
        List.of("generate", model, "--length", "20", "--samples", "2"),
        List.of("evaluate", model, text),
        List.of("score", model, text),
        List.of("inspect", model),
        List.of("baseline", text),
        List.of("accelerators"));
  }

  private static int run(List<String> command) {
    TerminalWriter err =
        new TerminalWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8));
    return Main.run(
        command.toArray(String[]::new),
        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
        err,
        Terminal.isStandardError(),
        new Interrupts());
  }
}
