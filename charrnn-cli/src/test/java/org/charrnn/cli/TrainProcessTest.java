package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.charrnn.cli.Shell.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Training, generating and evaluating as a user types them. */
class TrainProcessTest {

  private static final Pattern HOLDS_STEP = Pattern.compile("holds step (\\d+) of");

  @TempDir private static Path trained;

  @TempDir private Path directory;

  @BeforeAll
  static void trainModel() throws IOException {
    Outcome outcome = Training.in(trained).small("--max-steps", 2);
    assertEquals(0, outcome.exitCode(), outcome::err);
  }

  private void copyModel() throws IOException {
    Files.copy(trained.resolve("a.ckpt"), directory.resolve("a.ckpt"));
  }

  @BeforeEach
  void writeText() throws IOException {
    Files.writeString(directory.resolve("text.txt"), Texts.CHOICES);
  }

  @Test
  void trainGenerateEvaluate_inThePoorestLocale_writeUtf8() throws Exception {
    Outcome trained =
        ChildProcess.run(directory, train("a.ckpt", "--max-steps", 20, "--profile", "standard"));
    assertEquals(0, trained.exitCode(), trained::err);
    assertTrue(trained.out().contains("--- sample at step 20 ---\n选"), trained::out);
    assertTrue(
        trained.out().endsWith("  charrnn generate a.best.ckpt --prompt 选 --length 100\n"),
        trained::out);
    assertTrue(
        trained
            .err()
            .matches("(?s)charrnn: accelerator [a-z-]+, [^\n]+\n303 training characters.*"),
        trained::err);

    Outcome written =
        ChildProcess.run(directory, "generate", "a.ckpt", "--length", 30, "--seed", 1);
    assertEquals(0, written.exitCode(), written::err);
    assertEquals(31 + 1, written.out().codePointCount(0, written.out().length()), written::out);
    assertTrue(written.out().startsWith("选") && written.out().endsWith("\n"), written::out);

    Outcome measured = ChildProcess.run(directory, "evaluate", "a.ckpt", "text.txt");
    assertEquals(0, measured.exitCode(), measured::err);
    assertTrue(
        measured
            .out()
            .matches(
                "nats_per_character \\d\\.\\d{6}\nbits_per_character \\d\\.\\d{6}\nperplexity \\d+\\.\\d{6}\ncharacters 335\n"),
        measured::out);
  }

