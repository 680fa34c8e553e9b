package org.charrnn.interchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.charrnn.api.Accelerator;
import org.charrnn.interchange.failure.InterchangeException;
import org.charrnn.interchange.huggingface.FolderWriter;
import org.charrnn.interchange.onnx.OnnxReader;
import org.charrnn.interchange.onnx.OnnxWriter;
import org.charrnn.interchange.verification.Difference;
import org.charrnn.interchange.verification.OnnxVerification;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.settings.ConfigJson;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes models as ONNX and as folders for PyTorch and Hugging Face's libraries, and reads them.
 *
 * <pre>{@code
 * SavedModel model = Checkpoint.readModel(Path.of("essays.ckpt"));
 * Interchange.exportOnnx(model, Path.of("essays.onnx"), OnnxOptions.DEFAULT);
 * Interchange.exportFolder(model, Path.of("essays-hf"));
 * SavedModel again = Interchange.importModel(Path.of("essays-hf"), ImportOptions.NONE);
 * Checkpoint.writeModel(again, Path.of("again.ckpt"));
 * }</pre>
 *
 * <p>The state of a training is never exported: elsewhere, a model can generate text, score it, and
 * be trained on with a new optimizer.
 *
 * <p>What is written is read back first. If that does not give the same bytes of weights, nothing
 * is written.
 *
 * <p><b>Thread safety.</b> Stateless.
 */
public final class Interchange {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Interchange() {}

  // ---- export

  /**
   * Writes a model as ONNX. Takes every cell: the bundled ones become fused operators, any other
   * one a {@code Scan}. An existing ONNX file is replaced.
   *
   * @param model the model
   * @param file the file
   * @param options what to export or import
   * @return the result of the comparison
   * @throws InterchangeException if the model has a part that ONNX cannot express, the file cannot
   *     be written, or another file has its name; nothing is written then
   */
  public static Verification exportOnnx(SavedModel model, Path file, OnnxOptions options) {
    return exportOnnx(model, file, options, Optional.empty());
  }

  /**
   * {@return the same, and compares its results with those of the model before it is written, if
   * ONNX Runtime is on the class path and loads}
   *
   * @param accelerator runs the model
   * @param model the model
   * @param file the file
   * @param options what to export or import
   * @throws InterchangeException also if the results differ by more than rounding; nothing is
   *     written then
   */
  public static Verification exportOnnx(
      SavedModel model, Path file, OnnxOptions options, Accelerator accelerator) {
    return exportOnnx(model, file, options, Optional.of(accelerator));
  }

  private static Verification exportOnnx(
      SavedModel model, Path file, OnnxOptions options, Optional<Accelerator> accelerator) {
    ExportRules.require(model, ExportRules.OF_ONNX);
    requireReplaceable(file);
    byte[] onnx =
        OnnxWriter.write(model, options.fused(), options.scorer(), metadata(model)).toByteArray();
    try (Staging staging = new Staging(file, ".onnx")) {
      Files.write(staging.path(), onnx);
      requireSameWeights(model, staging.path(), file);
      Verification verification = run(model, onnx, file, accelerator);
      staging.commit();
      return verification;
    } catch (IOException e) {
      throw new InterchangeException(file, "cannot be written: " + e, e);
    }
  }

  /** Another file, for example the corpus, must not be lost by mistake. */
  private static void requireReplaceable(Path file) {
    if (Files.isDirectory(file)) {
      throw new InterchangeException(file, "is a directory; name a file in it");
    }
    try {
      if (Files.exists(file) && Files.size(file) > 0) {
        OnnxReader.requireModel(file.toString(), Files.readAllBytes(file));
      }
    } catch (IOException e) {
      throw new InterchangeException(file, "cannot be read: " + e, e);
    } catch (InterchangeException e) {
      throw new InterchangeException(
          file,
          "exists and is not an ONNX model, so it is not overwritten. Choose another name, or"
              + " remove it.",
          e);
    }
  }

