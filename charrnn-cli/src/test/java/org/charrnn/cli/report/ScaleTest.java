package org.charrnn.cli.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleTest {

  @ParameterizedTest
  @CsvSource({"0, 1", "4.3, 8.4", "0, 2364", "1e-5, 3e-5", "-2, 7", "5, 5", "0, 0"})
  void linear_containsTheRange_andHasRoundTicks(double least, double greatest) {
    Scale scale = Scale.linear(least, greatest);
    assertTrue(scale.at(least) >= 0 && scale.at(greatest) <= 1);
    List<Double> ticks = scale.ticks(5);
    assertTrue(ticks.size() >= 2 && ticks.size() <= 6, ticks::toString);
    for (double tick : ticks) {
      assertTrue(scale.at(tick) >= -1e-9 && scale.at(tick) <= 1 + 1e-9, ticks::toString);
    }
  }

  @Test
  void linear_byHand() {
    assertEquals(List.of(0.0, 500.0, 1000.0, 1500.0, 2000.0), new Scale(0, 2364, false).ticks(5));
    assertEquals(0.25, new Scale(0, 4, false).at(1));
  }

  @Test
  void logarithmic_equalRatiosAreEquallyLong() {
    Scale scale = new Scale(0.1, 1000, true);
    assertEquals(0.25, scale.at(1), 1e-12);
    assertEquals(0.75, scale.at(100), 1e-12);
    assertEquals(5, scale.ticks(5).size());
    assertEquals(1, scale.ticks(5).get(1), 1e-12);
    assertEquals(7, new Scale(0.2, 30, true).ticks(5).size(), "0.2 0.5 1 2 5 10 20");
    assertEquals(5, new Scale(1e-5, 3e4, true).ticks(5).size(), "every second power");
    assertTrue(Scale.logarithmic(2, 3).ticks(5).size() >= 2, "less than a decade has ticks, too");
  }
}
