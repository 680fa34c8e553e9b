package org.charrnn.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.charrnn.cli.Shell.Outcome;

/** The program in a process of its own, by default in the locale C. */
final class ChildProcess {

  private static final long MOST_SECONDS = 120;

  private final Process process;
  private final CompletableFuture<byte[]> out;
  private final StringBuffer err = new StringBuffer();
  private final CompletableFuture<Void> errEnd;

  private ChildProcess(Process process) {
    this.process = process;
    Executor readers = task -> Thread.ofPlatform().daemon().start(task);
    this.out = CompletableFuture.supplyAsync(() -> readAll(process.getInputStream()), readers);
    this.errEnd = CompletableFuture.runAsync(this::readErr, readers);
  }

  /** Configures a process; by default it has the locale C and the class path of the tests. */
  static final class Starter {

    private final Path directory;
    private final List<String> classPath = new ArrayList<>();
    private String locale = "C";
    private String memory = "256m";
    private ProcessBuilder.Redirect output = ProcessBuilder.Redirect.PIPE;
    private List<String> before = List.of();

    Starter(Path directory) {
      this.directory = directory;
      String ofTests = System.getProperty("surefire.test.class.path");
      classPath.add(ofTests != null ? ofTests : System.getProperty("java.class.path"));
    }

    Starter locale(String name) {
      locale = name;
      return this;
    }

    /** The size of the heap, as -Xmx takes it. */
    Starter memory(String heap) {
      memory = heap;
      return this;
    }

    /**
     * Enables Ctrl-C. A shell that starts a build in the background makes it and all its children
     * ignore the signal; GNU's {@code env} can reset that.
     */
    Starter receivingInterrupts() throws IOException, InterruptedException {
      List<String> reset = List.of("env", "--default-signal=INT");
      List<String> probe = Stream.concat(reset.stream(), Stream.of("true")).toList();
      before = new ProcessBuilder(probe).start().waitFor() == 0 ? reset : List.of();
      return this;
    }

    /** Pipes standard output to a command of bash; the exit code stays that of the program. */
    Starter pipedTo(String reader) {
      before = List.of("bash", "-c", "\"$@\" | " + reader + "; exit ${PIPESTATUS[0]}", "charrnn");
      return this;
    }

    /** Limits the size of each file that the program writes, in kilobytes; a longer write fails. */
    Starter sizeOfFiles(int kilobytes) {
      before = List.of("bash", "-c", "ulimit -f " + kilobytes + "; exec \"$@\"", "charrnn");
      return this;
    }

    Starter classPath(Path more) {
      classPath.add(more.toString());
      return this;
    }

    Starter outputTo(Path file) {
      output = ProcessBuilder.Redirect.to(file.toFile());
      return this;
    }

    ChildProcess start(Object... words) throws IOException {
      List<String> command = new ArrayList<>(before);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(
          List.of(
              "-XX:TieredStopAtLevel=1",
              "-XX:+UseSerialGC",
              "-XX:-UsePerfData",
              "-Xmx" + memory,
              "-cp"));
      command.add(String.join(System.getProperty("path.separator"), classPath));
      command.add("org.charrnn.cli.Main");
      Arrays.stream(words).map(Object::toString).forEach(command::add);
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(directory.toFile()).redirectOutput(output);
      builder.environment().put("LC_ALL", locale);
      builder
          .environment()
          .keySet()
          .removeIf(name -> name.startsWith("CHARRNN") || name.startsWith("JAVA_TOOL"));
      return new ChildProcess(builder.start());
    }
  }

  /** Runs a command until it ends. */
  static Outcome run(Path directory, Object... words) throws IOException, InterruptedException {
    return new Starter(directory).start(words).await();
  }

  /** Waits for a text on standard error. */
  void awaitError(String text) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (err.indexOf(text) < 0) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new AssertionError("standard error does not contain '" + text + "', but: " + err);
      }
      Thread.sleep(5);
    }
  }

  /** Sends the signal of Ctrl-C. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
  }

  /** Ends the process as kill -9 does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  Outcome await() throws InterruptedException {
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("did not end; standard error: " + err);
    }
    errEnd.join();
    return new Outcome(process.exitValue(), strictUtf8(out.join()), err.toString());
  }

  private static String strictUtf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("standard output is not UTF-8", e);
    }
  }

  private static byte[] readAll(InputStream in) {
    try {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readErr() {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (InputStream in = process.getErrorStream()) {
      for (int next = in.read(); next >= 0; next = in.read()) {
        line.write(next);
        if (next == '\n') {
          err.append(line.toString(StandardCharsets.UTF_8));
          line.reset();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    err.append(line.toString(StandardCharsets.UTF_8));
  }
}
