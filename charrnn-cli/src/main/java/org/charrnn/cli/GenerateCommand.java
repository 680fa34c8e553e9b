package org.charrnn.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.charrnn.cli.options.DecodingOptions;
import org.charrnn.cli.options.ModelArgument;
import org.charrnn.cli.options.Required;
import org.charrnn.cli.spi.ComputeOptions;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.ReadingDirection;
import org.charrnn.text.generation.Decoding;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Prompt;
import org.charrnn.text.generation.Sampler;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Generates text with a model. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    customSynopsis = "charrnn generate MODEL [OPTION...]%n",
    sortOptions = false,
    description =
        "Generate text with a model. Prints the prompt and each character as it is generated.",
    footer = {
      "",
      "Options apply in this order: --repetition-penalty, --no-repeat-ngram, --temperature, --top-k, --top-p.",
      "",
      "Examples:",
      "  charrnn generate essays.ckpt --length 500 --seed 7",
      "  charrnn generate essays.ckpt --prompt 选择 --temperature 0.7 --top-k 40 --samples 5",
      "  charrnn generate essays.ckpt --prompt 选择 --beam 8 --no-repeat-ngram 4 --stop 。"
    })
final class GenerateCommand implements Callable<Integer> {

  private static final int SEEDS = 1_000_000; // short enough to type again

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ModelArgument model = new ModelArgument();

  @Option(
      names = {"--prompt", "--begin"},
      paramLabel = "TEXT",
      description =
          "Text to continue, of any length. Default: the prompt of the samples in training.")
  private @Nullable String begin;

  @Option(
      names = "--unknown",
      paramLabel = "METHOD",
      description =
          "How to handle prompt characters that are not in the vocabulary: error reports them, skip removes them, similar"
              + " replaces them with another width, case or compatibility form. Default: ${DEFAULT-VALUE}.",
      defaultValue = "error")
  private String unknown = "error";

  @Option(
      names = "--length",
      paramLabel = "N",
      description = "Maximum number of characters to generate. Default: ${DEFAULT-VALUE}.",
      defaultValue = "100")
  private int length;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description =
          "Generate N texts, each under a heading '--- 1 of N ---'. Default: ${DEFAULT-VALUE}.",
      defaultValue = "1")
  private int samples;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Random seed; the same seed produces the same text. Default: a random one.")
  private @Nullable Long seed;

  @Mixin private final DecodingOptions decodingOptions = new DecodingOptions();

  @Option(
      names = "--log-probs",
      description =
          "Instead of the text, print a line for each generated character: its log-probability under the model in nats,"
              + " unaffected by the other options; a tab; and the character, with control characters escaped such as \\n.")
  private boolean logProbabilities;

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    Decoding decoding = decodingOptions.decoding(); // report invalid options before reading files
    if (begin != null && begin.isEmpty()) {
      throw new InvalidOptionException("prompt", "''", "at least one symbol");
    }
    Prompt.UnknownSymbols policy = Prompt.UnknownSymbols.named(unknown);
    root().preloading().await();
    try (LanguageModel loaded = compute.charRnn().load(model.file())) {
      write(loaded, request(loaded, decoding, policy));
    }
    return ExitCode.OK;
  }

  private CharRnnCommand root() {
    return (CharRnnCommand) Required.required(spec).root().userObject();
  }

  private GenerationRequest request(
      LanguageModel loaded, Decoding decoding, Prompt.UnknownSymbols policy) {
    String typed = begin == null ? loaded.config().sample().prompt().orElseThrow() : begin;
    Prompt.Encoded prompt = loaded.encode(new Prompt.Typed(typed, policy));
    if (!prompt.replaced().isEmpty()) {
      err()
          .println(
              String.format(
                  Locale.ROOT,
                  "charrnn: --unknown %s: the prompt is '%s'",
                  policy.label(),
                  prompt.text()));
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
      err().println("charrnn: use --seed " + drawn + " to generate this text again");
    }
    return drawn;
  }

  private void write(LanguageModel loaded, GenerationRequest request) {
    GeneratedOutput output =
        new GeneratedOutput(Required.required(spec).commandLine().getOut(), logProbabilities);
    if (samples == 1 && loaded.config().model().direction() == ReadingDirection.BACKWARD) {
      output.whole(loaded.generate(request, _ -> {})); // its beginning is generated last
    } else if (samples == 1) {
      output.prompt(request.prompt().text());
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
