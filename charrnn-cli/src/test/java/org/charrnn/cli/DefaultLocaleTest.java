package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.charrnn.cli.Shell.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Output and files do not depend on the default locale: digits are ASCII where Arabic or Persian
 * ones are the default, and letters keep their case where Turkish rules apply.
 */
class DefaultLocaleTest {

  /** The commands whose output contains no times. */
  private static final List<String> REPEATABLE =
      List.of("accelerators", "generate", "baseline", "inspect", "help", "bad input");

  @TempDir private static Path directory;

  private static Locale before;
  private static Map<String, Outcome> inRootLocale;

  @BeforeAll
  static void runInRootLocale() throws IOException {
    Training.in(directory);
    before = Locale.getDefault();
    inRootLocale = runAll(Locale.ROOT);
  }

  @AfterEach
  void restoreLocale() {
    Locale.setDefault(before);
  }

  /** Runs the main commands in a folder of its own and returns their output by command. */
  private static Map<String, Outcome> runAll(Locale locale) throws IOException {
    Locale.setDefault(locale);
    Path folder = Files.createDirectory(directory.resolve(locale.toLanguageTag() + "-" + "run"));
    Training training = Training.in(folder);
    Map<String, Outcome> outcomes = new TreeMap<>();
    outcomes.put("accelerators", Shell.run("accelerators"));
    outcomes.put("train", training.small("--max-steps", 20, "--metrics", training.metrics()));
    outcomes.put("resume", training.run("--resume", "--max-steps", 30));
    outcomes.put("generate", Shell.run("generate", training.model(), "--length", 10, "--seed", 3));
    outcomes.put("evaluate", Shell.run("evaluate", training.model(), training.text()));
    outcomes.put("baseline", Shell.run("baseline", training.text()));
    outcomes.put("inspect", Shell.run("inspect", training.model()));
    outcomes.put("report", Shell.run("report", folder.resolve("a.run")));
    outcomes.put("help", Shell.run("train", "--help"));
    outcomes.put("bad input", Shell.run("train", training.text(), "--hidden-size", "-1234"));
    return outcomes;
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "fa-IR-u-nu-arabext", "tr-TR", "de-DE"})
  void commands_printTheSameAsInTheRootLocale(String tag) throws IOException {
    Map<String, Outcome> outcomes = runAll(Locale.forLanguageTag(tag));
    outcomes.forEach((command, outcome) -> {
      assertEquals(command.equals("bad input") ? 2 : 0, outcome.exitCode(), outcome::err);
      assertEquals(List.of(), nativeDigits(outcome.out()), command);
      assertEquals(List.of(), nativeDigits(outcome.err()), command);
    });
    for (String command : REPEATABLE) {
      assertEquals(withoutFolder(inRootLocale.get(command)), withoutFolder(outcomes.get(command)));
    }
    assertFilesHaveAsciiDigits();
  }

  private static void assertFilesHaveAsciiDigits() throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> texts =
          files.filter(file -> file.toString().matches(".*\\.(json|jsonl|html|txt)")).toList();
      assertTrue(texts.size() > 8, texts::toString);
      for (Path text : texts) {
        assertEquals(List.of(), nativeDigits(Files.readString(text)), text::toString);
      }
    }
  }

  /** Both outputs, without the name of the folder, which has the name of the locale. */
  private static String withoutFolder(Outcome outcome) {
    return (outcome.out() + outcome.err()).replaceAll("[\\w-]+-run/", "");
  }

  /** The progress bar, a library, formats durations; {@code script} runs it in a terminal. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void progressBar_hasAsciiDigits() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")));
    List<String> java =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-Duser.language=ar",
            "-Duser.country=EG",
            "-Duser.extensions=u-nu-arab",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "org.charrnn.cli.Main",
            "train",
            "text.txt",
            "--out",
            "bar.ckpt",
            "--max-steps",
            "50");
    String command =
        Stream.concat(java.stream(), Stream.of(Texts.SMALL))
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(" "));
    ProcessBuilder builder =
        new ProcessBuilder("/usr/bin/script", "--quiet", "--command", command, "/dev/null")
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().put("TERM", "xterm");
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    assertTrue(Files.exists(directory.resolve("bar.ckpt")), output);
    assertTrue(output.contains("50/50"), output);
    assertEquals(List.of(), nativeDigits(output), output);
  }

  @Test
  void nativeDigits_areFound() {
    assertEquals(List.of("\u0661", "\u06f7"), nativeDigits("1 \u0661 2 \u06f7"));
  }

  private static List<String> nativeDigits(String text) {
    return text.codePoints()
        .filter(Character::isDigit)
        .filter(digit -> digit > '9')
        .mapToObj(Character::toString)
        .toList();
  }
}
