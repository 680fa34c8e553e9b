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

/**
 * The program as a user starts it: a process of its own, in a directory of its own, in the poorest
 * of all locales.
 */
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

  /**
   * Says how to start one: in the poorest locale, with the class path of the tests, unless told
   * otherwise.
   */
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
     * Lets it hear Ctrl-C. A shell that starts a build in the background makes it and all its
     * children deaf to that; GNU's {@code env} can mend it.
     */
    Starter hearingInterrupts() throws IOException, InterruptedException {
      List<String> mended = List.of("env", "--default-signal=INT");
      List<String> probe = Stream.concat(mended.stream(), Stream.of("true")).toList();
      before = new ProcessBuilder(probe).start().waitFor() == 0 ? mended : List.of();
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
          List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx" + memory, "-cp"));
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

  /** Runs a command to its end. */
  static Outcome run(Path directory, Object... words) throws IOException, InterruptedException {
    return new Starter(directory).start(words).await();
  }

  /** Waits until standard error says something. */
  void awaitError(String text) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (err.indexOf(text) < 0) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new AssertionError("never said '" + text + "', but: " + err);
      }
      Thread.sleep(5);
    }
  }

  /** Does what Ctrl-C does. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
  }

  Outcome await() throws InterruptedException {
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("did not end; it said: " + err);
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
