package org.charrnn.cli.spi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.charrnn.text.training.EpochReport;
import org.charrnn.text.training.Loss;
import org.charrnn.text.training.StepReport;
import org.charrnn.text.training.TrainingPlan;
import org.charrnn.text.training.ValidationReport;
import org.charrnn.text.unicode.VisibleText;

/** The texts of the displays. */
final class Messages {

  private Messages() {}

  static String plan(TrainingPlan plan) {
    String text =
        String.format(
            Locale.ROOT,
            "%s training characters, %s held out%s, vocabulary of %s; %s parameters; %s steps in"
                + " %s",
            count(plan.trainingCharacters()),
            count(plan.heldOutCharacters()),
            plan.testCharacters() == 0
                ? ""
                : String.format(Locale.ROOT, ", %s for the test", count(plan.testCharacters())),
            count(plan.vocabularySize()),
            count(plan.parameters()),
            count(plan.totalSteps()),
            plural(plan.config().run().epochs(), "epoch"));
    return plan.startStep() == 0 ? text : text + ", resuming at step " + count(plan.startStep());
  }

  static String step(StepReport report, TrainingPlan plan) {
    return String.format(
        Locale.ROOT,
        "%s, %s nats per character, %s characters/s",
        epochOf(report, plan),
        nats(report.nats()),
        rate(report));
  }

  /** A short form, to fit next to the bar. */
  static String shortStep(StepReport report) {
    return String.format(Locale.ROOT, "%s nats, %s char/s", nats(report.nats()), rate(report));
  }

  static String epoch(EpochReport report) {
    String text =
        String.format(
            Locale.ROOT,
            "epoch %d done at step %s: %s nats per character",
            report.epoch(),
            count(report.step()),
            nats(report.training().nats()));
    return text + report.validation().map(Messages::heldOut).orElse("");
  }

  static String validation(ValidationReport report) {
    return String.format(
        Locale.ROOT,
        "step %s%s%s",
        count(report.step()),
        heldOut(report.loss()),
        report.best() ? ", the best so far" : "; the best was at step " + count(report.bestStep()));
  }

  static String saved(Path file, long step) {
    return String.format(Locale.ROOT, "saved %s at step %s", VisibleText.inLine(file), count(step));
  }

  static String savedBest(Path file, long step) {
    return String.format(
        Locale.ROOT,
        "saved %s, the best so far, at step %s",
        VisibleText.inLine(file),
        count(step));
  }

  private static String heldOut(Loss loss) {
    return String.format(
        Locale.ROOT,
        "; held out: %s nats, %.3f bits, perplexity %.2f",
        nats(loss.nats()),
        loss.bits(),
        loss.perplexity());
  }

  static String sampleHeading(long step) {
    return "--- sample at step " + count(step) + " ---";
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Hours, minutes and seconds. */
  static String time(Duration duration) {
    return String.format(
        Locale.ROOT,
        "%d:%02d:%02d",
        duration.toHours(),
        duration.toMinutesPart(),
        duration.toSecondsPart());
  }

  private static String epochOf(StepReport report, TrainingPlan plan) {
    return String.format(Locale.ROOT, "epoch %d/%d", report.epoch(), plan.config().run().epochs());
  }

  private static String rate(StepReport report) {
    return count(Math.round(report.charactersPerSecond()));
  }

  private static String nats(double nats) {
    return String.format(Locale.ROOT, "%.3f", nats);
  }

  private static String plural(long number, String thing) {
    return count(number) + " " + thing + (number == 1 ? "" : "s");
  }
}
