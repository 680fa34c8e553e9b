package org.charrnn.interchange.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.charrnn.interchange.ImportOptions;
import org.charrnn.interchange.Interchange;
import org.charrnn.text.Checkpoint;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.snapshot.OutputPlace;
import org.charrnn.text.unicode.VisibleText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Reads a model of another library and writes it as a checkpoint. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    customSynopsis = "charrnn import PATH --out MODEL [OPTION...]%n",
    sortOptions = false,
    description = {
      "Read a model of another library and write it as a checkpoint that can generate and be"
          + " trained on with --from.",
      "PATH: a folder for Hugging Face's libraries, a .safetensors file with the names of PyTorch's"
          + " layers, an .onnx file, or a folder of ml5.js's charRNN.%n"
    })
final class ImportCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "PATH", description = "The model to read.")
  private @Nullable Path path;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "MODEL",
      description = "The checkpoint to write.")
  private @Nullable Path out;

  @Option(
      names = {"--vocabulary", "--symbols"},
      paramLabel = "FILE",
      description =
          "The symbols: a JSON array in the order of their ids, a JSON object of ids by symbol, or"
              + " a tokenizer.json. Default: the file beside the weights.")
  private @Nullable Path vocabulary;

  @Option(
      names = "--map",
      paramLabel = "NAME=NAME",
      description =
          "Which tensor of the file is which: encoder.weight, rnn.weight_ih_l0, ..., proj.weight,"
              + " decoder.weight, decoder.bias. Repeat it for several.")
  private final Map<String, String> names = new LinkedHashMap<>();

  @Override
  public Integer call() {
    SavedModel model =
        Interchange.importModel(
            Objects.requireNonNull(path),
            new ImportOptions(Optional.ofNullable(vocabulary), names));
    Path target = Objects.requireNonNull(out);
    OutputPlace.requireWritable(target, bytes(model));
    Checkpoint.writeModel(model, target);
    PrintWriter printer = Objects.requireNonNull(spec).commandLine().getOut();
    printer.printf(
        Locale.ROOT,
        "Wrote %s: cell %s, %d layers of %d, vocabulary of %d.%n",
        VisibleText.inLine(target),
        model.config().model().cell(),
        model.config().model().layers(),
        model.config().model().hiddenSize(),
        model.vocabulary().size());
    if (!isConfigurationKnown(model)) {
      printer.println("How it was trained is unknown, and so are the counts of its symbols.");
    }
    return ExitCode.OK;
  }

  private static long bytes(SavedModel model) {
    return Float.BYTES
        * model.tensors().values().stream().mapToLong(it -> it.shape().elements()).sum();
  }

  private static boolean isConfigurationKnown(SavedModel model) {
    return model
        .origin()
        .map(it ->
            it instanceof SavedModel.Origin.Imported imported && imported.configurationKnown())
        .orElse(false);
  }
}
