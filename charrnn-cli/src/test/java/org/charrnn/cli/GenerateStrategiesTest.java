package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.charrnn.cli.Shell.Outcome;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of the command 'generate', alone and combined. */
class GenerateStrategiesTest {

  @TempDir private static Path directory;

  @BeforeAll
  static void train() throws IOException {
    Path text = Files.writeString(directory.resolve("text.txt"), Texts.CHOICES);
    Object[] words = {"train", text, "--out", directory.resolve("a.ckpt"), "--max-steps", 40};
    Outcome trained = Shell.run(Stream.of(words, Texts.SMALL).flatMap(Arrays::stream).toArray());
    assertEquals(0, trained.exitCode(), trained::err);
  }

  private static Outcome generate(String words) {
    return Shell.run(
        Stream.concat(
                Stream.of("generate", directory.resolve("a.ckpt"), "--accelerator", "java"),
                Stream.of(words.split(" ")).filter(word -> !word.isEmpty()))
            .toArray());
  }

  private static String written(String words) {
    Outcome outcome = generate(words);
    assertEquals(0, outcome.exitCode(), outcome::err);
    return outcome.out();
  }

  // ---- what is written

  @Test
  void noOptions_sampleByTheDefaults_andPrintTheSeed() {
    Outcome outcome = generate("--length 40");
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertEquals(42, outcome.out().length());
    var told =
        Pattern.compile("charrnn: use (--seed \\d+) to generate this text again\n")
            .matcher(outcome.err());
    assertTrue(told.find(), outcome::err);
    assertEquals(outcome.out(), written("--length 40 " + told.group(1)));
    assertEquals(
        outcome.out(), written("--length 40 --temperature 0.8 --top-p 0.9 " + told.group(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "--temperature 1, --top-p 1",
    "--temperature 1, --top-k 1000",
    "--temperature 1 --top-k 5, --top-k 5",
    "--temperature 1 --top-p 0.5, --top-p 0.5",
    "--temperature 0, --beam 1",
    "--temperature 0, --top-k 1",
    "--temperature 0, --top-p 0.0001",
    "--beam 3, --beam 3 --repetition-penalty 1 --no-repeat-ngram 0",
    "--beam 3 --stop 。, --beam 3 --stop 。 --length-penalty 0",
  })
  void equivalentOptions_generateTheSameText(String words, String others) {
    String more = " --length 60 --seed 3";
    assertEquals(written(words + more), written(others + more));
  }

  /** Every option has an effect. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--temperature 0", "--temperature 3", "--top-k 2", "--top-p 0.3", "--repetition-penalty 3",
        "--no-repeat-ngram 2", "--beam 4", "--stop 是", "--begin 大事", "--samples 2",
        "--log-probs", "--begin x大事 --unknown skip"
      })
  void option_changesTheText(String words) {
    assertNotEquals(written("--length 60 --seed 3"), written("--length 60 --seed 3 " + words));
  }

  @Test
  void seedAndLength_changeTheText() {
    String text = written("--length 60 --seed 3").stripTrailing();
    assertNotEquals(text, written("--length 60 --seed 4").stripTrailing());
    assertTrue(written("--length 70 --seed 3").startsWith(text), "longer, but the same so far");
  }

  @Test
  void noRepeatNgram_repeatsNone() {
    String text = written("--length 60 --seed 3 --temperature 0 --no-repeat-ngram 2").strip();
    Set<String> pairs = new HashSet<>();
    IntStream.range(0, text.length() - 1)
        .forEach(i -> assertTrue(pairs.add(text.substring(i, i + 2)), text));
  }

  @Test
  void stop_endsBeforeIt() {
    String whole = written("--length 60 --seed 3").stripTrailing();
    String stop = whole.substring(30, 31);
    assertTrue(!stop.isBlank(), whole); // it has to be typed
    String expected = whole.substring(0, whole.indexOf(stop, 1));
    assertEquals(expected + "\n", written("--length 60 --seed 3 --stop " + stop));
  }

  @Test
  void samples_haveHeadings_theFirstIsThatOfOneSample() {
    String three = written("--length 20 --seed 3 --samples 3");
    List<String> texts = List.of(three.split("--- [123] of 3 ---\n", -1));
    assertEquals(4, texts.size(), three);
    assertEquals("", texts.getFirst());
    assertEquals(written("--length 20 --seed 3"), texts.get(1));
    assertEquals(22, texts.get(3).length());
    assertTrue(
        written("--length 20 --seed 3 --samples 5")
            .startsWith(three.split("--- 3 of")[0].replace("of 3", "of 5")));
  }

  @Test
  void logProbs_printsALineForEachCharacter() {
    String text = written("--length 200 --seed 3 --temperature 3");
    List<String> lines =
        written("--length 200 --seed 3 --temperature 3 --log-probs").lines().toList();
    assertEquals(200, lines.size());
    for (String line : lines) {
      assertTrue(line.matches("-\\d+\\.\\d{6}\t(.|\\\\n)"), line);
    }
    String characters =
        lines.stream()
            .map(line -> line.split("\t")[1].replace("\\n", "\n"))
            .collect(Collectors.joining());
    assertEquals(text, "选" + characters + "\n");
    assertTrue(text.strip().contains("\n"), "an end of line was written");
  }

  @Test
  void unknownSimilar_printsThePrompt() {
    Outcome outcome = generate("--begin 选,选 --unknown similar --length 3 --seed 1");
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(outcome.out().startsWith("选，选"), outcome::out);
    assertEquals("charrnn: --unknown similar: the prompt is '选，选'\n", outcome.err());
  }

  @Test
  void help_namesEveryOptionAndTheOrder() {
    Outcome help = Shell.run("generate", "--help");
    assertEquals(0, help.exitCode());
    for (String option :
        "prompt unknown length samples seed temperature top-k top-p repetition-penalty no-repeat-ngram beam length-penalty stop log-probs accelerator threads device"
            .split(" ")) {
      assertTrue(help.out().contains("--" + option), option + " is not in\n" + help.out());
    }
    String oneLine = help.out().replaceAll("\\s+", " ");
    assertTrue(
        oneLine.contains(
            "in this order: --repetition-penalty, --no-repeat-ngram, --temperature, --top-k, --top-p."),
        help::out);
  }

  // ---- nonsense

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --temperature -1 | --temperature must be a number of at least 0: -1.0
          --temperature NaN | --temperature must be a number of at least 0: NaN
          --temperature warm | Invalid value for option '--temperature'
          --top-k 0 | --top-k must be at least 1: 0
          --top-p 0 | --top-p must be greater than 0 and at most 1: 0.0
          --top-p 1.5 | --top-p must be greater than 0 and at most 1: 1.5
          --top-p NaN | --top-p must be greater than 0 and at most 1: NaN
          --temperature 0 --top-k 3 | --top-k
          --temperature 0 --top-p 0.5 | --top-p
          --repetition-penalty 0.5 | --repetition-penalty must be a number of at least 1, which has no effect: 0.5
          --no-repeat-ngram -2 | --no-repeat-ngram must be at least 1, or 0 for no such rule: -2
          --beam 0 | --beam must be at least 1 and at most 1000: 0
          --beam 5000 | --beam must be at least 1 and at most 1000: 5000
          --beam 3 --temperature 0.5 | --temperature
          --beam 3 --top-k 5 | --top-k
          --beam 3 --top-p 0.5 | --top-p
          --beam 3 --samples 2 | --samples must be 1 with a beam search, which finds one text: 2
          --beam 3 --length-penalty 1 | --length-penalty
          --length-penalty 1 --stop 。 | --length-penalty
          --beam 3 --stop 。 --length-penalty -1 | --length-penalty must be a number of at least 0: -1.0
          --stop x | --stop must be of characters that the model can generate; it has no 'x' (U+0078)
          --samples 0 | --samples must be at least 1: 0
          --samples -5 | --samples must be at least 1: -5
          --samples 2 --temperature 0 | --samples must be 1 with temperature 0, which gives the same text each time: 2
          --length -1 | --length must be at least 0: -1
          --unknown drop | --unknown must be one of error, skip, similar: drop
          --begin x | 'x' (U+0078) is not in the vocabulary
          --begin x --unknown similar | 'x' (U+0078) is not in the vocabulary
          --begin x --unknown skip | The prompt has 0 symbols, at least 1 are required of the vocabulary, to generate text after it
          """)
  void invalidOption_isNamed(String words, String message) {
    Outcome outcome = generate(words);
    assertEquals(2, outcome.exitCode(), outcome::err);
    assertEquals("", outcome.out());
    String said =
        outcome
            .err()
            .lines()
            .filter(line -> !line.contains("to generate this text again"))
            .findFirst()
            .orElseThrow();
    assertTrue(said.startsWith("charrnn: " + message), said);
    assertFalse(outcome.err().contains("Exception"), outcome::err);
  }

  @Test
  void stop_empty() {
    Outcome outcome = Shell.run("generate", directory.resolve("a.ckpt"), "--stop", "");
    assertEquals(2, outcome.exitCode(), outcome::err);
    assertTrue(
        outcome.err().contains("charrnn: --stop must be at least one character: ''"), outcome::err);
  }
}
