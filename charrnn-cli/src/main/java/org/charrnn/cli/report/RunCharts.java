package org.charrnn.cli.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;

/**
 * The charts of a run.
 *
 * @param run what they show
 */
record RunCharts(Run run) {

  private static final int LOWER_ORDERS = 3;

  /** The losses, of training and on held-out text, and what counting achieves. */
  Chart loss() {
    RunHistory history = run.history();
    List<Series.Point> smooth = smooth(history.loss());
    List<Series.Point> validations = validations();
    List<Chart.Level> levels = levels();
    double least =
        DoubleStream.concat(
                history.loss().points().stream().mapToDouble(Series.Point::least),
                DoubleStream.concat(
                    validations.stream().mapToDouble(Series.Point::mean),
                    levels.stream().mapToDouble(Chart.Level::value)))
            .min()
            .orElse(0);
    return new Chart(
        "loss",
        "Loss",
        "nats per character",
        steps(),
        Scale.linear(least, top(smooth, validations, levels)),
        value -> Html.number(value, 3),
        List.of(
            new Chart.Curve("", "training", Chart.Look.BAND, history.loss().points()),
            new Chart.Curve(trainingName(), "training", Chart.Look.LINE, smooth),
            new Chart.Curve("held-out text", "validation", Chart.Look.DOTS, validations)),
        levels,
        history.epochs());
  }

  private String trainingName() {
    long steps = run.history().loss().width() * (2L * neighbours(run.history().loss()) + 1);
    return steps == 1
        ? "training, each step"
        : "training, mean of %s steps, and the range of single steps".formatted(Html.count(steps));
  }

  /** The beginning is cut off where it lies far above everything that is of interest. */
  private static double top(
      List<Series.Point> training, List<Series.Point> validations, List<Chart.Level> levels) {
    double greatest = training.stream().mapToDouble(Series.Point::mean).max().orElse(1);
    double later =
        training.stream()
            .skip(training.size() / 20)
            .mapToDouble(Series.Point::mean)
            .max()
            .orElse(greatest);
    double others =
        DoubleStream.concat(
                validations.stream().mapToDouble(Series.Point::mean),
                levels.stream().mapToDouble(Chart.Level::value))
            .max()
            .orElse(later);
    return Math.max(later, others);
  }

  private List<Series.Point> validations() {
    return run.history().validations().stream()
        .map(it -> new Series.Point(it.step(), it.nats(), it.nats(), it.nats(), 1))
        .toList();
  }

  /** Those of the lower orders, and the best one of all. */
  private List<Chart.Level> levels() {
    double best =
        run.facts().baseline().stream().mapToDouble(row -> row.loss().nats()).min().orElse(0);
    return run.facts().baseline().stream()
        .filter(row -> row.order() <= LOWER_ORDERS || row.loss().nats() == best)
        .map(row -> new Chart.Level(row.name(), row.loss().nats()))
        .toList();
  }

  /** The learning rate, the gradients and the speed, as far as there is something to show. */
  List<Chart> others() {
    RunHistory history = run.history();
    List<Chart> charts = new ArrayList<>();
    if (!history.learningRate().isEmpty()) {
      charts.add(
          small(
              "rate",
              "Learning rate",
              "per step",
              history.learningRate(),
              false,
              false,
              List.of(),
              RunCharts::significant));
    }
    if (!history.gradientNorm().isEmpty()) {
      OptionalDouble clip = run.config().optimizer().clipNorm();
      charts.add(
          small(
              "gradient",
              "Norm of the gradients",
              "before clipping, logarithmic",
              history.gradientNorm(),
              true,
              true,
              clip.isPresent()
                  ? List.of(new Chart.Level("clipped to", clip.getAsDouble()))
                  : List.of(),
              RunCharts::significant));
    }
    if (!history.speed().isEmpty()) {
      charts.add(
          small(
              "speed",
              "Speed",
              "characters per second",
              history.speed(),
              false,
              true,
              List.of(),
              value -> Html.count(Math.round(value))));
    }
    return charts;
  }

  private Chart small(
      String id,
      String title,
      String unit,
      Series series,
      boolean logarithmic,
      boolean smoothed,
      List<Chart.Level> levels,
      DoubleFunction<String> text) {
    List<Series.Point> line = smoothed ? smooth(series) : series.points();
    double least = line.stream().mapToDouble(Series.Point::mean).min().orElse(0);
    double greatest = line.stream().mapToDouble(Series.Point::mean).max().orElse(1);
    for (Chart.Level level : levels) {
      least = Math.min(least, level.value());
      greatest = Math.max(greatest, level.value());
    }
    boolean log = logarithmic && least > 0;
    return new Chart(
        id,
        title,
        log || !logarithmic ? unit : "before clipping",
        steps(),
        log ? Scale.logarithmic(least, greatest) : Scale.linear(Math.min(0, least), greatest),
        text,
        List.of(
            new Chart.Curve("", "other", Chart.Look.BAND, smoothed ? series.points() : List.of()),
            new Chart.Curve(title.toLowerCase(Locale.ROOT), "other", Chart.Look.LINE, line)),
        levels,
        List.of());
  }

  /** As many digits as tell numbers of any size apart. */
  private static String significant(double value) {
    if (value == 0) {
      return "0";
    }
    return Math.abs(value) >= 0.0001 && Math.abs(value) < 10_000
        ? new BigDecimal(value).round(new MathContext(3)).stripTrailingZeros().toPlainString()
        : String.format(Locale.ROOT, "%.1e", value);
  }

  private Scale steps() {
    return new Scale(0, Math.max(1, run.history().lastStep()), false);
  }

  private static List<Series.Point> smooth(Series series) {
    return series.smoothed(neighbours(series));
  }

  private static int neighbours(Series series) {
    return series.points().size() / 100;
  }
}
