package org.charrnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.charrnn.cli.options.ComputeOptions;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.config.SampleConfig;
import org.charrnn.text.generate.GenerationRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lets a model write. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    customSynopsis = "charrnn generate MODEL [OPTION...]%n",
    sortOptions = false,
    description = "Let a model write: the text it is to begin with, and what follows, as it comes.")
final class GenerateCommand implements Callable<Integer> {

  private static final int SEEDS = 1_000_000; // short enough to be typed again

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = "A checkpoint that 'charrnn train' wrote.")
  private @Nullable Path model;

  @Option(
      names = "--begin",
      paramLabel = "TEXT",
      description = "What to begin with. Default: what samples began with in training.")
  private @Nullable String begin;

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Characters to write after it. Default: ${DEFAULT-VALUE}.",
      defaultValue = "100")
  private int length;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description =
          "How daring: 0 always takes the most probable character, 1 what the model says. Default: as samples in"
              + " training.")
  private @Nullable Double temperature;

  @Option(names = "--seed", paramLabel = "N", description = "The same number gives the same text. Default: by chance.")
  private @Nullable Long seed;

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    PrintWriter out = Typed.required(spec).commandLine().getOut();
    try (LanguageModel loaded = compute.charRnn().load(Typed.required(model))) {
      GenerationRequest request = request(loaded.config().sample());
      Writing writing = new Writing(out, request.begin());
      loaded.generate(request, writing::add);
      writing.end();
    }
    return ExitCode.OK;
  }

  private GenerationRequest request(SampleConfig training) {
    SampleConfig sample =
        new SampleConfig(
            Optional.ofNullable(begin).or(training::begin),
            length,
            temperature == null ? training.temperature() : temperature);
    return GenerationRequest.sampled(
        sample.begin().orElseThrow(), length, sample.temperature(), seed(sample.temperature()));
  }

  private long seed(double chance) {
    if (seed != null) {
      return seed;
    }
    long drawn = ThreadLocalRandom.current().nextInt(SEEDS);
    if (chance > 0) {
      Typed.required(spec).commandLine().getErr().println("charrnn: --seed " + drawn + " repeats this text");
    }
    return drawn;
  }

  /** Prints the beginning when the first symbol arrives: until then, it may turn out that there is none. */
  private static final class Writing {

    private final PrintWriter out;
    private final String begin;
    private boolean begun;

    Writing(PrintWriter out, String begin) {
      this.out = out;
      this.begin = begin;
    }

    void add(String symbol) {
      begin();
      out.print(symbol);
      if (out.checkError()) { // which flushes
        throw StandardOutput.failure(); // nobody reads it any more: do not go on writing for nobody
      }
    }

    void end() {
      begin();
      out.println();
    }

    private void begin() {
      if (!begun) {
        begun = true;
        out.print(begin);
      }
    }
  }
}
