package org.charrnn.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.charrnn.text.config.InvalidOptionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

class OptionNamesTest {

  @Command(name = "some")
  static final class Some {
    @Mixin private final ModelOptions model = new ModelOptions();
    @Mixin private final RunOptions run = new RunOptions();
  }

  private static final CommandSpec COMMAND = CommandSpec.forAnnotatedObject(new Some());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lower batchSize or seqLength.   | lower --batch-size or --seq-length.
          clipNorm is not of this command | clipNorm is not of this command
          /data/batchSize/a.txt is short  | /data/batchSize/a.txt is short
          batchSize.txt is short          | batchSize.txt is short
          'batchSize' is quoted           | 'batchSize' is quoted
          layers of a cell                | layers of a cell
          """)
  void inMessage_onlyWhatNamesAnOption(String message, String expected) {
    assertEquals(expected, OptionNames.inMessage(message, COMMAND));
  }

  @Test
  void inMessage_optionAtFault_evenIfItIsAPlainWord() {
    InvalidOptionException failure = new InvalidOptionException("layers", 0, "at least 1");
    assertEquals("--layers must be at least 1: 0", OptionNames.inMessage(failure, COMMAND));
  }
}
