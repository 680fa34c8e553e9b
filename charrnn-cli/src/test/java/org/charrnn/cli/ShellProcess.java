package org.charrnn.cli;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.charrnn.cli.Shell.Outcome;

/**
 * A process in a directory of its own that runs many commands, each as {@link Shell} does: names of
 * files are relative to that directory, and Java starts once.
 */
final class ShellProcess implements AutoCloseable {

  private final Process process;
  private final DataOutputStream commands;
  private final DataInputStream outcomes;

  ShellProcess(Path directory) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                ShellProcess.class.getName())
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("LC_ALL", "C");
    builder.environment().keySet().removeIf(name -> name.startsWith("CHARRNN"));
    this.process = builder.start();
    this.commands = new DataOutputStream(process.getOutputStream());
    this.outcomes = new DataInputStream(process.getInputStream());
  }

  /** Runs a command whose words have no spaces. */
  Outcome run(String words) throws IOException {
    commands.writeUTF(words);
    commands.flush();
    return new Outcome(outcomes.readInt(), outcomes.readUTF(), outcomes.readUTF());
  }

  @Override
  public void close() throws IOException {
    commands.close();
    process.destroy();
  }

  /** Runs commands until standard input ends. */
  public static void main(String[] args) throws IOException {
    DataOutputStream outcomes = new DataOutputStream(System.out);
    System.setOut(new PrintStream(System.err, true, StandardCharsets.UTF_8));
    DataInputStream commands = new DataInputStream(System.in);
    while (true) {
      String words;
      try {
        words = commands.readUTF();
      } catch (EOFException e) {
        return;
      }
      Outcome outcome = Shell.run((Object[]) words.split(" "));
      outcomes.writeInt(outcome.exitCode());
      outcomes.writeUTF(outcome.out());
      outcomes.writeUTF(outcome.err());
      outcomes.flush();
    }
  }
}
