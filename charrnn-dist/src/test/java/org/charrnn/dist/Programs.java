package org.charrnn.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Processes of the tests. */
final class Programs {

  private Programs() {}

  /** What a process has printed. */
  record Result(int exitCode, String output, List<String> command) {

    /** This result; fails if the exit code is not 0. */
    Result requireSuccess() {
      assertEquals(0, exitCode, () -> String.join(" ", command) + "\n" + output);
      return this;
    }
  }

  /** Runs a program of the JDK. */
  static Result jdk(Path folder, String name, List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Build.JAVA_HOME.resolve("bin").resolve(name).toString());
    command.addAll(arguments);
    return run(folder, Map.of(), command);
  }

  /** Runs a command in a folder, with its output and errors in one text. */
  static Result run(Path folder, Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("charrnn-dist", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      int exitCode = builder.start().waitFor();
      return new Result(exitCode, Files.readString(log), command);
    } finally {
      Files.delete(log);
    }
  }
}
