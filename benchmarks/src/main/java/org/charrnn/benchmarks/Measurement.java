package org.charrnn.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The result of a measurement.
 *
 * @param rates characters per second of each repetition, in ascending order
 * @param firstLoss the loss of the first step
 * @param lastLoss the loss of the last step
 */
record Measurement(List<Double> rates, double firstLoss, double lastLoss) {

  private static final int REPETITIONS = 5;

  /** The measurement starts after this many warm-up rounds even if the rate still rises. */
  private static final int MAX_ROUNDS = 30;

  /** A round counts as faster only if it exceeds the best previous rate by this factor. */
  private static final double STEADY = 1.05;

  private static final int STEADY_ROUNDS = 3;

  /** Warms up until the rate is steady, then measures five times for the given duration. */
  static Measurement of(Workload workload, double seconds) {
    workload.run();
    double first = workload.loss();
    double best = 0;
    int notFaster = 0;
    for (int round = 0; round < MAX_ROUNDS && notFaster < STEADY_ROUNDS; round++) {
      double now = rate(workload, seconds);
      notFaster = now < best * STEADY ? notFaster + 1 : 0;
      best = Math.max(best, now);
    }
    List<Double> rates = new ArrayList<>();
    for (int i = 0; i < REPETITIONS; i++) {
      rates.add(rate(workload, seconds));
    }
    return new Measurement(rates.stream().sorted().toList(), first, workload.loss());
  }

  private static double rate(Workload workload, double seconds) {
    long start = System.nanoTime();
    long characters = 0;
    double elapsed;
    do {
      characters += workload.run();
      elapsed = (System.nanoTime() - start) / 1e9;
    } while (elapsed < seconds);
    return characters / elapsed;
  }

  /** The median of the rates. */
  double median() {
    return rates.get(rates.size() / 2);
  }

  /** One line of JSON. */
  String json(String config, int threads, String accelerator) {
    return String.format(
        Locale.ROOT,
        "{\"config\": \"%s\", \"threads\": %d, \"accelerator\": \"%s\", \"chars_per_s_median\": %.1f,"
            + " \"chars_per_s_min\": %.1f, \"chars_per_s_max\": %.1f, \"peak_rss_mb\": %.1f,"
            + " \"first_loss\": %s, \"last_loss\": %s}",
        config,
        threads,
        accelerator,
        median(),
        rates.getFirst(),
        rates.getLast(),
        peakMegabytes(),
        number(firstLoss),
        number(lastLoss));
  }

  private static String number(double loss) {
    return Double.isFinite(loss) ? String.format(Locale.ROOT, "%.4f", loss) : "null";
  }

  /** The peak resident memory of this process on Linux; 0 on other systems. */
  private static double peakMegabytes() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D+", "")) / 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }
}
