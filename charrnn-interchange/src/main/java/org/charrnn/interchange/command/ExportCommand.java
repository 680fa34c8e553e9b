package org.charrnn.interchange.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.charrnn.cli.spi.ComputeOptions;
import org.charrnn.interchange.Interchange;
import org.charrnn.interchange.OnnxOptions;
import org.charrnn.interchange.Verification;
import org.charrnn.interchange.failure.InterchangeException;
import org.charrnn.text.Checkpoint;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.unicode.VisibleText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes a model in the format of another library. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    customSynopsis = "charrnn export MODEL --to FORMAT --out PATH [OPTION...]%n",
    sortOptions = false,
    description = {
      "Write a model for another library: as ONNX, or as a folder for PyTorch and Hugging Face.",
      "The state of its training is not exported.%n"
    })
final class ExportCommand implements Callable<Integer> {

  /** What can be written. */
  enum Format {
    /** One file, for ONNX Runtime and others. */
    onnx,
    /** A folder for transformers and PyTorch. */
    hf
  }

  @Spec private @Nullable CommandSpec spec;

  @Parameters(index = "0", paramLabel = "MODEL", description = "A checkpoint.")
  private @Nullable Path model;

  @Option(
      names = "--to",
      required = true,
      paramLabel = "FORMAT",
      description =
          "onnx: one file. hf: a folder with safetensors, tokenizer.json and a PyTorch model.")
  private @Nullable Format format;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "PATH",
      description = "The file or folder to write.")
  private @Nullable Path out;

  @Option(
      names = "--scan",
      description =
          "onnx: write every cell as a Scan of its formulas, also where ONNX has an operator for"
              + " it.")
  private boolean scan;

  @Option(
      names = "--scorer",
      description =
          "onnx: no states; the output is log-probabilities [T, B, V]. For scoring whole texts.")
  private boolean scorer;

  @Option(
      names = "--verify",
      negatable = true,
      description =
          "onnx: whether to run the result beside the model, in ONNX Runtime, and refuse to write"
              + " it if they differ by more than rounding. Default: yes where ONNX Runtime loads.")
  private @Nullable Boolean verify;

  @Mixin private final ComputeOptions compute = new ComputeOptions();

  @Override
  public Integer call() {
    SavedModel saved = Checkpoint.readModel(Objects.requireNonNull(model));
    Path target = Objects.requireNonNull(out);
    Verification verification =
        format == Format.hf ? exportFolder(saved, target) : exportOnnx(saved, target);
    PrintWriter printer = Objects.requireNonNull(spec).commandLine().getOut();
    printer.printf(Locale.ROOT, "Wrote %s.%n", VisibleText.inLine(target));
    printer.println(verification.describe());
    return ExitCode.OK;
  }

  private Verification exportFolder(SavedModel saved, Path target) {
    refuseOnnxOptions();
    return Interchange.exportFolder(saved, target);
  }

  private Verification exportOnnx(SavedModel saved, Path target) {
    OnnxOptions options = new OnnxOptions(!scan, scorer);
    if (Boolean.FALSE.equals(verify)) {
      return Interchange.exportOnnx(saved, target, options);
    }
    if (verify != null) {
      Interchange.missingRuntime()
          .ifPresent(reason -> {
            throw new InterchangeException("ONNX Runtime", "is needed for --verify: " + reason);
          });
    }
    return Interchange.exportOnnx(saved, target, options, compute.charRnn().accelerator());
  }

  private void refuseOnnxOptions() {
    if (scan) {
      throw new InvalidOptionException("scan", true, "used with --to onnx only");
    }
    if (scorer) {
      throw new InvalidOptionException("scorer", true, "used with --to onnx only");
    }
    if (Boolean.TRUE.equals(verify)) {
      throw new InvalidOptionException("verify", true, "used with --to onnx only");
    }
  }
}
