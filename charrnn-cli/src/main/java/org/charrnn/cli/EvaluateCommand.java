package org.charrnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.charrnn.cli.options.ComputeOptions;
import org.charrnn.cli.options.TextOptions;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.train.Loss;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures how well a model predicts a text. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    customSynopsis = "charrnn evaluate MODEL TEXT [OPTION...]%n",
    sortOptions = false,
    description = "Measure how well a model predicts a text: one line each of a name and a number.")
final class EvaluateCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "MODEL",
      description = "A checkpoint that 'charrnn train' wrote.")
  private @Nullable Path model;

  @Parameters(index = "1", paramLabel = "TEXT", description = "A text file, UTF-8.")
  private @Nullable Path text;

  @Mixin private final TextOptions textOptions = new TextOptions();
  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    Corpus corpus = textOptions.read(Typed.required(text));
    try (LanguageModel loaded = compute.charRnn().load(Typed.required(model))) {
      print(loaded.evaluate(corpus), Typed.required(spec).commandLine().getOut());
    }
    return ExitCode.OK;
  }

  private static void print(Loss loss, PrintWriter out) {
    out.printf(Locale.ROOT, "nats_per_character %.6f%n", loss.nats());
    out.printf(Locale.ROOT, "bits_per_character %.6f%n", loss.bits());
    out.printf(Locale.ROOT, "perplexity %.6f%n", loss.perplexity());
    out.printf(Locale.ROOT, "characters %d%n", loss.characters());
  }
}
