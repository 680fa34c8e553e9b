package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.charrnn.cli.Shell.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A line feed in the name of a file is shown as {@code \n}, and starts no line of its own. */
@EnabledOnOs(
    value = {OS.LINUX, OS.MAC},
    disabledReason = "Windows has no such names")
class FileNamesTest {

  @TempDir private Path directory;
  private Path text = Path.of("");
  private Path model = Path.of("");

  @BeforeEach
  void writeText() throws IOException {
    text = Files.writeString(directory.resolve("te\ncharrnn: xt.txt"), Texts.CHOICES);
    model = directory.resolve("mo\ncharrnn: del.ckpt");
  }

  private Outcome small(Object... words) {
    return Shell.run(
        Stream.of(Stream.of(words), Stream.<Object>of((Object[]) Texts.SMALL))
            .flatMap(part -> part)
            .toArray());
  }

  private static void assertNamed(int exitCode, String name, Outcome outcome) {
    assertEquals(exitCode, outcome.exitCode(), outcome::err);
    String all = outcome.out() + outcome.err();
    assertTrue(all.contains(name + "\\ncharrnn: "), all);
    assertFalse(all.contains(name + "\ncharrnn: "), all);
  }

  @Test
  void messagesOfATraining() {
    assertNamed(0, "mo", small("train", text, "--out", model, "--max-steps", 3));
    assertNamed(2, "mo", small("train", text, "--out", model));
    assertNamed(0, "mo", Shell.run("train", text, "--out", model, "--resume", "--max-steps", 3));
    assertNamed(0, "mo", Shell.run("inspect", model));
    Outcome tuned =
        small("train", text, "--out", directory.resolve("b.ckpt"), "--from", model, "--epochs", 1);
    assertNamed(0, "mo", tuned);
    assertNamed(0, "mo", Shell.run("report", directory.resolve("mo\ncharrnn: del.run")));
  }

  @Test
  void messagesOfErrors() throws IOException {
    assertNamed(2, "mo", Shell.run("generate", model));
    assertNamed(2, "te", Shell.run("generate", text));
    assertNamed(2, "te", Shell.run("train", text, "--out", text, "--force"));
    assertNamed(2, "mo", Shell.run("train", model, "--out", directory.resolve("a.ckpt")));
    Files.write(text, new byte[] {(byte) 0xFF, 'a'});
    assertNamed(2, "te", Shell.run("train", text, "--out", model));
    assertNamed(2, "te", Shell.run("train", text, "--out", model, "--config", text));
    assertNamed(2, "mo", Shell.run("train", text, "--out", "a.ckpt", "--epochs", "mo\ncharrnn: x"));
  }
}
