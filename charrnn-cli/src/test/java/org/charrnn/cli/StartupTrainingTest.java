package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Without it, commands would start without their cache, and nothing would say so. */
class StartupTrainingTest {

  @Test
  void commands_succeed() throws Exception {
    assertEquals(0, StartupTraining.run());
  }
}
