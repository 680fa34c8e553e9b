package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.charrnn.cli.Shell.Outcome;
import org.charrnn.cli.output.TerminalWriter;
import org.charrnn.text.CharRnn;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.scoring.TextScore;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The commands 'score', 'rank', 'classify', and 'evaluate --adapt'. */
class ScoreCommandsTest {

  private static final List<String> LINES = List.of("选择是一件小事", "择选一是件小事", "", "人总要选，选了就走下去。");

  @TempDir private static Path directory;
  private static Training training;
  private static Path other;
  private static Path lines;

  @BeforeAll
  static void train() throws IOException {
    training = Training.in(directory);
    assertEquals(0, training.small("--max-steps", 60).exitCode());
    Path letters =
        Files.writeString(
            directory.resolve("letters.txt"), "one day in the sun, one in the rain\n".repeat(12));
    other = directory.resolve("en.ckpt");
    Object[] words = {"train", letters, "--out", other, "--max-steps", 60};
    assertEquals(
        0, Shell.run(Stream.concat(Stream.of(words), Stream.of(Texts.SMALL)).toArray()).exitCode());
    lines = Files.writeString(directory.resolve("lines.txt"), String.join("\r\n", LINES) + "\n");
  }

  private static Outcome run(Object... words) {
    return Shell.run(
        Stream.concat(Arrays.stream(words), Stream.of("--accelerator", "java")).toArray());
  }

