package org.charrnn.cli.scoring;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.charrnn.cli.options.ModelArgument;
import org.charrnn.cli.options.Required;
import org.charrnn.cli.spi.ComputeOptions;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.corpus.CorpusException;
import org.charrnn.text.corpus.UnknownSymbolException;
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.scoring.TextScore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Scores the lines of a text. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    customSynopsis = "charrnn score MODEL [FILE] [OPTION...]%n",
    sortOptions = false,
    description =
        "Compute how probable each line of a text is under a model. Each line is a text of its own. Prints the bits per"
            + " character and the line; with --max-bits or --min-bits only some lines, for example to filter a corpus.",
    footer = {
      "",
      "Examples:",
      "  charrnn score essays.ckpt lines.txt --format tsv",
      "  charrnn score essays.ckpt crawl.txt --max-bits 6 --unknown-bits 21 --format lines",
      "  charrnn score log.ckpt today.log --min-bits 3.5 --unknown-bits 21"
    })
public final class ScoreCommand implements Callable<Integer> {

  /** For the command line. */
  public ScoreCommand() {}

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ModelArgument model = new ModelArgument();

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "Text file in UTF-8. Default: standard input.")
  private @Nullable Path file;

  @Option(
      names = "--max-bits",
      paramLabel = "BITS",
      description = "Print only lines of at most this many bits per character.")
  private @Nullable Double maxBits;

  @Option(
      names = "--min-bits",
      paramLabel = "BITS",
      description = "Print only lines of at least this many bits per character.")
  private @Nullable Double minBits;

  @Option(
      names = "--context",
      paramLabel = "TEXT",
      description =
          "Text before each line, which the model reads first. Default: the symbol that begins documents if the model"
              + " was trained with one, or else a line feed.")
  private @Nullable String context;

  @Mixin private final UnknownPrice unknown = new UnknownPrice();
  @Mixin private final LineFormat format = new LineFormat();

  @Option(
      names = "--symbols",
      description = "With --format jsonl: add each symbol and the logarithm of its probability.")
  private boolean symbols;

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    format.check();
    if (symbols && !format.isJson()) {
      throw new InvalidOptionException("symbols", true, "false without --format jsonl");
    }
    ScoringOptions options = options();
    PrintWriter out = Required.required(spec).commandLine().getOut();
    try (InputLines input = InputLines.open(Optional.ofNullable(file));
        LanguageModel loaded = compute.charRnn().load(model.file())) {
      long[] scored = {0};
      try {
        while (input.awaitLine()) {
          loaded
              .scoreAll(input.lines(), options)
              .forEach(score -> {
                scored[0]++;
                print(score, out);
              });
        }
      } catch (UnknownSymbolException e) {
        throw new CorpusException(
            input.source(),
            String.format(
                Locale.ROOT,
                "line %d: %s Or set its price with --unknown-bits.",
                scored[0] + 1,
                e.getMessage()),
            e);
      }
    }
    return ExitCode.OK;
  }

  private ScoringOptions options() {
    ScoringOptions options = unknown.applyTo(ScoringOptions.standard());
    return context == null ? options : options.after(context);
  }

  private void print(TextScore score, PrintWriter out) {
    double bits = score.bitsPerCharacter();
    if ((maxBits != null && bits > maxBits) || (minBits != null && bits < minBits)) {
      return;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("bits_per_character", bits);
    fields.put("nats", score.nats());
    fields.put("perplexity", score.perplexity());
    fields.put("characters", score.characters());
    fields.put("unknown", score.unknown());
    if (symbols) {
      fields.put("symbols", symbols(score));
    }
    format.print(out, String.format(Locale.ROOT, "%8.4f", bits), fields, score.text());
  }

  private static List<List<Object>> symbols(TextScore score) {
    List<List<Object>> pairs = new ArrayList<>();
    double[] logProbabilities = score.logProbabilities();
    for (int i = 0; i < logProbabilities.length; i++) {
      pairs.add(List.of(score.symbols().get(i), logProbabilities[i]));
    }
    return pairs;
  }
}
