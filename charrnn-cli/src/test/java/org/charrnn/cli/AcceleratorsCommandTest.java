package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.charrnn.cli.Shell.Outcome;
import org.junit.jupiter.api.Test;

class AcceleratorsCommandTest {

  @Test
  void accelerators_usableOrWhyNot_bestFirst() {
    Outcome outcome = Shell.run("accelerators");
    assertEquals(0, outcome.exitCode(), outcome::err);
    assertTrue(
        outcome
            .out()
            .matches(
                "(?s)NAME +PRIORITY +USABLE +DEVICE OR REASON\n"
                    + "absent-device +2147483647 +no +the device is not plugged in. Plug it in.\n"
                    + ".*"),
        outcome::out);
    assertTrue(outcome.out().matches("(?s).*\njava +\\d+ +yes +[^\n]+\n.*"), outcome::out);
    assertTrue(outcome.out().matches("(?s).*\nDefault: '[a-z-]+'\\. .*"), outcome::out);
  }

  /** bin/charrnn starts other commands without TornadoVM. */
  @Test
  void accelerators_bestOneIsUsedOnlyIfSelected_defaultIsAnother() {
    String best = defaultOf(Shell.run("accelerators"));
    System.setProperty(AcceleratorsCommand.ON_REQUEST, best);
    try {
      Outcome outcome = Shell.run("accelerators");
      assertNotEquals(best, defaultOf(outcome), outcome::out);
      assertTrue(
          outcome.out().contains("'" + best + "' is used only if it is selected."), outcome::out);
    } finally {
      System.clearProperty(AcceleratorsCommand.ON_REQUEST);
    }
  }

  private static String defaultOf(Outcome outcome) {
    return outcome.out().replaceAll("(?s).*\nDefault: '([a-z-]+)'\\. .*", "$1");
  }
}