  private static Outcome withInput(String input, Object... words) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
    try {
      return run(words);
    } finally {
      System.setIn(before);
    }
  }

  private static List<TextScore> scores() {
    try (LanguageModel model = CharRnn.create().withAccelerator("java").load(training.model())) {
      return model.scoreAll(LINES);
    }
  }

  // ---- score

  @Test
  void score_printsBitsAndLine_ofAFileAndOfStandardInput() {
    Outcome outcome = run("score", training.model(), lines);
    assertEquals(0, outcome.exitCode(), outcome::err);
    StringBuilder expected = new StringBuilder();
    scores()
        .forEach(score ->
            expected.append(
                String.format(Locale.ROOT, "%8.4f  %s%n", score.bitsPerCharacter(), score.text())));
    assertEquals(expected.toString(), outcome.out());
    String input = "\uFEFF" + String.join("\n", LINES) + "\n";
    assertEquals(outcome.out(), withInput(input, "score", training.model()).out());
  }

  @Test
  void score_tsvHasAllNumbers() {
    List<String> rows =
        run("score", training.model(), lines, "--format", "tsv").out().lines().toList();
    assertEquals(
        "bits_per_character\tnats\tperplexity\tcharacters\tunknown\ttext", rows.getFirst());
    TextScore score = scores().getFirst();
    assertEquals(
        String.format(
            Locale.ROOT,
            "%.6f\t%.6f\t%.6f\t7\t0\t%s",
            score.bitsPerCharacter(),
            score.nats(),
            score.perplexity(),
            score.text()),
        rows.get(1));
    assertEquals(5, rows.size());
  }

  @Test
  void score_jsonLines_withSymbols() {
    Outcome outcome = run("score", training.model(), lines, "--format", "jsonl", "--symbols");
    List<JsonNode> objects =
        outcome.out().lines().map(line -> JsonMapper.shared().readTree(line)).toList();
    List<TextScore> scores = scores();
    for (int i = 0; i < 4; i++) {
      assertEquals(LINES.get(i), objects.get(i).get("text").stringValue());
      assertEquals(scores.get(i).nats(), objects.get(i).get("nats").doubleValue());
      assertEquals(scores.get(i).symbols().size(), objects.get(i).get("symbols").size());
    }
    assertEquals("选", objects.getFirst().get("symbols").get(0).get(0).stringValue());
    assertEquals(
        scores.getFirst().logProbabilities()[0],
        objects.getFirst().get("symbols").get(0).get(1).doubleValue());
  }

  @Test
  void score_filters() {
    List<TextScore> scores = scores();
    double good = scores.get(0).bitsPerCharacter();
    double bad = scores.get(1).bitsPerCharacter();
    assertTrue(good < bad, () -> good + " " + bad);
    double limit = (good + bad) / 2;
    List<String> kept =
        run("score", training.model(), lines, "--max-bits", limit, "--format", "lines")
            .out()
            .lines()
            .toList();
    assertTrue(kept.contains(LINES.get(0)));
    assertFalse(kept.contains(LINES.get(1)));
    List<String> surprising =
        run("score", training.model(), lines, "--min-bits", limit, "--format", "lines")
            .out()
            .lines()
            .toList();
    assertTrue(surprising.contains(LINES.get(1)));
    assertEquals(4, kept.size() + surprising.size());
  }

  @Test
  void score_afterAContext() {
    Outcome outcome =
        withInput("择是\n", "score", training.model(), "--context", "选", "--format", "tsv");
    try (LanguageModel model = CharRnn.create().withAccelerator("java").load(training.model())) {
      TextScore score = model.score("择是", ScoringOptions.standard().after("选"));
      assertTrue(
          outcome.out().contains(String.format(Locale.ROOT, "\t%.6f\t", score.nats())),
          outcome::out);
    }
  }

  /**
   * As with {@code tail -f log | charrnn score}: each line is printed before the next one comes.
   */
  @ParameterizedTest
  @ValueSource(strings = {"score", "classify"})
  void linesOfAPipe_arePrintedAsTheyCome(String command) throws Exception {
    InputStream before = System.in;
    StringWriter printed = new StringWriter();
    PipedOutputStream pipe = new PipedOutputStream();
    try {
      System.setIn(new PipedInputStream(pipe));
      String[] words = {command, training.model().toString(), "--accelerator", "java"};
      Thread running =
          Thread.ofPlatform()
              .start(() ->
                  Main.run(
                      words,
                      new PrintWriter(printed, true),
                      new TerminalWriter(new StringWriter()),
                      false,
                      new Interrupts()));
      for (int i = 1; i <= 3; i++) {
        pipe.write((LINES.getFirst().repeat(i) + "\n").getBytes(StandardCharsets.UTF_8));
        pipe.flush();
        String line = LINES.getFirst().repeat(i) + System.lineSeparator();
        assertTimeoutPreemptively(
            Duration.ofSeconds(30),
            () -> {
              while (!printed.toString().endsWith(line)) {
                Thread.sleep(5);
              }
            });
        assertTrue(running.isAlive());
      }
      pipe.close();
      assertTrue(running.join(Duration.ofSeconds(30)), "it does not end with its input");
    } finally {
      System.setIn(before);
      pipe.close();
    }
  }

  @Test
  void score_unknownCharacters_costTheirPrice() {
    Outcome outcome =
        withInput("xyz\n", "score", training.model(), "--unknown-bits", 10, "--format", "tsv");
    assertTrue(outcome.out().contains("\n10.000000\t"), outcome::out);
    assertTrue(outcome.out().contains("\t3\t3\txyz\n"), outcome::out);
  }

  // ---- rank

  @Test
  void rank_isThatOfTheLibrary() {
    Outcome outcome =
        run("rank", training.model(), "人", "择", "小", "--prefix", "选", "--suffix", "是一件");
    assertEquals(0, outcome.exitCode(), outcome::err);
    StringBuilder expected = new StringBuilder();
    try (LanguageModel model = CharRnn.create().withAccelerator("java").load(training.model())) {
      for (TextScore score : model.rank("选", List.of("人是一件", "择是一件", "小是一件"))) {
        expected.append(
            String.format(Locale.ROOT, "%9.4f  %s%n", score.nats(), score.text().substring(0, 1)));
      }
    }
    assertEquals(expected.toString(), outcome.out());
    assertTrue(outcome.out().lines().findFirst().orElseThrow().endsWith("择"), outcome::out);
  }

  @Test
  void rank_ofAFile_andOfStandardInput() {
    Outcome typed = run("rank", training.model(), "择", "人", "--format", "jsonl");
    Outcome input =
        withInput("择\n人\n", "rank", training.model(), "--candidates", "-", "--format", "jsonl");
    assertEquals(typed.out(), input.out());
    assertEquals(2, typed.out().lines().count());
  }

  // ---- classify

  @Test
  void classify_findsTheModelOfEachLine() {
    Outcome outcome =
        withInput(
            "选了就走\none day\n", "classify", "zh=" + training.model(), other, "--format", "tsv");
    assertEquals(0, outcome.exitCode(), outcome::err);
    List<String> rows = outcome.out().lines().toList();
    assertEquals("label\tprobability\ttext", rows.getFirst());
    assertTrue(rows.get(1).startsWith("zh\t1.000000\t选了就走"), outcome::out);
    assertTrue(rows.get(2).startsWith("en\t1.000000\tone day"), outcome::out);
    Outcome json = withInput("one\n", "classify", training.model(), other, "--format", "jsonl");
    JsonNode object = JsonMapper.shared().readTree(json.out());
    assertEquals("en", object.get("label").stringValue());
    assertEquals(3 * 21 * Math.log(2), object.get("nats").get("a").doubleValue(), 1e-9, json::out);
  }

  // ---- evaluate --adapt

  @Test
  void adapt_lowersTheLoss_andLeavesTheModel() throws IOException {
    byte[] before = Files.readAllBytes(training.model());
    String plain = run("evaluate", training.model(), training.text()).out();
    Outcome adapted = run("evaluate", training.model(), training.text(), "--adapt", 0.005);
    assertEquals(0, adapted.exitCode(), adapted::err);
    assertTrue(nats(adapted.out()) < nats(plain), adapted::out);
    assertEquals(plain, run("evaluate", training.model(), training.text()).out());
    assertNotEquals(plain, adapted.out());
    assertTrue(Arrays.equals(before, Files.readAllBytes(training.model())));
  }

  private static double nats(String figures) {
    return Double.parseDouble(figures.lines().findFirst().orElseThrow().split(" ")[1]);
  }

  // ---- train --direction backward

  @Test
  void backwardModel_writesBeforeThePrompt_andCannotChangeDirection() {
    Path backward = directory.resolve("backward.ckpt");
    Object[] words = {
      "train", training.text(), "--out", backward, "--max-steps", 30, "--direction", "backward"
    };
    assertEquals(
        0, Shell.run(Stream.concat(Stream.of(words), Stream.of(Texts.SMALL)).toArray()).exitCode());
    Outcome text = run("generate", backward, "--prompt", "大事。", "--length", 12, "--seed", 1);
    assertTrue(text.out().strip().endsWith("大事。"), text::out);
    assertEquals(15, text.out().strip().length());
    Outcome resumed =
        run("train", training.text(), "--out", backward, "--resume", "--direction", "forward");
    assertEquals(2, resumed.exitCode());
    assertTrue(resumed.err().contains("--direction"), resumed::err);
    assertEquals(0, run("evaluate", backward, training.text()).exitCode());
  }

  // ---- messages

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          score MODEL gone.txt | gone.txt: there is no such file
          score MODEL LINES --format xml | --format must be one of text, tsv, jsonl, lines: xml
          score MODEL LINES --symbols | --symbols must be false without --format jsonl: true
          score MODEL LINES --unknown-bits -1 | --unknown-bits must be a finite number of at least 0: -1.0
          score MODEL EN | EN: line 1: 'o' (U+006F) is not in the vocabulary
          rank MODEL | Specify either CANDIDATEs or a file of --candidates
          rank MODEL 选 --candidates LINES | Specify either CANDIDATEs or a file of --candidates
          classify MODEL MODEL | label must be used once; write LABEL=MODEL: a
          classify MODEL --unknown-bits NaN | --unknown-bits must be a finite number of at least 0: NaN
          evaluate MODEL --samples 2 --adapt 0.1 | --adapt has no effect without a TEXT to predict
          evaluate MODEL LINES --adapt 0 | --adapt must be a finite number greater than 0: 0.0
          """)
  void invalidCommand_isExplained(String words, String message) {
    String en = directory.resolve("letters.txt").toString();
    Object[] typed =
        Arrays.stream(words.split(" "))
            .map(word ->
                switch (word) {
                  case "MODEL" -> training.model().toString();
                  case "LINES" -> lines.toString();
                  case "EN" -> en;
                  default -> word;
                })
            .toArray();
    Outcome outcome = run(typed);
    assertEquals(2, outcome.exitCode(), outcome::err);
    assertTrue(
        outcome.err().startsWith("charrnn: " + message.replace("EN:", en + ":")), outcome::err);
  }

  @Test
  void inputThatIsNotUtf8_isReported() throws IOException {
    Path bad = Files.write(directory.resolve("bad.txt"), new byte[] {'o', '\n', (byte) 0xff, '\n'});
    Outcome outcome = run("score", other, bad);
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains("it is not UTF-8 text"), outcome::err);
  }
}
