package org.charrnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.charrnn.cli.options.DecodingOptions;
import org.charrnn.cli.spi.ComputeOptions;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.generation.Decoding;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Prompt;
import org.charrnn.text.generation.Sampler;
import org.charrnn.text.generation.UnknownSymbols;
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
    description = "Let a model write: the text it is to begin with, and what follows, as it comes.",
    footer = {
      "",
      "What is given works in this order: --repetition-penalty, --no-repeat-ngram, --temperature, --top-k, --top-p.",
      "",
      "For example:",
      "  charrnn generate essays.ckpt --length 500 --seed 7",
      "  charrnn generate essays.ckpt --begin 选择 --temperature 0.7 --top-k 40 --samples 5",
      "  charrnn generate essays.ckpt --begin 选择 --beam 8 --no-repeat-ngram 4 --stop 。"
    })
final class GenerateCommand implements Callable<Integer> {

  private static final int SEEDS = 1_000_000; // short enough to be typed again

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A checkpoint that 'charrnn train' wrote.")
  private @Nullable Path model;

  @Option(
      names = "--begin",
      paramLabel = "TEXT",
      description =
          "What to begin with, of any length. Default: what samples began with in training.")
  private @Nullable String begin;

  @Option(
      names = "--unknown",
      paramLabel = "WAY",
      description =
          "What becomes of characters in --begin that the model does not know: error tells them, skip leaves them out,"
              + " similar takes another width, case or compatible form that it knows. Default: ${DEFAULT-VALUE}.",
      defaultValue = "error")
  private String unknown = "error";

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Characters to write after it, at most. Default: ${DEFAULT-VALUE}.",
      defaultValue = "100")
  private int length;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "Write N texts, each after a line '--- 1 of N ---'. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private int samples;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description =
          "The same number gives the same text, and the first of several. Default: by chance.")
  private @Nullable Long seed;

  @Mixin private final DecodingOptions decodingOptions = new DecodingOptions();

  @Option(
      names = "--log-probs",
      description =
          "Instead of the text write a line for each character that follows the beginning: the logarithm of the"
              + " probability that the model gave it, in nats, whatever the other options made of it; a tab; the"
              + " character, an end of line as \\n.")
  private boolean logProbabilities;

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    Decoding decoding = decodingOptions.decoding(); // impossible options are told first
    if (begin != null && begin.isEmpty()) {
      throw new InvalidOptionException("begin", "''", "at least one symbol");
    }
    UnknownSymbols policy = UnknownSymbols.named(unknown);
    try (LanguageModel loaded = compute.charRnn().load(Required.required(model))) {
      write(loaded, request(loaded, decoding, policy));
    }
    return ExitCode.OK;
  }

  private GenerationRequest request(
      LanguageModel loaded, Decoding decoding, UnknownSymbols policy) {
    String typed = begin == null ? loaded.config().sample().prompt().orElseThrow() : begin;
    Prompt.Encoded prompt = loaded.encode(new Prompt.Typed(typed, policy));
    if (!prompt.replaced().isEmpty()) {
      err()
          .println(
              "charrnn: --unknown %s: begins with '%s'".formatted(policy.label(), prompt.text()));
    }
    return new GenerationRequest(
        prompt, length, decoding, seed(decoding), decodingOptions.stop(), logProbabilities);
  }

  private long seed(Decoding decoding) {
    if (seed != null) {
      return seed;
    }
    long drawn = ThreadLocalRandom.current().nextInt(SEEDS);
    if (decoding instanceof Sampler sampler && !sampler.isGreedy()) {
      err().println("charrnn: --seed " + drawn + " repeats this text");
    }
    return drawn;
  }

  private void write(LanguageModel loaded, GenerationRequest request) {
    GeneratedOutput output =
        new GeneratedOutput(Required.required(spec).commandLine().getOut(), logProbabilities);
    if (samples == 1) {
      output.begin(request.prompt().text());
      loaded.generate(request, output::add);
      output.end();
    } else {
      AtomicInteger number = new AtomicInteger();
      loaded.generateMany(
          request, samples, text -> output.sample(number.incrementAndGet(), samples, text));
    }
  }

  private PrintWriter err() {
    return Required.required(spec).commandLine().getErr();
  }
}