  @Test
  void resume_afterHalf_sameBytesAsWithoutStop() throws Exception {
    assertEquals(
        0, ChildProcess.run(directory, unrecorded("whole.ckpt", "--max-steps", 31)).exitCode());
    assertEquals(
        0, ChildProcess.run(directory, unrecorded("parts.ckpt", "--max-steps", 13)).exitCode());
    Outcome second =
        ChildProcess.run(directory, unrecorded("parts.ckpt", "--max-steps", 31, "--resume"));
    assertEquals(0, second.exitCode(), second::err);
    assertTrue(
        second.err().contains("charrnn: from here on --max-steps 31 (was 13)\n"), second::err);
    assertTrue(second.err().contains(", resuming at step 13\n"), second::err);
    assertSameBytes("whole.ckpt", "parts.ckpt");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGINT to send to a child")
  void interrupt_savesAndResumes_sameBytesAsWithoutStop() throws Exception {
    ChildProcess endless =
        new ChildProcess.Starter(directory)
            .receivingInterrupts()
            .start(unrecorded("a.ckpt", "--epochs", 1_000_000));
    endless.awaitError("saved a.ckpt at step 18");
    endless.interrupt();
    Outcome stopped = endless.await();
    assertEquals(130, stopped.exitCode(), stopped::err);
    assertTrue(
        stopped.err().contains("charrnn: stopping after this step, with a checkpoint"),
        stopped::err);
    assertTrue(
        stopped.err().contains("--seed 5 --epochs 1000000 --resume\n")
            && stopped
                .err()
                .contains("To resume:\n  charrnn train text.txt --out a.ckpt --run-folder none "),
        stopped::err);

    Matcher step = HOLDS_STEP.matcher(stopped.err());
    assertTrue(step.find(), stopped::err);
    int last = Integer.parseInt(step.group(1)) + 5;
    Object[] more = {"--epochs", 1_000_000, "--max-steps", last};
    assertEquals(0, ChildProcess.run(directory, unrecorded("whole.ckpt", more)).exitCode());
    Outcome resumed = ChildProcess.run(directory, unrecorded("a.ckpt", concat(more, "--resume")));
    assertEquals(0, resumed.exitCode(), resumed::err);
    assertSameBytes("whole.ckpt", "a.ckpt");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no SIGINT to send to a child")
  void secondInterrupt_endsAtOnce() throws Exception {
    // One step of this training takes half a minute or more.
    ChildProcess endless =
        new ChildProcess.Starter(directory)
            .receivingInterrupts()
            .memory("1g")
            .start(
                "train",
                "text.txt",
                "--out",
                "a.ckpt",
                "--hidden-size",
                800,
                "--layers",
                3,
                "--seq-length",
                100,
                "--batch-size",
                2,
                "--threads",
                1);
    endless.awaitError(" parameters; ");
    endless.interrupt();
    endless.awaitError("charrnn: stopping after this step");
    long start = System.nanoTime();
    endless.interrupt();
    Outcome stopped = endless.await();
    assertEquals(130, stopped.exitCode(), stopped::err);
    assertTrue(System.nanoTime() - start < 10_000_000_000L, "it did not end at once");
    assertFalse(Files.exists(directory.resolve("a.ckpt")), "no step was completed");
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "the pipe needs bash")
  void closedPipe_isASuccess_withoutAMessage() throws Exception {
    copyModel();
    Outcome piped =
        new ChildProcess.Starter(directory).pipedTo("head -n 1").start("inspect", "a.ckpt").await();
    assertEquals(0, piped.exitCode(), piped::err);
    assertEquals("", piped.err());
    assertEquals(1, piped.out().lines().count());
    Outcome endless =
        new ChildProcess.Starter(directory)
            .pipedTo("head -c 100")
            .start("generate", "a.ckpt", "--length", 2_000_000_000, "--seed", 1)
            .await();
    assertEquals(0, endless.exitCode(), endless::err);
    assertFalse(endless.err().contains("standard output"), endless::err);
  }

  @Test
  void accelerator_isNamedInAShortLine_reasonsAreDetails() throws Exception {
    copyModel();
    String[] command = {"generate", "a.ckpt", "--length", "3", "--seed", "1"};
    Outcome plain = ChildProcess.run(directory, (Object[]) command);
    assertTrue(plain.err().matches("charrnn: accelerator [^\n]{3,75}\n"), plain::err);
    Outcome verbose = ChildProcess.run(directory, concat(command, "--verbose"));
    assertTrue(verbose.err().startsWith(plain.err()), verbose::err);
    assertTrue(verbose.err().contains("absent-device (unavailable: "), verbose::err);
  }

  @EnabledIfSystemProperty(
      named = "sun.jnu.encoding",
      matches = "UTF-8",
      disabledReason = "Java cannot pass arguments beyond ASCII to a process in this locale")
  @Test
  void prompt_beyondAscii_inAUtf8Locale() throws Exception {
    copyModel();
    Outcome written =
        new ChildProcess.Starter(directory)
            .locale("C.UTF-8")
            .start("generate", "a.ckpt", "--begin", "大事", "--length", 3)
            .await();
    assertEquals(0, written.exitCode(), written::err);
    assertTrue(written.out().startsWith("大事"), written::out);
  }

  @EnabledIfSystemProperty(
      named = "sun.jnu.encoding",
      matches = "UTF-8",
      disabledReason = "Java cannot pass arguments beyond ASCII to a process in this locale")
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "arguments are always readable there")
  void prompt_beyondAscii_inTheLocaleC_suggestsAUtf8Locale() throws Exception {
    copyModel();
    Outcome refused = ChildProcess.run(directory, "generate", "a.ckpt", "--begin", "选");
    assertEquals(2, refused.exitCode(), refused::err);
    assertEquals("", refused.out());
    assertTrue(refused.err().contains("set LC_ALL=C.UTF-8, or use bin/charrnn."), refused::err);
  }

  private void assertSameBytes(String expected, String actual) throws IOException {
    assertArrayEquals(
        Files.readAllBytes(directory.resolve(expected)),
        Files.readAllBytes(directory.resolve(actual)));
  }

  /** A training without plots, which take longer than a short training. */
  private static Object[] unrecorded(String out, Object... more) {
    Object[] first = {"train", "text.txt", "--out", out, "--run-folder", "none"};
    return concat(concat(first, (Object[]) Texts.SMALL), more);
  }

  private static Object[] train(String out, Object... more) {
    Object[] first =
        concat(new Object[] {"train", "text.txt", "--out", out}, (Object[]) Texts.SMALL);
    return concat(first, more);
  }

  private static Object[] concat(Object[] first, Object... second) {
    return Stream.concat(Stream.of(first), Stream.of(second)).toArray();
  }
}
