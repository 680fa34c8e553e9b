package org.charrnn.cli.spi;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.charrnn.text.training.EpochReport;
import org.charrnn.text.training.StepReport;
import org.charrnn.text.training.TrainingPlan;
import org.charrnn.text.training.ValidationReport;
import org.charrnn.text.unicode.VisibleText;
import org.jspecify.annotations.Nullable;

/**
 * One line for each event, and a progress line every few seconds, or after each round of workers:
 * for files, pipes and logs.
 */
final class LineDisplay implements TrainingDisplay {

  private static final long NANOS_BETWEEN_LINES = Duration.ofSeconds(10).toNanos();
  private static final long NANOS_BETWEEN_ROUNDS = Duration.ofSeconds(1).toNanos();

  private final PrintWriter out;
  private final PrintWriter err;
  private final LongSupplier nanoTime;
  private @Nullable TrainingPlan plan;
  private long startNanos;
  private long lineNanos;

  LineDisplay(PrintWriter out, PrintWriter err, LongSupplier nanoTime) {
    this.out = out;
    this.err = err;
    this.nanoTime = nanoTime;
  }

  @Override
  public void started(TrainingPlan newPlan) {
    plan = newPlan;
    startNanos = nanoTime.getAsLong();
    lineNanos = startNanos;
    err.println(Messages.plan(newPlan));
  }

  @Override
  public void step(StepReport report) {
    long now = nanoTime.getAsLong();
    if (plan != null && now - lineNanos >= nanosBetweenLines(plan)) {
      lineNanos = now;
      err.println(
          String.format(
              Locale.ROOT,
              "step %s/%s, %s, %s left",
              Messages.count(report.step()),
              Messages.count(plan.totalSteps()),
              Messages.step(report, plan),
              Messages.time(remaining(plan, report.step(), now))));
    }
  }

  private static long nanosBetweenLines(TrainingPlan steps) {
    return steps.config().rounds().hasOuterStep() ? NANOS_BETWEEN_ROUNDS : NANOS_BETWEEN_LINES;
  }

  /** Extrapolated from the steps since the start of this run. */
  private Duration remaining(TrainingPlan steps, long step, long now) {
    double nanosPerStep = (double) (now - startNanos) / (step - steps.startStep());
    return Duration.ofNanos((long) (nanosPerStep * (steps.totalSteps() - step)));
  }

  @Override
  public void validated(ValidationReport report) {
    if (!report.endsEpoch()) { // otherwise the line of the epoch includes it
      err.println(Messages.validation(report));
    }
  }

  @Override
  public void epoch(EpochReport report) {
    err.println(Messages.epoch(report));
  }

  @Override
  public void savedBest(Path file, long step) {
    err.println(Messages.savedBest(file, step));
  }

  @Override
  public void saved(Path file, long step) {
    err.println(Messages.saved(file, step));
  }

  @Override
  public void note(String text) {
    err.println(VisibleText.inLine(text));
  }

  @Override
  public void sample(String text, long step) {
    out.println(Messages.sampleHeading(step));
    out.println(text);
    out.flush();
  }

  @Override
  public void close() {
    err.flush();
  }
}
