package org.charrnn.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static final double SECONDS = 1e-6;

  /** Takes some time for each run. */
  private static final class Slow implements Workload {

    private final int millis;

    Slow(int millis) {
      this.millis = millis;
    }

    @Override
    public int run() {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      return 1;
    }

    @Override
    public double loss() {
      return Double.NaN;
    }

    @Override
    public void close() {}
  }

  /** However often they were measured before, and which of them came first. */
  @Test
  void slowFirst_runsOncePerSlice_secondForAsLong() {
    Comparison comparison = Comparison.of(new Slow(20), new Slow(1), SECONDS);
    List<Measurement.Sample> ones = comparison.first().samples();
    List<Measurement.Sample> others = comparison.second().samples();
    assertEquals(ones.size(), others.size());
    assertEquals(ones.size(), comparison.ratios().size());
    for (int i = 0; i < ones.size(); i++) {
      assertEquals(1, ones.get(i).characters());
      if (i % 2 == 0) {
        assertTrue(others.get(i).nanos() >= ones.get(i).nanos());
      } else {
        assertTrue(others.get(i).nanos() >= ones.get(i - 1).nanos());
      }
    }
  }
}
