package org.charrnn.examples.poem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.charrnn.text.Checkpoint;
import org.charrnn.text.config.InvalidOptionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command with its options. */
class PoemCommandTest {

  @TempDir private Path folder;
  private Path poems = Path.of("");
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Throwable failure = new AssertionError("nothing failed");

  @BeforeEach
  void writePoems() throws IOException {
    poems = folder.resolve("poems.txt");
    Files.writeString(poems, "春山新雨过，夜半一灯明。\n江上清风起，花间小路深。\n\n".repeat(14));
  }

  @Test
  void poem_keepsItsModel_forTheNextRun() {
    String model = folder.resolve("poems.ckpt").toString();
    assertEquals(0, run(poems.toString(), "--heads", "春江", "--poems", "2", "--model", model));
    String first = out.toString();
    assertEquals(2, first.lines().filter(line -> line.startsWith("春")).count(), first);
    assertEquals(2, first.lines().filter(line -> line.startsWith("江")).count(), first);
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    assertEquals(0, run(poems.toString(), "--heads", "春江", "--poems", "2", "--model", model));
    assertTrue(first.endsWith(out.toString()), "the same poems without training: " + out);
    assertEquals("", err.toString(), "it trained again");
  }

  @Test
  void bestModelOfAnotherRun_isNeitherReplacedNorUsed() throws IOException {
    Path model = folder.resolve("poems.ckpt");
    Path best = Checkpoint.best(model);
    Path other = folder.resolve("other.ckpt");
    assertEquals(
        0, run(poems.toString(), "--heads", "春", "--poems", "1", "--model", other.toString()));
    Files.copy(Checkpoint.best(other), best);
    byte[] before = Files.readAllBytes(best);
    String[] words = {
      poems.toString(), "--heads", "春", "--poems", "1", "--seed", "2", "--model", model.toString()
    };
    assertEquals(1, run(words));
    assertTrue(failure.getMessage().contains("best model of another run"), failure::getMessage);
    assertTrue(Files.notExists(model));
    Files.delete(best);
    assertEquals(0, run(words));
    out.getBuffer().setLength(0);
    assertEquals(0, run(words));
    String own = out.toString();
    Files.write(best, before);
    out.getBuffer().setLength(0);
    assertEquals(0, run(words), "the model that exists is used");
    assertArrayEquals(before, Files.readAllBytes(best));
    Files.delete(best);
    String withoutBest = out.toString();
    out.getBuffer().setLength(0);
    assertEquals(0, run(words));
    assertEquals(withoutBest, out.toString(), "the best model of another run was used");
    assertTrue(own.contains("春"), own);
  }

  @ParameterizedTest
  @CsvSource({"春冬, 2, heads, 冬", "'', 2, heads, at least one", "春, 0, poems, at least 1"})
  void invalidOption_isReportedBeforeTraining(
      String heads, String count, String option, String word) {
    String model = folder.resolve("poems.ckpt").toString();
    assertEquals(1, run(poems.toString(), "--heads", heads, "--poems", count, "--model", model));
    InvalidOptionException problem = (InvalidOptionException) failure;
    assertEquals(option, problem.option());
    assertTrue(problem.getMessage().contains(word), problem.getMessage());
    assertTrue(Files.notExists(Path.of(model)));
  }

  private int run(String... words) {
    return new CommandLine(new PoemCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .setExecutionExceptionHandler((e, _, _) -> {
          failure = e;
          return 1;
        })
        .execute(words);
  }
}
