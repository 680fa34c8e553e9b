package org.charrnn.cli.spi;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class TemporaryFolderTest {

  private static final String SIGNALS = "--default-signal=INT";

  @Test
  void close_deletesEverything() throws IOException {
    Path path;
    try (TemporaryFolder folder = TemporaryFolder.create("charrnn-test")) {
      path = folder.path();
      Files.createDirectories(path.resolve("a/b"));
      Files.writeString(path.resolve("a/b/c.txt"), "text");
    }
    assertFalse(Files.exists(path));
  }

  /** Ctrl-C, and the exit of the process from another thread. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGINT to send to a child")
  void endOfTheProcess_deletesEverything() throws Exception {
    List<String> command = new ArrayList<>();
    if (new ProcessBuilder("env", SIGNALS, "true").start().waitFor() == 0) {
      command.addAll(List.of("env", SIGNALS)); // a build in the background ignores the signal
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    String ofTests = System.getProperty("surefire.test.class.path");
    command.add("-cp");
    command.add(ofTests != null ? ofTests : System.getProperty("java.class.path"));
    command.add(Sleeper.class.getName());
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    try (BufferedReader out = process.inputReader()) {
      String path = out.readLine();
      assertNotNull(path);
      assertTrue(Files.exists(Path.of(path, "model.ckpt")));
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertFalse(Files.exists(Path.of(path)));
    } finally {
      process.destroyForcibly();
    }
  }

  /** A command that never ends. */
  static final class Sleeper {

    private Sleeper() {}

    public static void main(String[] arguments) throws Exception {
      try (TemporaryFolder folder = TemporaryFolder.create("charrnn-test")) {
        Files.writeString(folder.path().resolve("model.ckpt"), "a model");
        System.out.println(folder.path());
        Thread.sleep(Long.MAX_VALUE);
      }
    }
  }
}
