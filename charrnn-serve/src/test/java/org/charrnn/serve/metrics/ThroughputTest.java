package org.charrnn.serve.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ThroughputTest {

  private final AtomicLong total = new AtomicLong(100);
  private final AtomicLong nanos = new AtomicLong();
  private final Throughput speed = new Throughput(total::get, nanos::get);

  private double after(double seconds, long more) {
    nanos.addAndGet((long) (seconds * 1e9));
    total.addAndGet(more);
    return speed.perSecond();
  }

  @Test
  void speed_isThatSinceTheLastQuestion() {
    assertEquals(50, after(2, 100));
    assertEquals(10, after(10, 100));
    assertEquals(0, after(1, 0));
  }

  @Test
  void speed_withinASecond_isThePreviousOne_andNothingIsLost() {
    assertEquals(50, after(2, 100));
    assertEquals(50, after(0.4, 1000));
    assertEquals(1000, after(0.6, 0));
  }

  @Test
  void speed_ofATotalThatStartsAgain_isNotNegative() {
    assertEquals(0, after(2, -100));
    assertEquals(5, after(2, 10));
  }
}
