package org.charrnn.cli.scoring;

import java.io.PrintWriter;
import java.nio.file.Path;
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
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.scoring.TextScore;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Ranks candidates by their probability. */
@Command(
    name = "rank",
    mixinStandardHelpOptions = true,
    customSynopsis = "charrnn rank MODEL [CANDIDATE...] [OPTION...]%n",
    sortOptions = false,
    description =
        "Rank candidates, such as the readings of a word, by their probability in context. Prints the nats of each"
            + " candidate and the candidate, the most probable first.",
    footer = {
      "",
      "Examples:",
      "  charrnn rank essays.ckpt 天 大 夫 --prefix 今天的 --suffix 气很好",
      "  charrnn rank essays.ckpt --candidates list.txt --format tsv"
    })
public final class RankCommand implements Callable<Integer> {

  /** For the command line. */
  public RankCommand() {}

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ModelArgument model = new ModelArgument();

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "CANDIDATE",
      description = "Texts to compare.")
  private List<String> candidates = List.of();

  @Option(
      names = "--candidates",
      paramLabel = "FILE",
      description = "Read the candidates from the lines of this file, '-' for standard input.")
  private @Nullable Path file;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = "",
      description =
          "Text before each candidate, not counted; for a model that reads backward, the text after it.")
  private String prefix = "";

  @Option(
      names = "--suffix",
      paramLabel = "TEXT",
      defaultValue = "",
      description =
          "Text after each candidate, counted with it: how well does it continue? For a model that reads backward, the text"
              + " before it.")
  private String suffix = "";

  @Mixin private final UnknownPrice unknown = new UnknownPrice();
  @Mixin private final LineFormat format = new LineFormat();
  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    format.check();
    if (candidates.isEmpty() == (file == null)) {
      throw new ParameterException(
          Required.required(spec).commandLine(),
          "Specify either CANDIDATEs or a file of --candidates");
    }
    ScoringOptions options = unknown.applyTo(ScoringOptions.standard());
    if (!prefix.isEmpty()) {
      options = options.after(prefix);
    }
    PrintWriter out = Required.required(spec).commandLine().getOut();
    try (LanguageModel loaded = compute.charRnn().load(model.file())) {
      for (TextScore score : loaded.rank(read().stream().map(this::whole).toList(), options)) {
        print(score, out);
      }
    }
    return ExitCode.OK;
  }

  private List<String> read() {
    if (file == null) {
      return candidates;
    }
    Optional<Path> path = Optional.of(file).filter(it -> !it.equals(Path.of("-")));
    try (InputLines input = InputLines.open(path)) {
      return input.allLines();
    }
  }

  private String whole(String candidate) {
    return candidate + suffix;
  }

  private void print(TextScore score, PrintWriter out) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("nats", score.nats());
    fields.put("bits_per_character", score.bitsPerCharacter());
    fields.put("unknown", score.unknown());
    String whole = score.text();
    format.print(
        out,
        String.format(Locale.ROOT, "%9.4f", score.nats()),
        fields,
        whole.substring(0, whole.length() - suffix.length()));
  }
}
