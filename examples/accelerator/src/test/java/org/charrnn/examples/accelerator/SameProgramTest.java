package org.charrnn.examples.accelerator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same program on class paths that differ only in the accelerator. */
class SameProgramTest {

  private static final Pattern RESULT = Pattern.compile("(?m)^(\\S+): loss ([0-9.]+) after 50 ");
  private static final List<String> ACCELERATORS = List.of("charrnn-accel-java", "charrnn-testkit");

  @TempDir private Path folder;

  @BeforeEach
  void writeText() throws Exception {
    Files.writeString(folder.resolve("text.txt"), "选择一条路，也就选择了路边的风景。\n".repeat(40));
  }

  @Test
  void classPath_selectsTheAccelerator_resultIsTheSame() throws Exception {
    Run java = run(List.of(), "charrnn-accel-java");
    Run reference = run(List.of(), "charrnn-testkit");
    assertEquals("java", java.accelerator(), java.output());
    assertEquals("reference", reference.accelerator(), reference.output());
    assertEquals(reference.loss(), java.loss(), 1e-3, java.output() + reference.output());
  }

  @Test
  void jarWithTwoAccelerators_usesTheBetterOne() throws Exception {
    Run run = run(List.of("--add-modules", "jdk.incubator.vector"), "charrnn-accel-java");
    assertEquals("java-vector", run.accelerator(), run.output());
  }

  @Test
  void noAccelerator_errorNamesTheMissingModule() throws Exception {
    Run run = run(List.of());
    assertNotEquals(0, run.exitCode());
    assertTrue(run.output().contains("charrnn-accel-java"), run.output());
  }

  /** The output and exit code of a process. */
  private record Run(int exitCode, String output) {

    String accelerator() {
      return result().group(1);
    }

    double loss() {
      return Double.parseDouble(result().group(2));
    }

    private Matcher result() {
      Matcher matcher = RESULT.matcher(output);
      assertTrue(matcher.find(), output);
      return matcher;
    }
  }

  private Run run(List<String> flags, String... accelerators) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(flags);
    command.addAll(
        List.of("-cp", classPath(accelerators), SameProgram.class.getName(), "text.txt"));
    Path log = folder.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int exitCode = process.waitFor();
    return new Run(exitCode, Files.readString(log));
  }

  /** The class path of these tests with only these accelerators. */
  private static String classPath(String... accelerators) {
    String ofTests = System.getProperty("surefire.test.class.path");
    String all = ofTests != null ? ofTests : System.getProperty("java.class.path");
    List<String> wanted = List.of(accelerators);
    return String.join(
        File.pathSeparator,
        Arrays.stream(all.split(Pattern.quote(File.pathSeparator)))
            .filter(entry ->
                ACCELERATORS.stream()
                    .noneMatch(name -> entry.contains(name) && !wanted.contains(name)))
            .toList());
  }
}
