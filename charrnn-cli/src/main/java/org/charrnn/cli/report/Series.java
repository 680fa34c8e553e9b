package org.charrnn.cli.report;

import java.util.ArrayList;
import java.util.List;

/**
 * A curve of any length in bounded memory: neighbouring points are put together as soon as there
 * are too many, always the same number of them.
 *
 * <p><b>Thread safety.</b> None.
 */
final class Series {

  /** More would not be seen on a screen. */
  private static final int MOST = 1200;

  /**
   * Neighbouring points put together.
   *
   * @param x the mean of where they are
   * @param mean the mean of their values
   * @param least the least of them
   * @param greatest the greatest of them
   * @param count how many they are
   */
  record Point(double x, double mean, double least, double greatest, long count) {

    private Point with(Point other) {
      long both = count + other.count;
      return new Point(
          (x * count + other.x * other.count) / both,
          (mean * count + other.mean * other.count) / both,
          Math.min(least, other.least),
          Math.max(greatest, other.greatest),
          both);
    }
  }

  private final List<Point> points = new ArrayList<>();
  private long width = 1;

  /** Adds a point to the right of all others. What is no number is left out. */
  void add(double x, double y) {
    if (!Double.isFinite(y)) {
      return;
    }
    Point point = new Point(x, y, y, y, 1);
    if (!points.isEmpty() && points.getLast().count() < width) {
      points.set(points.size() - 1, points.getLast().with(point));
    } else {
      if (points.size() == MOST) {
        halve();
      }
      points.add(point);
    }
  }

  private void halve() {
    for (int i = 0; i < MOST / 2; i++) {
      points.set(i, points.get(2 * i).with(points.get(2 * i + 1)));
    }
    points.subList(MOST / 2, MOST).clear();
    width *= 2;
  }

  /** How many points stand for one, but for the last. */
  long width() {
    return width;
  }

  boolean isEmpty() {
    return points.isEmpty();
  }

  /** What is left of the points, from left to right. */
  List<Point> points() {
    return List.copyOf(points);
  }

  /** The same with means over as many neighbours on either side. */
  List<Point> smoothed(int neighbours) {
    List<Point> smooth = new ArrayList<>();
    double sum = 0;
    int from = 0;
    int to = 0;
    for (int i = 0; i < points.size(); i++) {
      int reach = Math.min(neighbours, Math.min(i, points.size() - 1 - i)); // as far on both sides
      for (; to <= i + reach; to++) {
        sum += points.get(to).mean();
      }
      for (; from < i - reach; from++) {
        sum -= points.get(from).mean();
      }
      Point at = points.get(i);
      double mean = sum / (2 * reach + 1);
      smooth.add(new Point(at.x(), mean, mean, mean, at.count()));
    }
    return smooth;
  }
}
