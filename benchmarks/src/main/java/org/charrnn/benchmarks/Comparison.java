package org.charrnn.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Two workloads that were measured in short slices, in turn, so that a change of the machine's
 * speed affects both.
 *
 * @param first the measurement of the first workload
 * @param second the measurement of the second workload
 * @param ratios the speed of the first relative to the second in each pair of slices, in ascending
 *     order
 */
record Comparison(Measurement first, Measurement second, List<Double> ratios) {

  /** The number of slices of each workload in one repetition. */
  private static final int SLICES = 2;

  /**
   * Warms up both until their rates are steady, then measures them in turn, each for as long as
   * {@link Measurement#of} does. The second workload is measured for as long as the first one was
   * the last time, since a run of that may take longer than a slice: so both see as much of the
   * changes of the machine.
   */
  static Comparison of(Workload first, Workload second, double seconds) {
    Measurement.Warmup a = new Measurement.Warmup(first);
    Measurement.Warmup b = new Measurement.Warmup(second);
    while (!(a.isSteady() && b.isSteady())) {
      a.round(seconds);
      b.round(seconds);
    }
    List<Measurement.Sample> ones = new ArrayList<>();
    List<Measurement.Sample> others = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    double slice = seconds / SLICES;
    double taken = Measurement.Sample.of(first, slice).seconds();
    for (int i = 0; i < Measurement.REPETITIONS * SLICES; i++) {
      boolean swap = i % 2 == 1; // a machine that slows down favors neither
      if (swap) {
        others.add(Measurement.Sample.of(second, taken));
      }
      ones.add(Measurement.Sample.of(first, slice));
      taken = ones.getLast().seconds();
      if (!swap) {
        others.add(Measurement.Sample.of(second, taken));
      }
      ratios.add(ones.getLast().rate() / others.getLast().rate());
    }
    return new Comparison(a.measured(ones), b.measured(others), ratios.stream().sorted().toList());
  }

  /** One line of JSON. */
  String json(String config, String of, String to) {
    return String.format(
        Locale.ROOT,
        "{\"config\": \"%s-ratio\", \"of\": \"%s\", \"to\": \"%s\", \"speed_median\": %.3f,"
            + " \"speed_quartiles\": [%.3f, %.3f], \"pairs\": %d, \"cpu_per_char\": %s}",
        config,
        of,
        to,
        quantile(2),
        quantile(1),
        quantile(3),
        ratios.size(),
        Measurement.number(first.cpuMicros() / second.cpuMicros()));
  }

  private double quantile(int quarters) {
    return ratios.get((ratios.size() - 1) * quarters / 4);
  }
}
