package org.charrnn.examples.essay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/api.md compile and run, in the order of the page, each in its process. */
class ApiPageTest {

  private static final Pattern PROGRAM =
      Pattern.compile("```java\n(.*?class (\\w+) .*?)```", Pattern.DOTALL);
  private static final int CORPUS_CHARACTERS = 4000;

  private static final Map<String, String> EXPECTED =
      Map.of(
          "Train", "essays.best.ckpt",
          "Generate", "选择",
          "Score", "bits per character",
          "Remember", "probability=",
          "ResumeAndFineTune", "");

  @TempDir private Path folder;

  @Test
  void programs_runInTheOrderOfThePage() throws Exception {
    writeTexts();
    List<String> names = new ArrayList<>();
    for (var program :
        PROGRAM.matcher(Files.readString(Path.of("../../docs/api.md"))).results().toList()) {
      String name = program.group(2);
      Path source = Files.writeString(folder.resolve(name + ".java"), program.group(1));
      String output = run(source);
      assertTrue(output.contains(EXPECTED.get(name)), () -> name + "\n" + output);
      names.add(name);
    }
    assertEquals(List.of("Train", "Generate", "Score", "Remember", "ResumeAndFineTune"), names);
    assertTrue(Files.size(folder.resolve("poems.ckpt")) > 0);
  }

  private void writeTexts() throws Exception {
    try (var stream = EssayExample.class.getResourceAsStream("essays.txt")) {
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      Files.writeString(
          folder.resolve("essays.txt"), "我选择今天。\n" + text.substring(0, CORPUS_CHARACTERS));
    }
    Files.writeString(folder.resolve("poems.txt"), "春山新雨过，夜半一灯明。\n".repeat(200));
  }

  /** Runs a source file; Java compiles it in memory. */
  private String run(Path source) throws Exception {
    String ofTests = System.getProperty("surefire.test.class.path");
    Path log = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                ofTests != null ? ofTests : System.getProperty("java.class.path"),
                source.toString())
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int exitCode = process.waitFor();
    String output = Files.readString(log);
    assertEquals(0, exitCode, () -> source + "\n" + output);
    return output;
  }
}
