package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.charrnn.cli.Shell.Outcome;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Errors in options and files: one line on standard error, exit code 2, and no file changed. */
class BadInputProcessTest {

  private static final String TRAIN = "train text.txt --out new.ckpt --seq-length 8 --max-steps 1 ";

  @TempDir private static Path directory;

  private static ShellProcess shell;

  @BeforeAll
  static void start() throws IOException {
    shell = new ShellProcess(directory);
  }

  @AfterAll
  static void stop() throws IOException {
    shell.close();
  }

  @BeforeAll
  static void writeFiles() throws IOException {
    write("text.txt", Texts.CHOICES.getBytes(StandardCharsets.UTF_8));
    write("empty.txt", new byte[0]);
    write("gb18030.txt", "好：选择".getBytes(Charset.forName("GB18030")));
    write("short.txt", "选择是".getBytes(StandardCharsets.UTF_8));
    Files.createDirectory(directory.resolve("folder"));
    Outcome trained =
        Shell.run(
            Stream.concat(
                    Stream.of(
                        "train",
                        directory.resolve("text.txt"),
                        "--out",
                        directory.resolve("good.ckpt"),
                        "--max-steps",
                        3),
                    Arrays.stream(Texts.SMALL))
                .toArray());
    assertEquals(0, trained.exitCode(), trained::err);
    byte[] good = Files.readAllBytes(directory.resolve("good.ckpt"));
    write("truncated.ckpt", Arrays.copyOf(good, good.length * 2 / 3));
  }

  private static void write(String name, byte[] bytes) throws IOException {
    Files.write(directory.resolve(name), bytes);
  }

