package org.charrnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.charrnn.cli.options.Required;
import org.charrnn.cli.options.TextOptions;
import org.charrnn.cli.output.JsonOutput;
import org.charrnn.text.evaluation.Baseline;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures n-gram models on a text. */
@Command(
    name = "baseline",
    mixinStandardHelpOptions = true,
    customSynopsis = "charrnn baseline CORPUS [OPTION...]%n",
    sortOptions = false,
    description =
        "Measure the loss of n-gram models with Witten-Bell smoothing on the text that 'train' holds out. A network with a"
            + " higher loss has learned nothing that counting n-grams does not provide.")
final class BaselineCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "CORPUS", description = "Text file in UTF-8.")
  private @Nullable Path corpus;

  @Option(
      names = "--validation",
      paramLabel = "FRACTION",
      defaultValue = "0.1",
      description =
          "Fraction at the end of the text that is held out and predicted. Default: ${DEFAULT-VALUE}.")
  private double validation;

  @Option(
      names = "--test",
      paramLabel = "FRACTION",
      defaultValue = "0",
      description =
          "Fraction at the very end of the text that is left out first, as by 'train --test'. Default: ${DEFAULT-VALUE}.")
  private double test;

  @Option(
      names = "--order",
      paramLabel = "N",
      defaultValue = "" + Baseline.USUAL_ORDER,
      description = "Maximum length of the n-grams. Default: ${DEFAULT-VALUE}.")
  private int order;

  @Option(
      names = "--tokenizer",
      paramLabel = "NAME",
      defaultValue = "code-point",
      description = "Tokenizer that splits the text into symbols. Default: ${DEFAULT-VALUE}.")
  private String tokenizer = "code-point";

  @Mixin private final TextOptions text = new TextOptions();

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    Baseline baseline =
        Baseline.of(text.read(Required.required(corpus)), tokenizer, validation, test, order);
    PrintWriter out = Required.required(spec).commandLine().getOut();
    if (json) {
      out.println(JsonOutput.of(object(baseline)));
    } else {
      print(baseline, out);
    }
    return ExitCode.OK;
  }

  private static void print(Baseline baseline, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%,d training characters, %,d held out, vocabulary of %,d%n%n",
        baseline.trainingCharacters(),
        baseline.heldOutCharacters(),
        baseline.vocabularySize());
    out.printf(
        Locale.ROOT,
        "%-8s %19s %19s %11s%n",
        "model",
        "nats per character",
        "bits per character",
        "perplexity");
    for (Baseline.NGramLoss row : baseline.losses()) {
      out.printf(
          Locale.ROOT,
          "%-8s %19.4f %19.4f %11.2f%n",
          row.name(),
          row.loss().nats(),
          row.loss().bits(),
          row.loss().perplexity());
    }
  }

  private static Map<String, Object> object(Baseline baseline) {
    List<Map<String, Object>> models = new ArrayList<>();
    for (Baseline.NGramLoss row : baseline.losses()) {
      Map<String, Object> model = new LinkedHashMap<>();
      model.put("order", row.order());
      model.put("name", row.name());
      model.put("nats_per_character", row.loss().nats());
      model.put("bits_per_character", row.loss().bits());
      model.put("perplexity", row.loss().perplexity());
      models.add(model);
    }
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("training_characters", baseline.trainingCharacters());
    object.put("held_out_characters", baseline.heldOutCharacters());
    object.put("vocabulary", baseline.vocabularySize());
    object.put("models", models);
    return object;
  }
}
