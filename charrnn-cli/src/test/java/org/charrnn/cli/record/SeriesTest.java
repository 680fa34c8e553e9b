package org.charrnn.cli.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.charrnn.cli.record.Series.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeriesTest {

  @Test
  void fewPoints_areKept() {
    Series series = new Series();
    series.add(1, 5);
    series.add(2, Double.NaN);
    series.add(3, 7);
    assertEquals(List.of(new Point(1, 5, 5, 5, 1), new Point(3, 7, 7, 7, 1)), series.points());
    assertEquals(1, series.width());
  }

  @ParameterizedTest
  @ValueSource(ints = {1200, 1201, 2400, 2401, 100_003})
  void manyPoints_areMerged(int count) {
    Series series = new Series();
    double sum = 0;
    for (int i = 1; i <= count; i++) {
      double value = (i * 7919L) % 1009;
      sum += value;
      series.add(i, value);
    }
    List<Point> points = series.points();
    assertTrue(
        points.size() <= 1200 && points.size() > Math.min(count, 1200) / 2, "" + points.size());
    assertEquals(count, points.stream().mapToLong(Point::count).sum());
    assertEquals(
        sum, points.stream().mapToDouble(point -> point.mean() * point.count()).sum(), 1e-6 * sum);
    long from = 1;
    for (Point point : points) {
      long to = from + point.count() - 1;
      assertEquals((from + to) / 2.0, point.x(), 1e-6);
      double least = Double.MAX_VALUE;
      double greatest = -1;
      for (long i = from; i <= to; i++) {
        least = Math.min(least, (i * 7919L) % 1009);
        greatest = Math.max(greatest, (i * 7919L) % 1009);
      }
      assertEquals(least, point.minimum());
      assertEquals(greatest, point.maximum());
      from = to + 1;
    }
    for (Point point : points.subList(0, points.size() - 1)) {
      assertEquals(series.width(), point.count());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 50})
  void smoothed_isASymmetricMean(int neighbors) {
    Series series = new Series();
    double[] values = {4, 8, 15, 16, 23, 42, 3, 1, 4, 1, 5};
    for (int i = 0; i < values.length; i++) {
      series.add(i, values[i]);
    }
    List<Point> smooth = series.smoothed(neighbors);
    for (int i = 0; i < values.length; i++) {
      int reach = Math.min(neighbors, Math.min(i, values.length - 1 - i));
      double sum = 0;
      for (int j = i - reach; j <= i + reach; j++) {
        sum += values[j];
      }
      assertEquals(sum / (2 * reach + 1), smooth.get(i).mean(), 1e-12);
      assertEquals(i, smooth.get(i).x());
    }
  }
}
