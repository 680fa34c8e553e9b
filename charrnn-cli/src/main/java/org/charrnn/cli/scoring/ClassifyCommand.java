package org.charrnn.cli.scoring;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.charrnn.cli.options.Required;
import org.charrnn.cli.spi.ComputeOptions;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.TextClassifier;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.snapshot.CheckpointName;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds the model that fits each line of a text best. */
@Command(
    name = "classify",
    mixinStandardHelpOptions = true,
    customSynopsis = "charrnn classify [LABEL=]MODEL... [OPTION...]%n",
    sortOptions = false,
    description =
        "Find for each line of a text the model under which it is most probable: its language, author, domain or kind,"
            + " with a model for each. Prints the label, its probability if all labels are equally probable beforehand, and"
            + " the line.",
    footer = {
      "",
      "Examples:",
      "  charrnn classify en.ckpt de.ckpt fr.ckpt --texts lines.txt",
      "  charrnn classify spam=junk.ckpt mail=inbox.ckpt --texts new.txt --format jsonl"
    })
public final class ClassifyCommand implements Callable<Integer> {

  /** For the command line. */
  public ClassifyCommand() {}

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0..*",
      arity = "1..*",
      paramLabel = "MODEL",
      description =
          "Checkpoints written by 'charrnn train', one for each label. Default of LABEL: the name of the file without"
              + " extension.")
  private List<String> models = List.of();

  @Option(
      names = "--texts",
      paramLabel = "FILE",
      description = "Text file in UTF-8, one text in each line. Default: standard input.")
  private @Nullable Path texts;

  @Option(
      names = "--unknown-bits",
      paramLabel = "BITS",
      defaultValue = "21",
      description =
          "Price in bits of each character that is not in the vocabulary of a model. Default: ${DEFAULT-VALUE}, the price"
              + " of one of all code points.")
  private double unknownBits;

  @Mixin private final LineFormat format = new LineFormat();
  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    format.check();
    if (!(unknownBits >= 0 && unknownBits < Double.POSITIVE_INFINITY)) { // NaN fails
      throw new InvalidOptionException("unknownBits", unknownBits, "a finite number of at least 0");
    }
    Map<String, Path> files = files();
    Map<String, LanguageModel> loaded = new LinkedHashMap<>();
    try (InputLines input = InputLines.open(Optional.ofNullable(texts))) {
      files.forEach((label, file) -> loaded.put(label, compute.charRnn().load(file)));
      ScoringOptions options =
          ScoringOptions.standard().withUnknownPrice(unknownBits * Math.log(2));
      PrintWriter out = Required.required(spec).commandLine().getOut();
      TextClassifier classifier = TextClassifier.of(loaded).withOptions(options);
      while (input.awaitLine()) {
        classifier.classifyAll(input.lines()).forEach(found -> print(found, out));
      }
    } finally {
      loaded.values().forEach(LanguageModel::close);
    }
    return ExitCode.OK;
  }

  private Map<String, Path> files() {
    Map<String, Path> files = new LinkedHashMap<>();
    for (String typed : models) {
      int equals = typed.indexOf('=');
      Path file = Path.of(typed.substring(equals + 1));
      String label = equals > 0 ? typed.substring(0, equals) : CheckpointName.stem(file);
      if (files.put(label, file) != null) {
        throw new InvalidOptionException("label", label, "used once; write LABEL=MODEL");
      }
    }
    return files;
  }

  private void print(TextClassifier.Classification found, PrintWriter out) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("label", found.label());
    fields.put("probability", found.probability());
    if (format.isJson()) {
      fields.put("nats", found.nats());
    }
    format.print(
        out,
        String.format(Locale.ROOT, "%-12s %.4f", found.label(), found.probability()),
        fields,
        found.text());
  }
}
