package org.charrnn.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class BenchCommandTest {

  private static final Pattern COMMAND = Pattern.compile("(?m)^ {4}bin/charrnn bench ([^#\n]+)");

  @Test
  void commandsOfThePerformancePage_areAccepted() throws Exception {
    List<String> commands =
        COMMAND
            .matcher(Files.readString(Path.of("../docs/performance.md")))
            .results()
            .map(command -> command.group(1).strip())
            .toList();
    assertTrue(commands.size() >= 2, commands::toString);
    for (String command : commands) {
      new CommandLine(new BenchCommand()).parseArgs(command.split("\\s+"));
    }
  }

  @Test
  void bench_printsALineOfJson() {
    StringWriter out = new StringWriter();
    int exitCode =
        new CommandLine(new BenchCommand())
            .setOut(new PrintWriter(out))
            .execute(
                ("--config custom --hidden-size 4 --vocabulary 7 --seq-length 3 --batch-size 2"
                        + " --threads 1 --seconds 0.001 --accelerator java")
                    .split(" "));
    assertEquals(0, exitCode);
    assertTrue(
        out.toString().startsWith("{\"config\": \"custom\", \"threads\": 1,"), out::toString);
    assertEquals(1, out.toString().lines().count());
  }

  @Test
  void bench_requests_printsFiguresAndRatios() {
    StringWriter out = new StringWriter();
    int exitCode =
        new CommandLine(new BenchCommand())
            .setOut(new PrintWriter(out))
            .execute(
                ("--requests 50 --config custom --hidden-size 4 --vocabulary 7 --seq-length 16"
                        + " --batch-size 2 --threads 1 --seconds 0.001 --accelerator java")
                    .split(" "));
    assertEquals(0, exitCode);
    List<String> lines = out.toString().lines().toList();
    assertEquals(10, lines.size(), out::toString);
    assertTrue(lines.getFirst().startsWith("{\"config\": \"custom-request-1\""), out::toString);
    Pattern ratio =
        Pattern.compile(
            "\\{\"config\": \"custom-ratio\", \"of\": \"([\\w-]+)\", \"to\": \"([\\w-]+)\","
                + " \"speed_median\": \\d+\\.\\d{3}, \"speed_quartiles\": \\[\\d+\\.\\d{3},"
                + " \\d+\\.\\d{3}], \"pairs\": 10, \"cpu_per_char\": (?:\\d+\\.\\d{4}|null)}");
    assertEquals(
        List.of("requests-64 generate-64", "score-text evaluate", "score-lines evaluate"),
        lines.stream()
            .map(ratio::matcher)
            .filter(Matcher::matches)
            .map(match -> match.group(1) + " " + match.group(2))
            .toList(),
        out::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "5001", "2000000000"})
  void bench_numberOfRequests_withoutSuchAText_isRejected(String count) {
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(new BenchCommand())
            .setErr(new PrintWriter(err))
            .execute("--requests=" + count, "--seconds", "0.001");
    assertEquals(CommandLine.ExitCode.USAGE, exitCode);
    assertTrue(err.toString().contains("from 1 to 5000: " + count), err::toString);
  }

  @Test
  void bench_unknownConfiguration_isRejected() {
    StringWriter err = new StringWriter();
    int exitCode =
        new CommandLine(new BenchCommand())
            .setErr(new PrintWriter(err))
            .execute("--config", "XL", "--seconds", "0.001");
    assertEquals(CommandLine.ExitCode.USAGE, exitCode);
    assertTrue(err.toString().contains("XL"), err::toString);
  }
}
