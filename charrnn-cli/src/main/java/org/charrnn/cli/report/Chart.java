package org.charrnn.cli.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.charrnn.cli.record.RunHistory;
import org.charrnn.cli.record.Series;

/**
 * Curves over the steps of a run. Lines are drawn in a square that is stretched to the available
 * width and height; labels and dots are separate elements, positioned in percent, and keep their
 * size and shape.
 *
 * @param id its name in the page
 * @param title its title
 * @param unit the unit of the values
 * @param x the axis of steps
 * @param y the axis of values
 * @param text formats a value
 * @param curves the curves, from back to front
 * @param levels values to compare with, drawn as horizontal lines
 * @param epochs the steps at which epochs begin
 */
record Chart(
    String id,
    String title,
    String unit,
    Scale x,
    Scale y,
    DoubleFunction<String> text,
    List<Curve> curves,
    List<Level> levels,
    List<RunHistory.EpochStart> epochs) {

  private static final double SIDE = 1000;
  private static final double LABEL_GAP = 0.055;
  private static final int MOST_EPOCHS = 12;

  /** How a curve is drawn. */
  enum Look {
    /** The area between minimum and maximum. */
    BAND,
    /** A line through the means. */
    LINE,
    /** A line and a dot at each point. */
    DOTS
  }

  /**
   * A curve.
   *
   * @param name its name in the legend; empty to omit it
   * @param style the class of its color
   */
  record Curve(String name, String style, Look look, List<Series.Point> points) {}

  /** A value to compare with. */
  record Level(String name, double value) {}

  String html() {
    return String.format(
        Locale.ROOT,
        """
        <figure class="chart %s" data-chart="%s">
        <figcaption><b>%s</b> <span class="unit">%s</span>%s</figcaption>
        <div class="plot" tabindex="0" role="img" aria-label="%s">
        <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true">%s</svg>
        %s%s%s
        <div class="cursor" hidden></div>
        </div>
        <div class="xtitle">step</div>
        </figure>
        """,
        id,
        id,
        title,
        unit,
        legend(),
        summary(),
        grid() + drawn(),
        ticks(),
        dots(),
        labels());
  }

  /** For screen readers. */
  private String summary() {
    StringBuilder summary = new StringBuilder(title + ", " + unit + ". ");
    for (Curve curve : curves) {
      if (!curve.name().isEmpty() && !curve.points().isEmpty()) {
        summary.append(
            String.format(
                Locale.ROOT,
                "%s: from %s to %s. ",
                curve.name(),
                text.apply(curve.points().getFirst().mean()),
                text.apply(curve.points().getLast().mean())));
      }
    }
    return Html.escape(summary.toString().strip());
  }

  private String legend() {
    StringBuilder legend = new StringBuilder();
    for (Curve curve : curves) {
      if (!curve.name().isEmpty() && !curve.points().isEmpty()) {
        legend.append(
            String.format(
                Locale.ROOT,
                "<span class=\"key %s %s\">%s</span>",
                curve.style(),
                curve.look().name().toLowerCase(Locale.ROOT),
                Html.escape(curve.name())));
      }
    }
    return legend.isEmpty() ? "" : "<span class=\"keys\">" + legend + "</span>";
  }

  // ---- lines

  private String grid() {
    StringBuilder grid = new StringBuilder();
    for (double tick : y.ticks(5)) {
      grid.append(
          String.format(Locale.ROOT, "<path class=\"grid\" d=\"M0 %s H1000\"/>", down(tick)));
    }
    for (RunHistory.EpochStart start : epochsShown()) {
      grid.append(
          String.format(
              Locale.ROOT,
              "<path class=\"grid epoch\" d=\"M%s 0 V1000\"/>",
              right((double) start.step())));
    }
    for (Level level : levels) {
      grid.append(
          String.format(
              Locale.ROOT, "<path class=\"level\" d=\"M0 %s H1000\"/>", down(level.value())));
    }
    return grid.toString();
  }

  private String drawn() {
    StringBuilder drawn = new StringBuilder();
    for (Curve curve : curves) {
      List<Series.Point> points = curve.points();
      if (points.isEmpty()) {
        continue;
      }
      StringBuilder path = new StringBuilder("M");
      if (curve.look() == Look.BAND) {
        points.forEach(point -> path.append(right(point.x()) + " " + down(point.maximum()) + " "));
        points
            .reversed()
            .forEach(point -> path.append(right(point.x()) + " " + down(point.minimum()) + " "));
        path.append("Z");
      } else {
        points.forEach(point -> path.append(right(point.x()) + " " + down(point.mean()) + " "));
      }
      drawn.append(
          String.format(
              Locale.ROOT,
              "<path class=\"%s %s\" d=\"%s\"/>",
              curve.look() == Look.BAND ? "band" : "line",
              curve.style(),
              path.toString().strip()));
    }
    return drawn.toString();
  }

  private String right(double step) {
    return String.format(Locale.ROOT, "%.1f", SIDE * x.at(step));
  }

  /** Values outside the axis are drawn just outside the picture. */
  private String down(double value) {
    return String.format(
        Locale.ROOT, "%.1f", Math.clamp(SIDE * (1 - y.at(value)), -SIDE, 2 * SIDE));
  }

  // ---- labels

  private String ticks() {
    StringBuilder ticks = new StringBuilder();
    List<Double> values = y.ticks(5);
    List<String> texts = withoutZeros(values.stream().map(text::apply).toList());
    for (int i = 0; i < texts.size(); i++) {
      ticks.append(
          String.format(
              Locale.ROOT,
              "<span class=\"ytick\" style=\"top:%s%%\">%s</span>",
              percent(1 - y.at(values.get(i))),
              texts.get(i)));
    }
    for (double tick : x.ticks(5)) {
      if (tick == Math.rint(tick)) {
        ticks.append(
            String.format(
                Locale.ROOT,
                "<span class=\"xtick\" style=\"left:%s%%\">%s</span>",
                percent(x.at(tick)),
                Html.count((long) tick)));
      }
    }
    for (RunHistory.EpochStart start : epochsShown()) {
      ticks.append(
          String.format(
              Locale.ROOT,
              "<span class=\"etick\" style=\"left:%s%%\">%s%d</span>",
              percent(x.at((double) start.step())),
              start.epoch() == epochsShown().getFirst().epoch() ? "epoch " : "",
              start.epoch()));
    }
    return ticks.toString();
  }

  /** Removes trailing decimals that are zero in all of them. */
  private static List<String> withoutZeros(List<String> numbers) {
    List<String> shorter = numbers;
    while (!shorter.isEmpty()
        && shorter.stream().allMatch(number -> number.indexOf('.') > 0 && number.endsWith("0"))) {
      shorter =
          shorter.stream()
              .map(number -> number.substring(0, number.length() - 1))
              .map(number -> number.endsWith(".") ? number.replace(".", "") : number)
              .toList();
    }
    return shorter;
  }

  private List<RunHistory.EpochStart> epochsShown() {
    int every = Math.max(1, Math.ceilDiv(epochs.size(), MOST_EPOCHS));
    return epochs.stream().filter(start -> (start.epoch() - 1) % every == 0).toList();
  }

  private String dots() {
    StringBuilder dots = new StringBuilder();
    for (Curve curve : curves) {
      if (curve.look() == Look.DOTS) {
        for (Series.Point point : curve.points()) {
          double place = y.at(point.mean());
          if (place <= 1) {
            dots.append(
                String.format(
                    Locale.ROOT,
                    "<i class=\"dot %s\" style=\"left:%s%%;top:%s%%\"></i>",
                    curve.style(),
                    percent(x.at(point.x())),
                    percent(1 - place)));
          }
        }
      }
    }
    return dots.toString();
  }

  /** The names of the levels, moved apart where they would overlap. */
  private String labels() {
    List<Level> sorted =
        levels.stream().sorted(Comparator.comparingDouble(Level::value).reversed()).toList();
    double[] tops = new double[sorted.size()];
    for (int i = 0; i < tops.length; i++) {
      double top = 1 - y.at(sorted.get(i).value());
      tops[i] = i == 0 ? top : Math.max(top, tops[i - 1] + LABEL_GAP);
    }
    for (int i = tops.length - 1; i >= 0; i--) {
      double most = i == tops.length - 1 ? 1 : tops[i + 1] - LABEL_GAP;
      tops[i] = Math.min(tops[i], most);
    }
    StringBuilder labels = new StringBuilder();
    for (int i = 0; i < tops.length; i++) {
      labels.append(
          String.format(
              Locale.ROOT,
              "<span class=\"label\" style=\"top:%s%%\">%s <b>%s</b></span>",
              percent(tops[i]),
              Html.escape(sorted.get(i).name()),
              text.apply(sorted.get(i).value())));
    }
    return labels.toString();
  }

  private static String percent(double part) {
    return String.format(Locale.ROOT, "%.2f", 100 * part);
  }

  // ---- for the cursor

  /** The values that the page shows at the pointer. */
  Map<String, Object> data() {
    List<Map<String, Object>> lines = new ArrayList<>();
    for (Curve curve : curves) {
      if (!curve.name().isEmpty() && curve.look() != Look.BAND) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("name", curve.name());
        line.put("x", curve.points().stream().map(point -> Math.round(point.x())).toList());
        line.put("y", curve.points().stream().map(point -> text.apply(point.mean())).toList());
        lines.add(line);
      }
    }
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("from", x.from());
    data.put("to", x.to());
    data.put("lines", lines);
    return data;
  }
}
