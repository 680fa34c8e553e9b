package org.charrnn.cli.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.charrnn.cli.record.Run;
import org.charrnn.cli.record.RunFolder;
import org.charrnn.cli.record.Series;
import org.charrnn.text.checkpoint.OutputException;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The charts of a run as PNG, for papers and slides. */
final class Plots {

  private static final int WIDTH = 1200;
  private static final int HEIGHT = 720;

  private Plots() {}

  /**
   * Writes the plots.
   *
   * @return the reason for a failure, for example that Java cannot draw here or that the disk is
   *     full; empty on success
   */
  static Optional<String> write(RunFolder folder, Run run) {
    System.setProperty("java.awt.headless", "true");
    try {
      Files.createDirectories(folder.plots());
      RunCharts charts = new RunCharts(run);
      write(folder, charts.loss());
      for (Chart chart : charts.others()) {
        write(folder, chart);
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(OutputException.reason(e));
    } catch (LinkageError | InternalError | RuntimeException e) { // for example a JDK without fonts
      return Optional.of(String.format(Locale.ROOT, "Java cannot draw here (%s)", e));
    }
  }

  private static void write(RunFolder folder, Chart chart) throws IOException {
    if (chart.curves().stream().anyMatch(curve -> !curve.points().isEmpty())) {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      try (ImageOutputStream out = new MemoryCacheImageOutputStream(png)) { // not on the disk
        ImageIO.write(BitmapEncoder.getBufferedImage(drawn(chart)), "png", out);
      }
      folder.replace(folder.plots().resolve(chart.id() + ".png"), png.toByteArray());
    }
  }

  private static XYChart drawn(Chart chart) {
    XYChart drawn =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(chart.title())
            .xAxisTitle("step")
            .yAxisTitle(chart.unit())
            .build();
    drawn
        .getStyler()
        .setLocale(Locale.ROOT)
        .setChartBackgroundColor(Color.WHITE)
        .setLegendPosition(Styler.LegendPosition.InsideNE);
    drawn.getStyler().setYAxisMin(chart.y().from());
    drawn.getStyler().setYAxisMax(chart.y().to());
    drawn.getStyler().setYAxisLogarithmic(chart.y().logarithmic());
    for (Chart.Curve curve : chart.curves()) {
      if (curve.look() != Chart.Look.BAND && !curve.points().isEmpty()) {
        add(drawn, curve);
      }
    }
    Set<String> levels = new HashSet<>();
    for (Chart.Level level : chart.levels()) {
      String name = level.name() + " " + chart.text().apply(level.value());
      if (levels.add(name)) { // a file may contain a baseline twice
        add(drawn, chart, name, level.value());
      }
    }
    return drawn;
  }

  private static void add(XYChart drawn, Chart.Curve curve) {
    List<Series.Point> points = curve.points();
    XYSeries series =
        drawn.addSeries(
            curve.name(),
            points.stream().mapToDouble(Series.Point::x).toArray(),
            points.stream().mapToDouble(Series.Point::mean).toArray());
    series.setLineColor(color(curve.style()));
    series.setMarkerColor(color(curve.style()));
    series.setMarker(curve.look() == Chart.Look.DOTS ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
  }

  private static void add(XYChart drawn, Chart chart, String name, double level) {
    XYSeries series =
        drawn.addSeries(
            name, new double[] {chart.x().from(), chart.x().to()}, new double[] {level, level});
    series.setLineColor(Color.GRAY);
    series.setLineStyle(
        new BasicStroke(
            1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {6, 6}, 0));
    series.setMarker(SeriesMarkers.NONE);
  }

  /** Distinguishable with color vision deficiency: Okabe, Ito, "Color Universal Design", 2008. */
  private static Color color(String style) {
    return switch (style) {
      case "training" -> new Color(0x00, 0x72, 0xB2);
      case "validation" -> new Color(0xD5, 0x5E, 0x00);
      default -> new Color(0x00, 0x7A, 0x5E);
    };
  }
}
