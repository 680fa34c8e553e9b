package org.charrnn.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The result of a measurement.
 *
 * @param samples what was measured, in order
 * @param firstLoss the loss of the first step
 * @param lastLoss the loss of the last step
 */
record Measurement(List<Sample> samples, double firstLoss, double lastLoss) {

  static final int REPETITIONS = 5;

  /** The measurement starts after this many warm-up rounds even if the rate still rises. */
  private static final int MAX_ROUNDS = 30;

  /** A round counts as faster only if it exceeds the best previous rate by this factor. */
  private static final double STEADY = 1.05;

  private static final int STEADY_ROUNDS = 3;

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /**
   * A workload that was repeated for a while.
   *
   * @param characters how many it has processed
   * @param nanos the time
   * @param cpuNanos the processor time of this process, in steps of about 10 milliseconds
   */
  record Sample(long characters, long nanos, long cpuNanos) {

    static Sample of(Workload workload, double seconds) {
      long start = System.nanoTime();
      long cpu = SYSTEM.getProcessCpuTime();
      long characters = 0;
      long elapsed;
      do {
        characters += workload.run();
        elapsed = System.nanoTime() - start;
      } while (elapsed < seconds * 1e9);
      return new Sample(characters, elapsed, SYSTEM.getProcessCpuTime() - cpu);
    }

    double seconds() {
      return nanos / 1e9;
    }

    /** Characters per second. */
    double rate() {
      return characters * 1e9 / nanos;
    }
  }

  /** Runs a workload until its rate is steady. */
  static final class Warmup {
    private final Workload workload;
    private final double firstLoss;
    private double best;
    private int rounds;
    private int notFaster;

    Warmup(Workload workload) {
      this.workload = workload;
      workload.run();
      this.firstLoss = workload.loss();
    }

    boolean isSteady() {
      return rounds >= MAX_ROUNDS || notFaster >= STEADY_ROUNDS;
    }

    void round(double seconds) {
      double now = Sample.of(workload, seconds).rate();
      notFaster = now < best * STEADY ? notFaster + 1 : 0;
      best = Math.max(best, now);
      rounds++;
    }

    Measurement measured(List<Sample> samples) {
      return new Measurement(List.copyOf(samples), firstLoss, workload.loss());
    }
  }

  /** Warms up until the rate is steady, then measures five times for the given duration. */
  static Measurement of(Workload workload, double seconds) {
    Warmup warmup = new Warmup(workload);
    while (!warmup.isSteady()) {
      warmup.round(seconds);
    }
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < REPETITIONS; i++) {
      samples.add(Sample.of(workload, seconds));
    }
    return warmup.measured(samples);
  }

  /** The processor time of a character, in microseconds. */
  double cpuMicros() {
    double nanos = samples.stream().mapToLong(Sample::cpuNanos).sum();
    return nanos / 1e3 / samples.stream().mapToLong(Sample::characters).sum();
  }

  /** One line of JSON. */
  String json(String config, int threads, String accelerator) {
    List<Double> rates = samples.stream().map(Sample::rate).sorted().toList();
    return String.format(
        Locale.ROOT,
        "{\"config\": \"%s\", \"threads\": %d, \"accelerator\": \"%s\", \"chars_per_s_median\":"
            + " %.1f, \"chars_per_s_min\": %.1f, \"chars_per_s_max\": %.1f, \"cpu_us_per_char\":"
            + " %.2f, \"peak_rss_mb\": %.1f, \"first_loss\": %s, \"last_loss\": %s}",
        config,
        threads,
        accelerator,
        rates.get(rates.size() / 2),
        rates.getFirst(),
        rates.getLast(),
        cpuMicros(),
        peakMegabytes(),
        number(firstLoss),
        number(lastLoss));
  }

  static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.4f", value) : "null";
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
