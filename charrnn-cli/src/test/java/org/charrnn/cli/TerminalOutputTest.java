package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.charrnn.cli.Shell.Outcome;
import org.charrnn.text.unicode.ShellWords;
import org.charrnn.text.unicode.VisibleText;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text with control characters: what reaches a terminal, a pipe and a reader of messages. */
class TerminalOutputTest {

  private static final String LINE =
      "\033[31mred\033[0m \033]0;title\007 \u202Eback\u2028 \u009B2J \uFEFF\n";

  @TempDir private static Path directory;

  private static Outcome trained;

  @BeforeAll
  static void train() throws IOException {
    Files.writeString(directory.resolve("esc\033[2J.txt"), LINE.repeat(60));
    trained =
        Shell.run(
            Stream.concat(
                    Stream.of(
                        "train",
                        directory.resolve("esc\033[2J.txt"),
                        "--out",
                        directory.resolve("a\033[2J.ckpt"),
                        "--prompt",
                        "\033[31m",
                        "--epochs",
                        1),
                    Stream.of(Texts.SMALL))
                .toArray());
    assertEquals(0, trained.exitCode(), trained::err);
    Files.copy(directory.resolve("a\033[2J.best.ckpt"), directory.resolve("a.ckpt"));
  }

  private static void assertPrintable(String text) {
    assertEquals(VisibleText.escape(text), text);
  }

  @Test
  void training_messagesAreEscaped() {
    assertPrintable(trained.err());
    assertTrue(trained.err().contains("esc\\u001B[2J.txt") || trained.err().contains("a\\u001B"));
  }

  @Test
  void training_printedCommand_isQuoted() {
    String report = trained.out().substring(trained.out().lastIndexOf("The best model"));
    assertPrintable(report);
    assertTrue(report.contains("a\\033[2J.best.ckpt'"), report);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.ckpt", "a\033[2J.ckpt"})
  void inspect_isEscaped(String model) {
    Outcome outcome = Shell.run("inspect", directory.resolve(model), "--symbols", 99);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertPrintable(outcome.out());
    assertTrue(outcome.out().contains("U+001B"), outcome::out);
    assertTrue(outcome.out().contains("U+202E"), outcome::out);
  }

  @EnabledIfSystemProperty(
      named = "sun.jnu.encoding",
      matches = "UTF-8",
      disabledReason = "Java cannot name this file in this locale")
  @Test
  void error_aboutAFileName_isEscaped() {
    Outcome outcome = Shell.run("generate", directory.resolve("gone\033[2J\u202E.ckpt"));
    assertEquals(2, outcome.exitCode());
    assertPrintable(outcome.err());
    assertTrue(outcome.err().contains("gone\\u001B[2J\\u202E.ckpt"), outcome::err);
  }

  @Test
  void error_aboutAnUnknownSymbol_isEscaped() {
    Outcome outcome = Shell.run("generate", directory.resolve("a.ckpt"), "--prompt", "\033x\u202E");
    assertEquals(2, outcome.exitCode());
    assertPrintable(outcome.err());
  }

  @Test
  void logProbs_areEscaped_oneLineForEachCharacter() {
    Outcome outcome =
        Shell.run(
            "generate", directory.resolve("a.ckpt"), "--length", 300, "--seed", 1, "--log-probs");
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertPrintable(outcome.out());
    assertEquals(300, outcome.out().lines().count());
    assertTrue(outcome.out().contains("\t\\u001B\n"), outcome::out);
  }

  @Test
  void generate_toAPipe_isExact() throws Exception {
    Outcome piped = ChildProcess.run(directory, "generate", "a.ckpt", "--length", 300, "--seed", 1);
    assertEquals(0, piped.exitCode(), piped::err);
    assertTrue(piped.out().startsWith("\033[31m"), piped::out);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "script(1) has other options elsewhere")
  void generate_toATerminal_isEscaped() throws Exception {
    String shown = onATerminal("generate", "a.ckpt", "--length", "300", "--seed", "1");
    assertTrue(shown.contains("\\u001B[31m"), shown);
    assertPrintable(shown.replace("\r\n", "\n"));
  }

  /** Runs a command in a pseudo terminal. */
  private static String onATerminal(String... words) throws IOException, InterruptedException {
    String ofTests = System.getProperty("surefire.test.class.path");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m", "-cp"));
    command.add(ofTests != null ? ofTests : System.getProperty("java.class.path"));
    command.add("org.charrnn.cli.Main");
    command.addAll(List.of(words));
    Path log = directory.resolve("screen.log");
    ProcessBuilder builder =
        new ProcessBuilder("script", "-qec", ShellWords.join(command), "/dev/null")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(log.toFile());
    builder.environment().put("LC_ALL", "C.UTF-8");
    Process process = builder.start();
    assertTrue(process.waitFor(120, TimeUnit.SECONDS));
    String shown = Files.readString(log, StandardCharsets.UTF_8);
    assertEquals(0, process.exitValue(), shown);
    return shown;
  }
}
