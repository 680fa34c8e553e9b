package org.charrnn.examples.accelerator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same program on class paths that differ only in the accelerator. */
class SameProgramTest {

  private static final Pattern RESULT = Pattern.compile("(?m)^(\\S+): loss ([0-9.]+) after 50 ");
  private static final List<String> ACCELERATORS =
      List.of("charrnn-accel-java", "charrnn-accel-tornado", "charrnn-testkit");
  private static final Pattern TABLE_ROW =
      Pattern.compile(
          "(?m)^\\| ((?:`charrnn-accel|neither)[^|]*) \\|([^|]*)\\|"
              + " (`.*(?:accelerator|Accelerator).*) \\|$");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  @TempDir private Path folder;

  @BeforeEach
  void writeText() throws Exception {
    Files.writeString(folder.resolve("text.txt"), "选择一条路，也就选择了路边的风景。\n".repeat(40));
  }

  /** The rows of the table of README.md. */
  private record Row(List<String> jars, List<String> flags, Pattern message) {}

  /** Each line of the log is the one that README.md shows, with the numbers of this machine. */
  @ParameterizedTest
  @MethodSource("rows")
  void classPath_selectsTheAccelerator_andTheLogNamesIt(Row row) throws Exception {
    Run run = run(row.flags(), row.jars().toArray(String[]::new));
    assertTrue(row.message().matcher(run.output()).find(), () -> row + "\n" + run.output());
    assertEquals(row.jars().isEmpty(), run.exitCode() != 0, run::output);
  }

  static List<Row> rows() throws IOException {
    List<Row> rows =
        TABLE_ROW
            .matcher(Files.readString(Path.of("../../README.md")))
            .results()
            .map(row ->
                new Row(code(row.group(1)), words(code(row.group(2))), message(code(row.group(3)))))
            .toList();
    assertEquals(4, rows.size(), rows::toString);
    return rows;
  }

  private static List<String> code(String cell) {
    return CODE.matcher(cell).results().map(code -> code.group(1)).toList();
  }

  private static List<String> words(List<String> code) {
    return code.stream().flatMap(flags -> Stream.of(flags.split(" "))).toList();
  }

  private static Pattern message(List<String> code) {
    return Pattern.compile(code.getFirst().replace(".", "\\.").replaceAll("[0-9]+", "[0-9]+"));
  }

  @Test
  void acceleratorThatIsUnavailable_isNotReplacedIfItIsRequested() throws Exception {
    Run run =
        run(
            List.of("-Dcharrnn.accelerator=tornado"),
            "charrnn-accel-tornado",
            "charrnn-accel-java");
    assertNotEquals(0, run.exitCode(), run::output);
    assertTrue(run.output().contains("Accelerator 'tornado' cannot be used here"), run.output());
  }

  @Test
  void otherAccelerator_hasTheSameResult() throws Exception {
    Run java = run(List.of(), "charrnn-accel-java");
    Run reference = run(List.of(), "charrnn-testkit");
    assertEquals("java", java.accelerator(), java.output());
    assertEquals("reference", reference.accelerator(), reference.output());
    assertEquals(reference.loss(), java.loss(), 1e-3, java.output() + reference.output());
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