  static List<Arguments> rows() {
    return List.of(
        Arguments.of("train gone.txt --out new.ckpt", "gone.txt: there is no such file"),
        Arguments.of("train empty.txt --out new.ckpt", "empty.txt: the file is empty"),
        Arguments.of("train folder --out new.ckpt", "folder: this is a directory"),
        Arguments.of(
            "train gb18030.txt --out new.ckpt",
            "gb18030.txt: not UTF-8*Convert it with: iconv -f "),
        Arguments.of(
            "train short.txt --out new.ckpt",
            "short.txt has 3 symbols, at least * are required*--seq-length"),
        Arguments.of(
            TRAIN + "--batch-size 2 --begin x", "'x' (U+0078) is not in the vocabulary*'选'"),
        Arguments.of("generate good.ckpt --begin x", "'x' (U+0078) is not in the vocabulary*'选'"),
        Arguments.of(TRAIN + "--hidden-size 0", "--hidden-size must be at least 1: 0"),
        Arguments.of(
            TRAIN + "--learning-rate NaN", "--learning-rate must be a number greater than 0: NaN"),
        Arguments.of(
            TRAIN + "--batch-size 500",
            "--batch-size must be at most 30 for windows of --seq-length 8*: 500"),
        Arguments.of(
            TRAIN + "--batch-size 2 --cell nobody",
            "There is no cell named 'nobody'. Found: gru, gru-reset-after*charrnn-"),
        Arguments.of(
            TRAIN + "--batch-size 2 --optimizer nobody",
            "There is no optimizer named 'nobody'. Found: *adagrad, adagrad-epsilon-outside*charrnn-"),
        Arguments.of(
            TRAIN + "--batch-size 2 --accelerator nobody",
            "There is no accelerator named 'nobody'. Found: absent-device, java, java-vector*charrnn-"),
        Arguments.of(
            TRAIN + "--batch-size 2 --accelerator absent-device",
            "Accelerator 'absent-device' cannot be used here: the device is not plugged in. Plug it in."),
        Arguments.of(
            TRAIN + "--batch-size 2 --tokenizer nobody",
            "There is no tokenizer named 'nobody'. Found: code-point*charrnn-"),
        Arguments.of(
            TRAIN + "--batch-size 2 --optimizer-option nothing=1",
            "--optimizer-option: 'adamw' has no hyperparameter 'nothing'; it has *epsilon"),
        Arguments.of("generate truncated.ckpt", "Checkpoint truncated.ckpt is truncated"),
        Arguments.of("generate text.txt", "Checkpoint text.txt is not a checkpoint"),
        Arguments.of(
            "train text.txt --out truncated.ckpt --resume", "*truncated.ckpt*is truncated"),
        Arguments.of(
            "train text.txt --out text.txt --force", "Cannot write text.txt: *not*checkpoint"),
        Arguments.of(
            "train text.txt --out good.ckpt",
            "Cannot write good.ckpt: it exists already*--resume*--force"),
        Arguments.of("train text.txt --out folder", "Cannot write folder: this is a directory"),
        Arguments.of(
            "train text.txt --out gone/new.ckpt",
            "Cannot write gone/new.ckpt: there is no directory"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void badInput_isReportedInOneLine_andChangesNothing(String words, String message)
      throws Exception {
    Map<String, String> before = contents();
    Outcome outcome = shell.run(words);
    assertEquals(2, outcome.exitCode(), outcome::err);
    assertEquals("", outcome.out());
    assertIsAbout(message, outcome);
    assertEquals(before, contents(), "no file is lost, and none is left over");
  }

  @Test
  void divergence_keepsTheLastCheckpoint() throws Exception {
    Map<String, String> before = contents();
    Outcome outcome =
        ChildProcess.run(
            directory,
            (Object[])
                "train text.txt --out good.ckpt --resume --learning-rate 1e30 --max-steps 9"
                    .split(" "));
    assertEquals(2, outcome.exitCode(), outcome::err);
    assertIsAbout("After step *--learning-rate*1.0E30*--clip-norm", outcome);
    assertEquals(before, contents());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void diskFull_metrics_endWithAWarning_trainingContinues(@TempDir Path folder) throws Exception {
    Files.copy(directory.resolve("text.txt"), folder.resolve("text.txt"));
    Outcome outcome =
        ChildProcess.run(
            folder,
            Stream.concat(
                    Stream.of(
                        "train text.txt --out a.ckpt --max-steps 9 --metrics /dev/full".split(" ")),
                    Stream.of(Texts.SMALL))
                .toArray());
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertEquals(
        1,
        outcome
            .err()
            .lines()
            .filter(line ->
                line.startsWith("charrnn: ") && line.contains("/dev/full: No space left on device"))
            .count(),
        outcome::err);
    assertTrue(outcome.err().contains("saved a.ckpt at step 9"), outcome::err);
    assertEquals(0, ChildProcess.run(folder, "inspect", "a.ckpt").exitCode());
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void diskFull_standardOutput_isReported() throws Exception {
    Outcome silenced =
        new ChildProcess.Starter(directory)
            .outputTo(Path.of("/dev/full"))
            .start("evaluate", "good.ckpt", "text.txt")
            .await();
    assertEquals(2, silenced.exitCode(), silenced::err);
    assertIsAbout("Cannot write standard output: it was closed, or the disk is full", silenced);
  }

  @Test
  void brokenProviders_doNotAffectOthers() throws Exception {
    Path services = Files.createDirectories(directory.resolve("folder/META-INF/services"));
    Files.writeString(services.resolve("org.charrnn.api.Accelerator"), "org.example.Gone\n");
    Files.writeString(
        services.resolve("org.charrnn.cli.spi.CommandProvider"), "org.example.GoneToo\n");
    Outcome outcome =
        new ChildProcess.Starter(directory)
            .classPath(directory.resolve("folder"))
            .start("accelerators")
            .await();
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(outcome.out().contains("not loaded: "), outcome::out);
    assertTrue(outcome.out().contains("org.example.Gone"), outcome::out);
    assertTrue(outcome.out().matches("(?s).*\njava +\\S+ +yes .*"), outcome::out);
    assertTrue(outcome.err().contains("charrnn: cannot add a command: "), outcome::err);
  }

  /**
   * The last line of standard error starts with this message, in which {@code *} matches any text.
   */
  private static void assertIsAbout(String message, Outcome outcome) {
    String line = outcome.err().lines().reduce((_, last) -> last).orElse("");
    String pattern =
        Arrays.stream(message.split("\\*", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    assertTrue(
        line.matches("charrnn: " + pattern + ".*"),
        () -> outcome.err() + " is not about: " + message);
  }

  /** The contents of all files by name. */
  private static Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.list(directory).filter(Files::isRegularFile)) {
      for (Path file : files.toList()) {
        contents.put(
            file.getFileName().toString(), HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return contents;
  }
}
