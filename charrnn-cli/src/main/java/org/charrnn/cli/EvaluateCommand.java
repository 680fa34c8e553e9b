package org.charrnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.charrnn.cli.options.DecodingOptions;
import org.charrnn.cli.options.ModelArgument;
import org.charrnn.cli.options.Required;
import org.charrnn.cli.options.TextOptions;
import org.charrnn.cli.output.JsonOutput;
import org.charrnn.cli.spi.ComputeOptions;
import org.charrnn.text.AdaptingScorer;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.generation.Decoding;
import org.charrnn.text.training.Loss;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures how well a model predicts a text, and the quality of the text that it generates. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    customSynopsis = {
      "charrnn evaluate MODEL TEXT [OPTION...]",
      "       charrnn evaluate MODEL --samples N [--against CORPUS] [OPTION...]%n"
    },
    sortOptions = false,
    description =
        "Measure how well a model predicts a text, or measure text that it generates, or both. Prints one name and number"
            + " per line.",
    footer = {
      "",
      "distinct_N is the number of distinct N-grams of a sample divided by its number of N-grams; repeated_4 is"
          + " 1 - distinct_4. Compare only samples of equal length. longest_copy is the length of the longest substring of a"
          + " sample that occurs in CORPUS.",
      "",
      "Examples:",
      "  charrnn evaluate essays.ckpt unseen.txt",
      "  charrnn evaluate essays.ckpt --samples 100 --length 100 --against essays.txt --seed 1"
    })
final class EvaluateCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ModelArgument model = new ModelArgument();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "TEXT",
      description = "Text file in UTF-8 to predict.")
  private @Nullable Path text;

  @Option(
      names = "--adapt",
      paramLabel = "RATE",
      description =
          "Predict TEXT with a copy of the model that learns from it as it reads, with this learning rate, for example"
              + " 0.0003 (dynamic evaluation). It reads the text in a single stream, which takes longer.")
  private @Nullable Double adapt;

  @Mixin private final EvaluatedSamples samples = new EvaluatedSamples();
  @Mixin private final DecodingOptions decoding = new DecodingOptions();
  @Mixin private final TextOptions textOptions = new TextOptions();
  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    if (text == null && !samples.isWanted()) {
      throw new ParameterException(
          commandLine(), "Nothing to measure: specify a TEXT to predict, or --samples");
    }
    if (text == null && adapt != null) {
      throw new ParameterException(
          commandLine(), "--adapt has no effect without a TEXT to predict");
    }
    if (adapt != null && !(adapt > 0 && adapt < Double.POSITIVE_INFINITY)) { // NaN fails
      throw new InvalidOptionException("adapt", adapt, "a finite number greater than 0");
    }
    Decoding how = decoding.decoding(); // report invalid options before reading files
    if (samples.isWanted()) {
      samples.check();
    } else {
      refuseWithoutSamples();
    }
    Optional<Corpus> predicted = Optional.ofNullable(text).map(textOptions::read);
    Optional<Corpus> against = samples.against().map(textOptions::read);
    Map<String, Number> figures = new LinkedHashMap<>();
    try (LanguageModel loaded = compute.charRnn().load(model.file())) {
      predicted.ifPresent(corpus -> add(loss(loaded, corpus), figures));
      if (samples.isWanted()) {
        samples.measure(loaded, how, decoding.stop(), against).forEach(figures::put);
      }
    }
    print(figures, commandLine().getOut());
    return ExitCode.OK;
  }

  /** An option that has no effect is an error. */
  private void refuseWithoutSamples() {
    Set<String> ofSamples = new HashSet<>();
    ofSamples.addAll(CommandSpec.forAnnotatedObject(samples).optionsMap().keySet());
    ofSamples.addAll(CommandSpec.forAnnotatedObject(decoding).optionsMap().keySet());
    for (OptionSpec typed : commandLine().getParseResult().matchedOptions()) {
      if (ofSamples.contains(typed.longestName())) {
        throw new ParameterException(
            commandLine(),
            String.format(
                Locale.ROOT,
                "%s has no effect without --samples, the number of texts to generate",
                typed.longestName()));
      }
    }
  }

  private Loss loss(LanguageModel loaded, Corpus corpus) {
    if (adapt == null) {
      return loaded.evaluate(corpus);
    }
    try (AdaptingScorer adapting = loaded.adapting(adapt)) {
      return adapting.evaluate(corpus);
    }
  }

  private static void add(Loss loss, Map<String, Number> figures) {
    figures.put("nats_per_character", loss.nats());
    figures.put("bits_per_character", loss.bits());
    figures.put("perplexity", loss.perplexity());
    figures.put("characters", loss.characters());
  }

  private void print(Map<String, Number> figures, PrintWriter out) {
    if (json) {
      out.println(JsonOutput.of(figures));
      return;
    }
    figures.forEach((name, figure) ->
        out.println(
            figure instanceof Double real
                ? String.format(Locale.ROOT, "%s %.6f", name, real)
                : name + " " + figure));
  }

  private CommandLine commandLine() {
    return Required.required(spec).commandLine();
  }
}
