package org.charrnn.examples.essay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The programs of the READMEs compile and run, their commands succeed, their modules exist; the
 * statements of the page about generation compile.
 */
class ReadmeTest {

  private static final Pattern BLOCK = Pattern.compile("```(\\w+)\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CLASS_NAME = Pattern.compile("class (\\w+)");
  private static final Pattern MODULE_LINK = Pattern.compile("charrnn-[a-z-]*[a-z]");
  private static final int CORPUS_CHARACTERS = 2600;
  private static final String LAUNCHER = "bin/charrnn";

  /** The essay command has tests of its own, and so does the server, which does not end. */
  private static final Pattern TESTED_ELSEWHERE = Pattern.compile("essay|serve .*");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void javaBlocks_compile(String readme) throws IOException {
    List<String> sources = blocks(readme, "java");
    assertTrue(sources.size() >= 3, readme);
    for (String source : sources) {
      compile(source);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"docs/generation.md", "docs/scoring.md"})
  void statementsOfPages_compile(String page) throws IOException {
    List<String> statements = blocks(page, "java");
    assertTrue(!statements.isEmpty());
    compile(
        String.format(
            Locale.ROOT,
            """
            import java.nio.file.*;
            import java.util.*;
            import java.util.stream.*;
            import org.charrnn.text.*;
            import org.charrnn.text.generation.*;
            import org.charrnn.text.scoring.*;

            class Statements {
              void run(LanguageModel model) {
                %s
              }
            }
            """,
            String.join("", statements)));
  }

  @Test
  void firstTenMinutes_trainsSavesLoadsAndWrites() throws Exception {
    String source =
        blocks("README.md", "java").stream()
            .filter(block -> block.contains("FirstTenMinutes"))
            .findFirst()
            .orElseThrow();
    compile(source);
    String output =
        run(
            java(
                folder + File.pathSeparator + classPath(),
                "FirstTenMinutes",
                corpus().toString(),
                "model.ckpt"));
    assertTrue(output.contains("选"), output);
    assertTrue(Files.size(folder.resolve("model.ckpt")) > 0);
  }

  /** The programs of a service: they train, score and stream with the model of the first one. */
  @Test
  void programsOfAService_run() throws Exception {
    Map<String, String> expected =
        Map.of("TrainUntilGoodEnough", "nats", "ScoreTexts", "bits", "StreamToManyClients", "选");
    for (String name : List.of("TrainUntilGoodEnough", "ScoreTexts", "StreamToManyClients")) {
      String source =
          blocks("README.md", "java").stream()
              .filter(block -> block.contains("class " + name))
              .findFirst()
              .orElseThrow();
      assertTrue(
          source.lines().filter(line -> !line.startsWith("import ") && !line.isBlank()).count()
              < 25,
          name);
      compile(source);
      String output =
          run(
              java(
                  folder + File.pathSeparator + classPath(),
                  name,
                  corpus().toString(),
                  "service.ckpt"));
      assertTrue(output.contains(expected.get(name)), output);
    }
  }

  @Test
  void commands_areTheSameInBothLanguages() throws IOException {
    List<String> commands = commands("README.md");
    assertTrue(commands.size() >= 5, commands::toString);
    assertEquals(commands, commands("README.zh-CN.md"));
  }

  @EnabledIfSystemProperty(
      named = "sun.jnu.encoding",
      matches = "UTF-8",
      disabledReason = "Java cannot pass arguments beyond ASCII to a process in this locale")
  @Test
  void commands_run() throws Exception {
    corpus();
    Files.writeString(folder.resolve("others.txt"), Files.readString(corpus()).substring(0, 300));
    Files.writeString(folder.resolve("lines.txt"), "我选择今天。\n大夫的选择。\n");
    Files.writeString(folder.resolve("poems.txt"), "春山新雨过，夜半一灯明。\n江上花千树，天边月正圆。\n\n".repeat(14));
    for (String arguments : commands("README.md")) {
      if (TESTED_ELSEWHERE.matcher(arguments).matches()) {
        continue;
      }
      List<String> call = java(classPath(), "org.charrnn.cli.Main");
      if (!arguments.startsWith("train")) {
        call.add(1, "-XX:TieredStopAtLevel=1"); // too short for C2
      }
      call.addAll(List.of(arguments.split("\\s+")));
      run(call);
      if (arguments.startsWith("train essays.txt")) { // the model of another corpus
        Files.copy(
            folder.resolve("essays.best.ckpt"),
            folder.resolve("poems.best.ckpt"),
            StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** The arguments of each command line that calls bin/charrnn. */
  private static List<String> commands(String readme) throws IOException {
    return blocks(readme, "sh").stream()
        .flatMap(block -> block.replace("\\\n", " ").lines())
        .map(line -> line.replaceAll(" #.*", "").strip())
        .filter(line -> line.contains(LAUNCHER))
        .map(line -> line.substring(line.indexOf(LAUNCHER) + LAUNCHER.length()).strip())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "README.zh-CN.md"})
  void modulesThatAreNamed_exist(String readme) throws IOException {
    Matcher matcher = MODULE_LINK.matcher(Files.readString(root().resolve(readme)));
    int seen = 0;
    while (matcher.find()) {
      String name = matcher.group();
      if (!name.startsWith("charrnn-example-")) {
        assertTrue(Files.isDirectory(root().resolve(name)), name);
        seen++;
      }
    }
    assertTrue(seen > 5);
  }

  private Path corpus() throws IOException {
    Path file = folder.resolve("essays.txt");
    if (!Files.exists(file)) {
      try (var stream = EssayExample.class.getResourceAsStream("essays.txt")) {
        String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        Files.writeString(file, "^天气\n今天的天气很好，大夫说。\n" + text.substring(0, CORPUS_CHARACTERS));
      }
    }
    return file;
  }

  private static List<String> java(String classPath, String... mainAndArguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                classPath));
    command.addAll(List.of(mainAndArguments));
    return command;
  }

  private String run(List<String> command) throws Exception {
    Path log = Files.createTempFile(folder, "output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int exitCode = process.waitFor();
    String output = Files.readString(log);
    assertEquals(0, exitCode, () -> String.join(" ", command) + "\n" + output);
    return output;
  }

  private void compile(String source) throws IOException {
    Matcher name = CLASS_NAME.matcher(source);
    assertTrue(name.find(), source);
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("string:///" + name.group(1) + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    List<String> options = List.of("-proc:none", "-d", folder.toString(), "-cp", classPath());
    assertTrue(
        compiler.getTask(messages, null, null, options, null, List.of(file)).call(),
        () -> source + messages);
  }

  private static String classPath() {
    String ofTests = System.getProperty("surefire.test.class.path");
    return ofTests != null ? ofTests : System.getProperty("java.class.path");
  }

  private static List<String> blocks(String readme, String language) throws IOException {
    try (Stream<MatchResult> results =
        BLOCK.matcher(Files.readString(root().resolve(readme))).results()) {
      return results
          .filter(result -> result.group(1).equals(language))
          .map(result -> result.group(2))
          .toList();
    }
  }

  /** The root folder of the repository; the tests of this module run in a subfolder. */
  private static Path root() {
    Path place = Path.of("").toAbsolutePath();
    while (!Files.exists(place.resolve("README.zh-CN.md"))) {
      place =
          Objects.requireNonNull(
              place.getParent(), "no README.zh-CN.md above " + Path.of("").toAbsolutePath());
    }
    return place;
  }
}
