package org.charrnn.cli.record;

import java.io.IOException;
import java.util.Locale;
import java.util.OptionalDouble;
import org.charrnn.text.training.StepReport;

/**
 * One line of {@code metrics.jsonl}.
 *
 * @param step the number of the step
 * @param epoch its epoch
 * @param nats the loss of its window in nats per character; NaN if it is not finite
 * @param learningRate the learning rate; empty in older files
 * @param gradientNorm the norm of the gradients before clipping; empty without clipping
 * @param charactersPerSecond the speed
 * @param validation the loss on the held-out text after this step, if measured
 */
public record MetricsLine(
    long step,
    int epoch,
    double nats,
    OptionalDouble learningRate,
    OptionalDouble gradientNorm,
    double charactersPerSecond,
    OptionalDouble validation) {

  /**
   * Parses a line.
   *
   * @throws IOException if it is malformed
   */
  public static MetricsLine parse(String line) throws IOException {
    JsonFields fields = JsonFields.parse(line);
    return new MetricsLine(
        fields.integer("step", 0),
        fields.smallInteger("epoch", 0),
        fields.optionalNumber("nats_per_char").orElse(Double.NaN),
        fields.optionalNumber("learning_rate"),
        fields.optionalNumber("gradient_norm"),
        fields.optionalNumber("chars_per_s").orElse(Double.NaN),
        fields.optionalNumber("validation_nats_per_char"));
  }

  /**
   * The line of a step, without a line feed. Losses and rates are rounded.
   *
   * @param validation the loss on the held-out text after it, if measured
   */
  public static String format(StepReport report, OptionalDouble validation) {
    StringBuilder line = new StringBuilder();
    line.append("{\"step\":").append(report.step());
    line.append(",\"epoch\":").append(report.epoch());
    line.append(",\"characters\":").append(report.characters());
    line.append(",\"nats_per_char\":").append(number(report.nats()));
    line.append(",\"learning_rate\":").append(exact(report.learningRate()));
    report
        .gradientNorm()
        .ifPresent(norm -> line.append(",\"gradient_norm\":").append(number(norm)));
    line.append(",\"chars_per_s\":").append(number(report.charactersPerSecond()));
    validation.ifPresent(
        nats -> line.append(",\"validation_nats_per_char\":").append(number(nats)));
    return line.append('}').toString();
  }

  /** The shortest exact form; small rates have many leading zeros. */
  private static String exact(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "null";
  }

  /** JSON has no representation of NaN and infinity. */
  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6f", value) : "null";
  }
}
