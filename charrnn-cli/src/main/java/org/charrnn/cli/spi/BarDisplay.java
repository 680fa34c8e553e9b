package org.charrnn.cli.spi;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.charrnn.cli.output.Terminal;
import org.charrnn.cli.output.TerminalWriter;
import org.charrnn.text.training.EpochReport;
import org.charrnn.text.training.StepReport;
import org.charrnn.text.training.TrainingPlan;
import org.charrnn.text.training.ValidationReport;
import org.charrnn.text.unicode.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * A bar on the last line of a terminal, with lines above it. A separate thread paints the bar;
 * printing a line erases the bar until it is painted again.
 */
final class BarDisplay implements TrainingDisplay {

  private static final int PAINT_MILLIS = 250;
  private static final String CLEAR_LINE = "\r\033[K";

  private final Object line = new Object();
  private final PrintWriter out;
  private final PrintWriter err;
  private @Nullable ProgressBar bar;

  BarDisplay(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public void started(TrainingPlan plan) {
    err.println(Messages.plan(plan));
    bar =
        new ProgressBarBuilder()
            .setTaskName("")
            .setInitialMax(plan.totalSteps())
            .startsFrom(plan.startStep(), Duration.ZERO)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(PAINT_MILLIS)
            .setConsumer(new DelegatingProgressBarConsumer(this::paint, Terminal.columns() - 1))
            .build();
  }

  private void paint(String text) {
    synchronized (line) {
      control("\r");
      err.print(text);
      err.flush();
    }
  }

  private void control(String sequence) {
    if (err instanceof TerminalWriter terminal) {
      terminal.control(sequence);
    } else {
      err.print(sequence);
    }
  }

  @Override
  public void step(StepReport report) {
    if (bar != null) {
      bar.stepTo(report.step());
      bar.setExtraMessage(Messages.shortStep(report));
    }
  }

  @Override
  public void validated(ValidationReport report) {
    if (!report.endsEpoch()) { // otherwise the line of the epoch includes it
      print(err, Messages.validation(report));
    }
  }

  @Override
  public void epoch(EpochReport report) {
    print(err, Messages.epoch(report));
  }

  @Override
  public void savedBest(Path file, long step) {
    print(err, Messages.savedBest(file, step));
  }

  @Override
  public void saved(Path file, long step) {
    print(err, Messages.saved(file, step));
  }

  @Override
  public void note(String text) {
    print(err, VisibleText.inLine(text));
  }

  @Override
  public void sample(String text, long step) {
    print(out, Messages.sampleHeading(step) + System.lineSeparator() + text);
  }

  private void print(PrintWriter where, String text) {
    synchronized (line) {
      control(CLEAR_LINE);
      err.flush();
      where.println(text);
      where.flush();
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
      err.println();
    }
    err.flush();
  }
}
