package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.charrnn.cli.Shell.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing of the command line, and messages about errors. */
class CommandLineTest {

  @ParameterizedTest
  @ValueSource(strings = {"train", "generate", "evaluate", "accelerators", "throw"})
  void help_listsAllCommands(String command) {
    Outcome outcome = Shell.run("--help");
    assertEquals(0, outcome.exitCode());
    assertTrue(
        outcome.out().lines().anyMatch(line -> line.startsWith("  " + command + " ")),
        outcome::out);
  }

  @Test
  void help_ofTraining_showsWhatProfilesSet() {
    Outcome outcome = Shell.run("train", "--help");
    assertTrue(
        outcome.out().matches("(?s).*\n +Profiles +seed +small +standard +best\n.*"), outcome::out);
    assertTrue(
        outcome.out().matches("(?s).*\n +--hidden-size +100 +128 +512 +512\n.*"), outcome::out);
  }

  @Test
  void noCommand_printsTheUsage() {
    Outcome outcome = Shell.run();
    assertEquals(2, outcome.exitCode());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().startsWith("Usage: charrnn "), outcome::err);
  }

  @Test
  void version_isThatOfTheBuild() {
    Outcome outcome = Shell.run("--version");
    assertEquals(0, outcome.exitCode());
    assertTrue(
        outcome.out().matches("(?s)charrnn \\d+\\.\\d+\\.\\d+\\S*\nJava \\d+.*"), outcome::out);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          train a.txt                                    | Missing required option: '--out=MODEL'
          train --out a.ckpt                             | Missing required parameter: 'CORPUS'
          train a.txt --out a.ckpt --hidden-size abc     | Invalid value for option '--hidden-size': 'abc' is not an int
          train a.txt --out a.ckpt --hidden-size 99999999999 | Invalid value for option '--hidden-size': '99999999999' is not an int
          train a.txt --out a.ckpt --optimizer-option a  | Value for option option '--optimizer-option' (NAME=VALUE) should be in KEY=VALUE format but was a
          generate a.ckpt b.ckpt                         | Unmatched argument at index 2: 'b.ckpt'
          write a.ckpt                                   | Unmatched arguments from index 0: 'write', 'a.ckpt'
          """)
  void unparsable_isReported_withAReferenceToTheHelp(String words, String message) {
    Outcome outcome = Shell.run((Object[]) words.split(" "));
    assertEquals(2, outcome.exitCode());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().startsWith("charrnn: " + message + "\n"), outcome::err);
    assertTrue(outcome.err().endsWith("--help' for usage.\n"), outcome::err);
  }

  @Test
  void unknownOption_suggestsTheNearest() {
    Outcome outcome = Shell.run("train", "a.txt", "--out", "a.ckpt", "--hiden-size", 3);
    assertEquals(2, outcome.exitCode());
    assertTrue(
        outcome
            .err()
            .contains("Unknown options: '--hiden-size', '3'\nPossible solutions: --hidden-size"),
        outcome::err);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --clip-norm soft     | --clip-norm must be a number greater than 0, or none: soft
          --clip-norm -1       | --clip-norm must be a number greater than 0: -1.0
          --threads 0          | --threads must be at least 1: 0
          --profile finest     | --profile must be one of seed, small, standard, best: finest
          --clip-value hard    | --clip-value must be a number greater than 0, or none: hard
          --clip-value 0       | --clip-value must be a number greater than 0: 0.0
          --accumulate 0       | --accumulate must be at least 1: 0
          --tie-weights --embedding-size 0 | --embedding-size must be at least 1 if --tie-weights uses the embedding for the output too: 0
          --embedding-size big | --embedding-size must be an integer, or hidden: big
          --stream-above -1    | --stream-above must be a number of MiB, or 0: -1
          --dropout 1          | --dropout must be in [0.0, 1.0): 1.0
          --document-separator page | --document-separator must be one of none, blank-line: page
          --reset-at-documents | --reset-at-documents must be false, unless --document-begin or --document-separator says where documents start: true
          --validation 1       | --validation must be in [0.0, 1.0): 1.0
          --temperature -0.5   | --temperature must be in [0.0, Infinity): -0.5
          --sample-length -1   | --sample-length must be at least 0: -1
          --max-steps 0        | --max-steps must be at least 1: 0
          --epochs 0           | --epochs must be at least 1: 0
          --layers 0           | --layers must be from 1 to 100: 0
          """)
  void invalidOption_isNamedAsOnTheCommandLine(String option, String message) {
    Outcome outcome = Shell.run((Object[]) ("train pom.xml --out never.ckpt " + option).split(" "));
    assertEquals(2, outcome.exitCode());
    assertEquals("charrnn: " + message + "\n", outcome.err());
  }

  @Test
  void deviceFailure_isReportedAsOneLine() {
    Outcome outcome = Shell.run("throw", "device");
    assertEquals(2, outcome.exitCode());
    assertEquals("charrnn: Out of memory on gpu:0. Lower the batch size.\n", outcome.err());
  }

  @Test
  void unexpectedFailure_isReportedAsABug() {
    Outcome outcome = Shell.run("throw", "exception");
    assertEquals(1, outcome.exitCode());
    assertEquals(
        """
        charrnn: unexpected failure: java.lang.IllegalStateException: two and two are five
        This is a bug in charrnn or in a plugin; run the command with --stacktrace for details.
        """,
        outcome.err());
  }

  @Test
  void unexpectedFailure_withStacktrace_showsWhere() {
    Outcome outcome = Shell.run("throw", "exception", "--stacktrace");
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().contains("\tat org.charrnn.cli.ThrowingCommand.call("), outcome::err);
    assertFalse(outcome.err().contains("--stacktrace"), outcome::err);
  }

  @Test
  void brokenPlugin_isAnUnexpectedFailure() {
    Outcome outcome = Shell.run("--stacktrace", "throw", "link");
    assertEquals(1, outcome.exitCode());
    assertTrue(
        outcome
            .err()
            .startsWith(
                "charrnn: unexpected failure: java.lang.NoClassDefFoundError: org/example/Gone\n"),
        outcome::err);
  }

  @Test
  void outOfMemory_suggestsALargerHeap() {
    Outcome outcome = Shell.run("throw", "memory");
    assertEquals(1, outcome.exitCode());
    assertTrue(
        outcome.err().startsWith("charrnn: out of memory (Java heap space). Increase the heap"),
        outcome::err);
  }

  @Test
  void providedCommand_returnsItsOwnCode() {
    assertEquals(5, Shell.run("throw", "fives").exitCode());
  }
}
