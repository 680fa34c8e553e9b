package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.charrnn.cli.Shell.Outcome;
import org.charrnn.text.evaluation.TextMeasures;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command 'evaluate --samples'. */
class EvaluateSamplesTest {

  @TempDir private static Path directory;
  private static Training training;

  @BeforeAll
  static void train() throws IOException {
    training = Training.in(directory);
    assertEquals(0, training.small("--max-steps", 40).exitCode());
  }

  private static Outcome evaluate(Object... words) {
    return Shell.run(
        Stream.concat(
                Stream.of("evaluate", training.model(), "--accelerator", "java"),
                Arrays.stream(words))
            .toArray());
  }

  private static JsonNode json(Object... words) {
    Outcome outcome = evaluate(Stream.concat(Arrays.stream(words), Stream.of("--json")).toArray());
    assertEquals(0, outcome.exitCode(), outcome::err);
    return JsonMapper.shared().readTree(outcome.out());
  }

  /** The texts measured are those of the command 'generate'. */
  @Test
  void samples_areThoseOfGenerate() {
    String written =
        Shell.run(
                "generate",
                training.model(),
                "--accelerator",
                "java",
                "--samples",
                30,
                "--length",
                50,
                "--seed",
                4,
                "--begin",
                "人")
            .out();
    List<String> texts =
        Arrays.stream(written.split("--- \\d+ of 30 ---\n"))
            .skip(1)
            .map(text -> text.substring(1, text.length() - 1))
            .toList();
    TextMeasures measures = TextMeasures.of(texts, Texts.CHOICES.codePoints());
    JsonNode json =
        json(
            "--samples",
            30,
            "--length",
            50,
            "--seed",
            4,
            "--begin",
            "人",
            "--against",
            training.text());
    assertEquals(30, json.get("samples").intValue());
    assertEquals(1500, json.get("sample_characters").intValue());
    assertEquals(measures.distinct1(), json.get("distinct_1").doubleValue());
    assertEquals(measures.distinct2(), json.get("distinct_2").doubleValue());
    assertEquals(measures.distinct4(), json.get("distinct_4").doubleValue());
    assertEquals(measures.repeated4(), json.get("repeated_4").doubleValue());
    assertEquals(measures.longestRepeat(), json.get("longest_repeat").intValue());
    TextMeasures.Novelty novelty = measures.novelty().orElseThrow();
    assertEquals(novelty.copied8(), json.get("copied_8").doubleValue());
    assertEquals(novelty.longestCopy(), json.get("longest_copy").intValue());
    for (int percent : new int[] {50, 75, 90, 95, 99}) {
      assertEquals(
          novelty.longestCopyOf(percent),
          json.get(String.format(Locale.ROOT, "longest_copy_of_%d_percent", percent)).intValue());
    }
    assertEquals(
        novelty.shareWithin(20), json.get("share_with_longest_copy_within_20").doubleValue());
  }

  @Test
  void samples_byDefault_have100Characters_andSeed0() {
    Outcome outcome = evaluate("--samples", 3);
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(outcome.out().startsWith("samples 3\nsample_characters 300\n"), outcome::out);
    assertEquals(
        outcome.out(),
        evaluate(
                "--samples",
                3,
                "--length",
                100,
                "--seed",
                0,
                "--temperature",
                0.8,
                "--top-p",
                0.9,
                "--begin",
                "选")
            .out());
    assertFalse(outcome.out().contains("copy"), outcome::out);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--length 30",
        "--seed 5",
        "--begin 大事",
        "--temperature 3",
        "--top-k 2",
        "--top-p 0.3",
        "--repetition-penalty 3",
        "--no-repeat-ngram 2",
        "--stop 是",
        "--samples 4"
      })
  void option_changesTheMeasures(String words) {
    Object[] more = words.split(" ");
    assertNotEquals(
        evaluate("--samples", 2).out(),
        evaluate(
                words.startsWith("--samples")
                    ? more
                    : Stream.concat(Stream.of("--samples", 2), Arrays.stream(more)).toArray())
            .out());
  }

  @Test
  void beam_isOneText() {
    assertEquals(1, json("--samples", 1, "--beam", 3, "--length", 20).get("samples").intValue());
  }

  @Test
  void textAndSamples_areBothMeasured() {
    JsonNode json = json(training.text(), "--samples", 2);
    assertEquals(335, json.get("characters").intValue());
    assertEquals(2, json.get("samples").intValue());
    assertEquals(
        json(training.text()).get("nats_per_character").doubleValue(),
        json.get("nats_per_character").doubleValue());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          | Nothing to measure: specify a TEXT to predict, or --samples
          --samples 0 | --samples must be at least 1: 0
          --samples 2 --length 0 | --length must be at least 1: 0
          --samples 2 --begin x | 'x' (U+0078) is not in the vocabulary
          --samples 2 --temperature 0 | --samples must be 1 with temperature 0, which gives the same text each time: 2
          --samples 2 --beam 3 | --samples must be 1 with a beam search, which finds one text: 2
          --samples 2 --top-p 2 | --top-p must be greater than 0 and at most 1: 2.0
          --samples 2 --against gone.txt | gone.txt: there is no such file
          TEXT --length 50 | --length has no effect without --samples
          TEXT --seed 5 | --seed has no effect without --samples
          TEXT --against TEXT | --against has no effect without --samples
          TEXT --begin 选 | --prompt has no effect without --samples
          TEXT --top-k 3 | --top-k has no effect without --samples
          TEXT --stop 。 | --stop has no effect without --samples
          """)
  void invalidOption_isNamed(String words, String message) {
    Object[] typed =
        words == null
            ? new Object[0]
            : words.replace("TEXT", training.text().toString()).split(" ");
    Outcome outcome = evaluate(typed);
    assertEquals(2, outcome.exitCode(), outcome::err);
    assertEquals("", outcome.out());
    assertTrue(outcome.err().startsWith("charrnn: " + message), outcome::err);
  }

  @Test
  void prompt_empty() {
    Outcome outcome = evaluate("--samples", 1, "--begin", "");
    assertEquals(2, outcome.exitCode());
    assertEquals("charrnn: --prompt must be at least one symbol: ''\n", outcome.err());
  }
}
