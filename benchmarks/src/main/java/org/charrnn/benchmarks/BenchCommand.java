package org.charrnn.benchmarks;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.discovery.Accelerators;
import org.charrnn.cli.spi.CommandProvider;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the speed of training or generation and prints one line of JSON per run. */
@Command(
    name = "bench",
    description = "Measure characters per second in training or generation; prints lines of JSON.",
    mixinStandardHelpOptions = true)
public final class BenchCommand implements Callable<Integer> {

  /** Adds the command to the command line. */
  public static final class Provider implements CommandProvider {
    /** For ServiceLoader. */
    public Provider() {}

    @Override
    public Object command() {
      return new BenchCommand();
    }
  }

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "S|M|L|custom",
      description =
          "S: hidden 100, batch 1; M: 512, batch 32; L: 2 layers of 1024, batch 64. Default: S.")
  private String config = "S";

  @Option(names = "--cell", paramLabel = "NAME", description = "For config custom. Default: gru.")
  private String cell = "gru";

  @Option(names = "--hidden-size", paramLabel = "N", description = "For config custom.")
  private int hidden = 128;

  @Option(names = "--layers", paramLabel = "N", description = "For config custom.")
  private int layers = 1;

  @Option(names = "--vocabulary", paramLabel = "N", description = "For config custom.")
  private int vocabulary = 100;

  @Option(names = "--seq-length", paramLabel = "N", description = "For config custom.")
  private int steps = 50;

  @Option(names = "--batch-size", paramLabel = "N", description = "For config custom.")
  private int batch = 50;

  @Option(names = "--threads", paramLabel = "N", description = "Default: one per processor.")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--accelerator",
      paramLabel = "NAME",
      description = "Default: the best available.")
  private @Nullable String accelerator;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "The device of the accelerator. Default: its best.")
  private @Nullable String device;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description =
          "Duration of each of five repetitions, after a warm-up until the rate is steady. Default:"
              + " 2.")
  private double seconds = 2;

  @Option(
      names = "--generate",
      description = "Measure generation with batch 1 and then 64, instead of training.")
  private boolean generate;

  @Option(
      names = "--requests",
      arity = "0..1",
      paramLabel = "N",
      fallbackValue = "1000",
      description =
          "Measure a model as a service uses it: one request, N of 64 threads, scores of a text of"
              + " 100 N characters and of 10 N lines, and the ratios to generation with batch 64"
              + " and to evaluation. Without N: 1000.")
  private @Nullable Integer requests;

  /** Options have their defaults until picocli sets them. */
  public BenchCommand() {}

  /** Runs the command as a program. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new BenchCommand()).execute(arguments));
  }

  @Override
  public Integer call() {
    if (!(seconds > 0) || threads < 1) {
      throw new ParameterException(
          commandLine(),
          "--seconds must be above 0 and --threads at least 1: " + seconds + ", " + threads);
    }
    if (requests != null && (requests < 1 || requests > Requests.MOST)) {
      throw new ParameterException(
          commandLine(), "--requests must be from 1 to " + Requests.MOST + ": " + requests);
    }
    Config measured = config();
    Accelerator chosen = Accelerators.choose(Optional.ofNullable(accelerator));
    AcceleratorOptions options = new AcceleratorOptions(threads, Optional.ofNullable(device));
    if (requests != null) {
      measureRequests(measured, requests, chosen, options);
    } else if (generate) {
      for (int texts : new int[] {1, 64}) {
        print(
            Training.ofGeneration(measured, texts, chosen, options),
            measured.name() + "-generate-" + texts,
            chosen.name());
      }
    } else {
      print(Training.of(measured, chosen, options), measured.name(), chosen.name());
    }
    return 0;
  }

  private void measureRequests(
      Config measured, int count, Accelerator chosen, AcceleratorOptions options) {
    try (Requests served = new Requests(measured, count, chosen, options);
        Workload steps = Training.ofGeneration(measured, Requests.CLIENTS, chosen, options);
        Workload evaluation = served.evaluation()) {
      String clients = Integer.toString(Requests.CLIENTS);
      print(served.one(), measured.name() + "-request-1", chosen.name());
      compare(served.many(), "requests-" + clients, steps, "generate-" + clients, chosen.name());
      compare(served.longText(), "score-text", evaluation, "evaluate", chosen.name());
      compare(served.lines(), "score-lines", evaluation, "evaluate", chosen.name());
    }
  }

  private void compare(Workload first, String of, Workload second, String to, String accelerator) {
    Comparison comparison = Comparison.of(first, second, seconds);
    String name = config().name();
    print(comparison.first().json(name + "-" + of, threads, accelerator));
    print(comparison.second().json(name + "-" + to, threads, accelerator));
    print(comparison.json(name, of, to));
  }

  private void print(Workload workload, String name, String accelerator) {
    try (workload) {
      print(Measurement.of(workload, seconds).json(name, threads, accelerator));
    }
  }

  private void print(String line) {
    commandLine().getOut().println(line);
    commandLine().getOut().flush();
  }

  private CommandLine commandLine() {
    return java.util.Objects.requireNonNull(spec).commandLine();
  }

  private Config config() {
    return switch (config.toUpperCase(Locale.ROOT)) {
      case "S" -> Config.S;
      case "M" -> Config.M;
      case "L" -> Config.L;
      case "CUSTOM" -> new Config("custom", cell, hidden, layers, vocabulary, steps, batch, true);
      default ->
          throw new ParameterException(
              commandLine(), "--config must be S, M, L or custom: " + config);
    };
  }
}
