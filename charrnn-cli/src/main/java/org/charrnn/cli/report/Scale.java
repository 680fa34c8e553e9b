package org.charrnn.cli.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Where numbers stand on an axis, in parts of its length.
 *
 * @param from the number at its beginning
 * @param to the number at its end, greater
 * @param logarithmic whether equal ratios are equally long; both ends are greater than 0 then
 */
record Scale(double from, double to, boolean logarithmic) {

  private static final int DECADES_TO_THIN = 6;

  /** A linear axis that has room for these numbers. */
  static Scale linear(double least, double greatest) {
    double spare = greatest > least ? 0.04 * (greatest - least) : 0.5 * Math.abs(least) + 1e-9;
    return new Scale(least - spare, greatest + spare, false);
  }

  /** A logarithmic axis that has room for these numbers, all greater than 0. */
  static Scale logarithmic(double least, double greatest) {
    return new Scale(least / 1.25, greatest * 1.25, true);
  }

  /** The place of a number: 0 at the beginning, 1 at the end. */
  double at(double value) {
    return logarithmic
        ? (Math.log(Math.max(value, 1e-300)) - Math.log(from)) / (Math.log(to) - Math.log(from))
        : (value - from) / (to - from);
  }

  /** Round numbers on the axis, about as many as wanted. */
  List<Double> ticks(int wanted) {
    return logarithmic && to / from > 20 ? powersOfTen() : roundNumbers(wanted);
  }

  /** Powers of ten, not all of many; with 2 and 5 between them where they are few. */
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

  /** The next of 1, 2, 5, 10, ... */
  private static double roundUp(double size) {
    double power = Math.pow(10, Math.floor(Math.log10(size)));
    double digits = size / power;
    return power * (digits <= 1 ? 1 : digits <= 2 ? 2 : digits <= 5 ? 5 : 10);
  }
}