  private static Verification run(
      SavedModel model, byte[] onnx, Path file, Optional<Accelerator> accelerator) {
    if (accelerator.isEmpty()) {
      return new Verification.WeightsOnly("it was not asked for");
    }
    Optional<String> missing = missingRuntime();
    if (missing.isPresent()) {
      return new Verification.WeightsOnly(missing.get());
    }
    Difference difference = OnnxVerification.compare(model, onnx, accelerator.get());
    if (!difference.isRounding()) {
      throw new InterchangeException(
          file,
          "would not compute what the model computes, so it was not written: "
              + difference
              + ". Please report this.");
    }
    return new Verification.Computed(difference);
  }

  /**
   * {@return why ONNX Runtime cannot be used, a clause; empty if it can} It is optional: without
   * it, the class that uses it cannot be linked.
   */
  public static Optional<String> missingRuntime() {
    try {
      OnnxVerification.load();
      return Optional.empty();
    } catch (NoClassDefFoundError _) {
      return Optional.of(
          "com.microsoft.onnxruntime:onnxruntime is not on the class path, or its native library"
              + " did not load");
    } catch (LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return Optional.of("the native library of ONNX Runtime does not load here: " + cause);
    }
  }

  private static Map<String, String> metadata(SavedModel model) {
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Vocabulary.Entry> entries = model.vocabulary().entries();
    metadata.put("charrnn.cell", model.config().model().cell());
    metadata.put("charrnn.tokenizer", model.config().model().tokenizer());
    metadata.put(
        "charrnn.vocabulary",
        JSON.writeValueAsString(entries.stream().map(Vocabulary.Entry::symbol).toList()));
    metadata.put(
        "charrnn.counts",
        JSON.writeValueAsString(entries.stream().map(Vocabulary.Entry::count).toList()));
    metadata.put("charrnn.configuration", ConfigJson.write(model.config()));
    return metadata;
  }

  /**
   * Writes a model as a folder: safetensors with PyTorch's names and layouts, configuration,
   * tokenizer, a model in plain PyTorch, and a model card. In an existing folder, files of the same
   * names are replaced.
   *
   * @param model the model
   * @param folder the folder
   * @return the result of the comparison
   * @throws InterchangeException if PyTorch has no counterpart of a part of the model, or a file
   *     cannot be written; nothing is written in the first case
   */
  public static Verification exportFolder(SavedModel model, Path folder) {
    ExportRules.require(model, ExportRules.OF_PYTORCH);
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw new InterchangeException(folder, "is a file; name a folder");
    }
    try (Staging staging = new Staging(folder, "")) {
      Files.createDirectories(staging.path());
      FolderWriter.write(model, staging.path());
      requireSameWeights(model, staging.path(), folder);
      staging.commit();
    } catch (IOException e) {
      throw new InterchangeException(folder, "cannot be written: " + e, e);
    }
    return new Verification.WeightsOnly("PyTorch does not run here");
  }

  private static void requireSameWeights(SavedModel model, Path written, Path target) {
    if (!importModel(written, ImportOptions.NONE).tensors().equals(model.tensors())) {
      throw new InterchangeException(
          target,
          "would not have the weights of the model, so it was not written. Please report this.");
    }
  }

  // ---- import

  /**
   * Reads a model of another library: a folder that {@link #exportFolder} or a Hugging Face library
   * wrote, a folder of ml5.js's charRNN, a safetensors file with the names of PyTorch's recurrent
   * layers, or an ONNX file.
   *
   * @param path the file
   * @param options what to export or import
   * @return the model; its {@linkplain SavedModel#origin origin} says whether its configuration is
   *     known
   * @throws InterchangeException if it cannot be converted exactly; the message names the reason
   */
  public static SavedModel importModel(Path path, ImportOptions options) {
    return ForeignModel.read(path, options);
  }
}
