package org.charrnn.cli.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Maps numbers to positions on an axis, as fractions of its length.
 *
 * @param from the number at its start
 * @param to the number at its end, greater than {@code from}
 * @param logarithmic whether the axis is logarithmic; both ends are then greater than 0
 */
record Scale(double from, double to, boolean logarithmic) {

  private static final int DECADES_TO_THIN = 6;

  /** A linear axis for numbers in this range. */
  static Scale linear(double minimum, double maximum) {
    double spare = maximum > minimum ? 0.04 * (maximum - minimum) : 0.5 * Math.abs(minimum) + 1e-9;
    return new Scale(minimum - spare, maximum + spare, false);
  }

  /** A logarithmic axis for numbers in this range, all greater than 0. */
  static Scale logarithmic(double minimum, double maximum) {
    return new Scale(minimum / 1.25, maximum * 1.25, true);
  }

  /** The position of a number: 0 at the start, 1 at the end. */
  double at(double value) {
    return logarithmic
        ? (Math.log(Math.max(value, 1e-300)) - Math.log(from)) / (Math.log(to) - Math.log(from))
        : (value - from) / (to - from);
  }

  /** About this many round numbers on the axis. */
  List<Double> ticks(int wanted) {
    return logarithmic && to / from > 20 ? powersOfTen() : roundNumbers(wanted);
  }

  /** Powers of ten, thinned out if there are many, with 2 and 5 between them if there are few. */
  private List<Double> powersOfTen() {
    int first = (int) Math.floor(Math.log10(from));
    int last = (int) Math.floor(Math.log10(to));
    int step = Math.max(1, Math.ceilDiv(last - first, DECADES_TO_THIN));
    int[] digits = last - first < DECADES_TO_THIN / 2 ? new int[] {1, 2, 5} : new int[] {1};
    List<Double> ticks = new ArrayList<>();
    for (int power = first; power <= last; power += step) {
      for (int digit : digits) {
        double tick = digit * Math.pow(10, power);
        if (tick >= from && tick <= to) {
          ticks.add(tick);
        }
      }
    }
    return ticks;
  }

  private List<Double> roundNumbers(int wanted) {
    double step = roundUp((to - from) / wanted);
    List<Double> ticks = new ArrayList<>();
    for (long i = (long) Math.ceil(from / step); i * step <= to; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** The next larger number of 1, 2, 5, 10, ... */
  private static double roundUp(double size) {
    double power = Math.pow(10, Math.floor(Math.log10(size)));
    double digits = size / power;
    return power * (digits <= 1 ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10);
  }
}
