package org.charrnn.cli.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineDisplayTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final AtomicLong seconds = new AtomicLong();
  private final LineDisplay display =
      new LineDisplay(
          new PrintWriter(out, true),
          new PrintWriter(err, true),
          () -> TimeUnit.SECONDS.toNanos(seconds.get()));

  @Test
  void steps_printALineEveryTenSeconds_withTheRemainingTime() {
    display.started(Reports.plan(100, 20));
    err.getBuffer().setLength(0);
    for (int step = 21; step <= 40; step++) {
      seconds.incrementAndGet();
      display.step(Reports.step(step, 2.5));
    }
    assertEquals(
        """
        step 30/100, epoch 1/4, 2.500 nats per character, 12,346 characters/s, 0:01:10 left
        step 40/100, epoch 1/4, 2.500 nats per character, 12,346 characters/s, 0:01:00 left
        """,
        err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void started_printsThePlan() {
    display.started(Reports.plan(100, 0));
    display.started(Reports.plan(1000, 20));
    assertEquals(
        """
        9,000 training characters, 1,000 held out, vocabulary of 2,345; 67,890 parameters; 100 steps in 4 epochs
        9,000 training characters, 1,000 held out, vocabulary of 2,345; 67,890 parameters; 1,000 steps in 4 epochs\
        , resuming at step 20
        """,
        err.toString());
  }

  @Test
  void validation_printsWhetherItIsTheBest() {
    display.validated(Reports.validation(10, Math.log(4), Math.log(4), 10));
    display.savedBest(Path.of("a.best.ckpt"), 10);
    display.validated(Reports.validation(20, Math.log(8), Math.log(4), 10));
    assertEquals(
        """
        step 10; held out: 1.386 nats, 2.000 bits, perplexity 4.00, the best so far
        saved a.best.ckpt, the best so far, at step 10
        step 20; held out: 2.079 nats, 3.000 bits, perplexity 8.00; the best was at step 10
        """,
        err.toString());
  }

  @Test
  void epochAndSave_printALineEach_samplesGoToStandardOutput() {
    display.started(Reports.plan(100, 0));
    err.getBuffer().setLength(0);
    display.epoch(Reports.epoch(25, 2, Math.log(4)));
    display.saved(Path.of("a.ckpt"), 25);
    display.note("stopping");
    display.sample("选择\n人", 25);
    display.close();
    assertEquals(
        """
        epoch 1 done at step 25: 2.000 nats per character; held out: 1.386 nats, 2.000 bits, perplexity 4.00
        saved a.ckpt at step 25
        stopping
        """,
        err.toString());
    assertEquals("--- sample at step 25 ---\n选择\n人\n", out.toString());
  }
}
