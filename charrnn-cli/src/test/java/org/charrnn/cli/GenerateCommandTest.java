package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.charrnn.cli.Shell.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command 'generate'. */
class GenerateCommandTest {

  private static final Pattern SEED =
      Pattern.compile("charrnn: use --seed (\\d+) to generate this text again\n");

  @TempDir private static Path directory;

  @BeforeAll
  static void train() throws IOException {
    Path text = Files.writeString(directory.resolve("text.txt"), Texts.CHOICES);
    Object[] words = {
      "train", text, "--out", directory.resolve("a.ckpt"), "--epochs", 1, "--begin", "人总"
    };
    Outcome trained = Shell.run(Stream.concat(Stream.of(words), Stream.of(Texts.SMALL)).toArray());
    assertEquals(0, trained.exitCode(), trained::err);
  }

  private static Outcome generate(Object... more) {
    Object[] words = {"generate", directory.resolve("a.ckpt")};
    return Shell.run(Stream.concat(Stream.of(words), Stream.of(more)).toArray());
  }

  @Test
  void prompt_byDefault_isThatOfTheSamples() {
    Outcome outcome = generate("--length", 7, "--seed", 1);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(outcome.out().startsWith("人总"), outcome::out);
    assertEquals(2 + 7, outcome.out().strip().codePointCount(0, outcome.out().strip().length()));
  }

  @Test
  void seed_sameText_otherSeedOtherText() {
    Outcome one = generate("--length", 60, "--temperature", 1, "--seed", 1);
    assertEquals(one.out(), generate("--length", 60, "--temperature", 1, "--seed", 1).out());
    assertNotEquals(one.out(), generate("--length", 60, "--temperature", 1, "--seed", 2).out());
  }

  @Test
  void seed_random_isPrinted_andReproducesTheText() {
    Outcome outcome = generate("--length", 40, "--temperature", 1);
    Matcher seed = SEED.matcher(outcome.err());
    assertTrue(seed.find(), outcome::err);
    assertEquals(
        outcome.out(), generate("--length", 40, "--temperature", 1, "--seed", seed.group(1)).out());
  }

  @Test
  void temperatureZero_isDeterministic() {
    Outcome outcome = generate("--length", 20, "--temperature", 0);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(!SEED.matcher(outcome.err()).find(), outcome::err);
    assertEquals(outcome.out(), generate("--length", 20, "--temperature", 0, "--seed", 9).out());
  }

  @Test
  void lengthZero_printsThePrompt() {
    assertEquals("选择\n", generate("--begin", "选择", "--length", 0, "--seed", 1).out());
  }

  @Test
  void prompt_withAnAtSign_isNotAFile() {
    Outcome outcome = generate("--begin", "@text.txt");
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains("'@' (U+0040) is not in the vocabulary"), outcome::err);
  }

  @Test
  void invalidOption_isNamedAsOnTheCommandLine() {
    assertTrue(
        generate("--length", -1).err().endsWith("charrnn: --length must be at least 0: -1\n"));
    assertTrue(
        generate("--temperature", "NaN")
            .err()
            .endsWith("charrnn: --temperature must be a number of at least 0: NaN\n"));
    assertTrue(
        generate("--begin", "")
            .err()
            .endsWith("charrnn: --prompt must be at least one symbol: ''\n"));
  }
}
