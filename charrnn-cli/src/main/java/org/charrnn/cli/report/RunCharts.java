package org.charrnn.cli.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.stream.DoubleStream;
import org.charrnn.cli.record.Run;
import org.charrnn.cli.record.RunHistory;
import org.charrnn.cli.record.Series;

/**
 * The charts of a run.
 *
 * @param run the run
 */
record RunCharts(Run run) {

  private static final int LOWER_ORDERS = 3;

  /** The losses on the training text and the held-out text, and those of n-gram models. */
  Chart loss() {
    RunHistory history = run.history();
    List<Series.Point> smooth = smooth(history.loss());
    List<Series.Point> validations = validations();
    List<Chart.Level> levels = levels();
    double minimum =
        DoubleStream.concat(
                history.loss().points().stream().mapToDouble(Series.Point::minimum),
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
        Scale.linear(minimum, top(smooth, validations, levels)),
        value -> Html.number(value, 3),
        List.of(
            new Chart.Curve("", "training", Chart.Look.BAND, history.loss().points()),
            new Chart.Curve(trainingName(), "training", Chart.Look.LINE, smooth),
            new Chart.Curve("held-out text", "validation", Chart.Look.DOTS, validations)),
        levels,
        history.epochs());
  }

  private String trainingName() {
    long steps = run.history().loss().width() * (2L * neighbors(run.history().loss()) + 1);
    return steps == 1
        ? "training, each step"
        : String.format(
            Locale.ROOT,
            "training, mean of %s steps, and the range of single steps",
            Html.count(steps));
  }

  /** Cuts off the beginning of the curve where it is far above the rest. */
  private static double top(
      List<Series.Point> training, List<Series.Point> validations, List<Chart.Level> levels) {
    double maximum = training.stream().mapToDouble(Series.Point::mean).max().orElse(1);
    double later =
        training.stream()
            .skip(training.size() / 20)
            .mapToDouble(Series.Point::mean)
            .max()
            .orElse(maximum);
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

  /** The n-gram models of low order, and the best one. */
  private List<Chart.Level> levels() {
    double best =
        run.facts().baseline().stream().mapToDouble(row -> row.loss().nats()).min().orElse(0);
    return run.facts().baseline().stream()
        .filter(row -> row.order() <= LOWER_ORDERS || row.loss().nats() == best)
        .map(row -> new Chart.Level(row.name(), row.loss().nats()))
        .toList();
  }

  /** The charts of learning rate, gradients and speed that have data. */
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
    double minimum = line.stream().mapToDouble(Series.Point::mean).min().orElse(0);
    double maximum = line.stream().mapToDouble(Series.Point::mean).max().orElse(1);
    for (Chart.Level level : levels) {
      minimum = Math.min(minimum, level.value());
      maximum = Math.max(maximum, level.value());
    }
    boolean log = logarithmic && minimum > 0;
    return new Chart(
        id,
        title,
        log || !logarithmic ? unit : "before clipping",
        steps(),
        log ? Scale.logarithmic(minimum, maximum) : Scale.linear(Math.min(0, minimum), maximum),
        text,
        List.of(
            new Chart.Curve("", "other", Chart.Look.BAND, smoothed ? series.points() : List.of()),
            new Chart.Curve(title.toLowerCase(Locale.ROOT), "other", Chart.Look.LINE, line)),
        levels,
        List.of());
  }

  /** Three significant digits. */
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
    return series.smoothed(neighbors(series));
  }

  private static int neighbors(Series series) {
    return series.points().size() / 100;
  }
}
