package org.charrnn.benchmarks.kernels;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs all kernel benchmarks and prints tables with shares of the measured peak. */
public final class Kernels {

  private static final int WARM_UPS = 6;
  private static final int REPETITIONS = 5;
  private static final TimeValue HALF_A_SECOND = TimeValue.milliseconds(500);

  private Kernels() {}

  /**
   * Runs the benchmarks.
   *
   * @param arguments not used
   */
  public static void main(String[] arguments) throws RunnerException {
    double one = PeakBenchmark.operations() / nanos(run("PeakBenchmark", 1));
    double two = 2 * PeakBenchmark.operations() / nanos(run("PeakBenchmark", 2));
    System.out.printf(Locale.ROOT, "peak: %.0f GFLOP/s on one thread, %.0f on two%n%n", one, two);
    System.out.println(
        "| product (m n k; capital: stored transposed) | accelerator | threads |"
            + " GFLOP/s | share of peak |");
    System.out.println("|---|---|---|---|---|");
    for (RunResult result : run("ProductBenchmark", 1)) {
      BenchmarkParams params = result.getParams();
      double rate = ProductBenchmark.operations(params.getParam("product")) / nanos(result);
      boolean single = params.getParam("threads").equals("1");
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %s | %.0f | %.0f %% |%n",
          params.getParam("product"),
          params.getParam("accelerator"),
          params.getParam("threads"),
          rate,
          100 * rate / (single ? one : two));
    }
    System.out.printf(
        Locale.ROOT, "%n| function | accelerator | elements per nanosecond |%n|---|---|---|%n");
    for (RunResult result : run("ElementwiseBenchmark", 1)) {
      BenchmarkParams params = result.getParams();
      System.out.printf(
          Locale.ROOT,
          "| %s | %s | %.2f |%n",
          params.getParam("function"),
          params.getParam("accelerator"),
          ElementwiseBenchmark.COUNT / nanos(result));
    }
  }

  private static Collection<RunResult> run(String benchmark, int threads) throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include("\\." + benchmark + "\\.")
                .threads(threads)
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(HALF_A_SECOND)
                .measurementIterations(REPETITIONS)
                .measurementTime(HALF_A_SECOND)
                .verbosity(VerboseMode.SILENT)
                .build())
        .run();
  }

  private static double nanos(Collection<RunResult> results) {
    return nanos(results.iterator().next());
  }

  private static double nanos(RunResult result) {
    return result.getPrimaryResult().getScore();
  }
}
