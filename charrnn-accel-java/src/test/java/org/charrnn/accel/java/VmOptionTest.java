package org.charrnn.accel.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class VmOptionTest {

  @Test
  void value_levelOfTheCompiler_isANumber() {
    int level = Integer.parseInt(VmOption.value("TieredStopAtLevel").orElseThrow());
    assertTrue(level >= 0 && level <= 4, () -> "level " + level);
  }

  @Test
  void value_noSuchOption_isEmpty() {
    assertEquals(Optional.empty(), VmOption.value("UseMagic"));
  }
}
