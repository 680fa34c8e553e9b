package org.charrnn.cli.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TerminalTest {

  @ParameterizedTest
  @CsvSource({"'24 132\n', 132", "'24 80', 80", "'0 0\n', 80", "'', 80", "stty: no terminal, 80"})
  void columns_asSttySays_elseTheUsualOnes(String said, int expected) {
    assertEquals(expected, Terminal.columns(said));
  }
}
