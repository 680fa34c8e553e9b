package org.charrnn.cli.record;

import java.util.ArrayList;
import java.util.List;

/**
 * A curve of any length in bounded memory: when there are too many points, each pair of neighbors
 * is merged into one.
 *
 * <p><b>Thread safety.</b> None.
 */
public final class Series {

  /** More would not be seen on a screen. */
  private static final int MOST = 1200;

  /**
   * Merged neighbors.
   *
   * @param x the mean of their positions
   * @param mean the mean of their values
   * @param minimum the minimum
   * @param maximum the maximum
   * @param count the number of merged points
   */
  public record Point(double x, double mean, double minimum, double maximum, long count) {

    private Point with(Point other) {
      long both = count + other.count;
      return new Point(
          (x * count + other.x * other.count) / both,
          (mean * count + other.mean * other.count) / both,
          Math.min(minimum, other.minimum),
          Math.max(maximum, other.maximum),
          both);
    }
  }

  private final List<Point> points = new ArrayList<>();
  private long width = 1;

  /** Adds a point to the right of all others. A value that is not finite is ignored. */
  public void add(double x, double y) {
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

  /** The number of points merged into one, except in the last. */
  public long width() {
    return width;
  }

  public boolean isEmpty() {
    return points.isEmpty();
  }

  /** The merged points, from left to right. */
  public List<Point> points() {
    return List.copyOf(points);
  }

  /** Moving means over this many neighbors on either side. */
  public List<Point> smoothed(int neighbors) {
    List<Point> smooth = new ArrayList<>();
    double sum = 0;
    int from = 0;
    int to = 0;
    for (int i = 0; i < points.size(); i++) {
      int reach = Math.min(neighbors, Math.min(i, points.size() - 1 - i)); // symmetric
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
