package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.charrnn.cli.Shell.Outcome;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.evaluation.Baseline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command 'baseline'. */
class BaselineCommandTest {

  @TempDir private Path directory;
  private Path text;

  @BeforeEach
  void writeText() throws IOException {
    text = Files.writeString(directory.resolve("text.txt"), Texts.CHOICES);
  }

  @Test
  void defaults_areFiveOrders_onTheLastTenth() {
    Outcome outcome = Shell.run("baseline", text);
    assertEquals(0, outcome.exitCode(), outcome::err);
    Baseline expected = Baseline.of(Corpus.of(Texts.CHOICES), "code-point", 0.1, 0, 5);
    assertTrue(
        outcome.out().startsWith("303 training characters, 33 held out, vocabulary of 20\n"),
        outcome::out);
    for (String name : new String[] {"unigram", "bigram", "trigram", "4-gram", "5-gram"}) {
      assertTrue(outcome.out().contains("\n" + name + " "), outcome::out);
    }
    double nats = expected.losses().get(2).loss().nats();
    assertTrue(
        outcome
            .out()
            .lines()
            .anyMatch(line -> line.matches(String.format(Locale.ROOT, "trigram +%.4f .*", nats))),
        outcome::out);
  }

  @Test
  void options_changeTheCounts() {
    Outcome outcome =
        Shell.run("baseline", text, "--order", 2, "--validation", 0.5, "--test", 0.1, "--json");
    assertEquals(0, outcome.exitCode(), outcome::err);
    Baseline expected = Baseline.of(Corpus.of(Texts.CHOICES), "code-point", 0.5, 0.1, 2);
    JsonNode json = JsonMapper.shared().readTree(outcome.out());
    assertEquals(expected.trainingCharacters(), json.get("training_characters").longValue());
    assertEquals(expected.heldOutCharacters(), json.get("held_out_characters").longValue());
    assertEquals(expected.vocabularySize(), json.get("vocabulary").intValue());
    assertEquals(2, json.get("models").size());
    for (int i = 0; i < 2; i++) {
      JsonNode model = json.get("models").get(i);
      assertEquals(i + 1, model.get("order").intValue());
      assertEquals(
          expected.losses().get(i).loss().nats(), model.get("nats_per_character").doubleValue());
      assertEquals(
          expected.losses().get(i).loss().bits(), model.get("bits_per_character").doubleValue());
      assertEquals(
          expected.losses().get(i).loss().perplexity(), model.get("perplexity").doubleValue());
    }
  }

  @Test
  void streamed_isTheSame() {
    assertEquals(
        Shell.run("baseline", text).out(), Shell.run("baseline", text, "--stream-above", 0).out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --order 0 | --order must be at least 1 and at most 10: 0
          --order 11 | --order must be at least 1 and at most 10: 11
          --order x | Invalid value for option '--order': 'x' is not an int
          --validation 0 | --validation must be greater than 0 and less than 1: 0.0
          --validation 1 | --validation must be greater than 0 and less than 1: 1.0
          --validation NaN | --validation must be greater than 0 and less than 1
          --validation 0.001 | %s has 336 symbols, at least 2000 are required
          --test 1 | --test must be in [0.0, 1.0): 1.0
          --tokenizer words | There is no tokenizer named 'words'
          """)
  void invalidOption_isNamed(String option, String message) {
    Outcome outcome =
        Shell.run(
            (Object[]) (String.format(Locale.ROOT, "baseline %s %s", text, option)).split(" "));
    assertEquals(2, outcome.exitCode(), outcome::err);
    assertEquals("", outcome.out());
    assertTrue(
        outcome.err().startsWith("charrnn: " + message.replace("%s", text.toString())),
        outcome::err);
  }

  @Test
  void noSuchText() {
    Outcome outcome = Shell.run("baseline", directory.resolve("gone.txt"));
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains("there is no such file"), outcome::err);
  }
}
