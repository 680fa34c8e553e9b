package org.charrnn.interchange;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.charrnn.api.Accelerator;
import org.charrnn.interchange.failure.InterchangeException;
import org.charrnn.interchange.huggingface.FolderReader;
import org.charrnn.interchange.huggingface.FolderWriter;
import org.charrnn.interchange.huggingface.VocabularyFile;
import org.charrnn.interchange.layout.ImportedWeights;
import org.charrnn.interchange.ml5.Ml5Folder;
import org.charrnn.interchange.onnx.OnnxReader;
import org.charrnn.interchange.onnx.OnnxWriter;
import org.charrnn.interchange.verification.OnnxVerification;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.ConfigJson;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes models as ONNX and as folders for PyTorch and Hugging Face's libraries, and reads them.
 *
 * <pre>{@code
 * SavedModel model = Checkpoint.readModel(Path.of("essays.ckpt"));
 * Interchange.exportOnnx(model, Path.of("essays.onnx"), OnnxOptions.DEFAULT);
 * Interchange.exportFolder(model, Path.of("essays-hf"));
 * Interchange.importModel(Path.of("essays-hf"), ImportOptions.NONE).write(Path.of("again.ckpt"));
 * }</pre>
 *
 * <p>The state of a training never leaves: what is exported can write, score and be trained on
 * elsewhere from a new optimizer.
 *
 * <p><b>Thread safety.</b> Stateless.
 */
public final class Interchange {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Interchange() {}

  // ---- out

  /**
   * Writes a model as ONNX. Takes every cell: the bundled ones become fused operators, any other
   * one a {@code Scan}.
   *
   * @throws InterchangeException if the cell uses something that ONNX cannot express, or the file
   *     cannot be written; no file is left then
   */
  public static void exportOnnx(SavedModel model, Path file, OnnxOptions options) {
    byte[] onnx =
        OnnxWriter.write(model, options.fused(), options.scorer(), metadata(model)).toByteArray();
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      Files.write(temporary, onnx);
      move(temporary, file);
    } catch (IOException e) {
      throw new InterchangeException(file, "cannot be written: " + e, e);
    } finally {
      deleteQuietly(temporary);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException _) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void deleteQuietly(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // it is a temporary file; the failure that matters was reported
    }
  }

  private static Map<String, String> metadata(SavedModel model) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("charrnn.cell", model.config().model().cell());
    metadata.put("charrnn.tokenizer", model.config().model().tokenizer());
    metadata.put("charrnn.vocabulary", JSON.writeValueAsString(symbols(model)));
    metadata.put("charrnn.configuration", ConfigJson.write(model.config()));
    return metadata;
  }

  private static List<String> symbols(SavedModel model) {
    return model.vocabulary().entries().stream().map(entry -> entry.symbol()).toList();
  }

  /**
   * Writes a model as a folder: safetensors with PyTorch's names and layouts, configuration,
   * tokenizer, a model in plain PyTorch, and a model card. Files of the same names are replaced.
   *
   * @throws InterchangeException if PyTorch has no counterpart of the cell, or a file cannot be
   *     written
   */
  public static void exportFolder(SavedModel model, Path folder) {
    try {
      FolderWriter.write(model, folder);
    } catch (IOException e) {
      throw new InterchangeException(folder, "cannot be written: " + e, e);
    }
  }

  /**
   * Compares what was exported with the model: reads it back and, if it is ONNX with states and
   * ONNX Runtime is on the class path, runs both.
   *
   * @param exported a file of {@link #exportOnnx} or a folder of {@link #exportFolder}
   * @param accelerator what runs the model
   * @throws InterchangeException if it cannot be read back
   */
  public static Verification verify(SavedModel model, Path exported, Accelerator accelerator) {
    boolean sameWeights =
        importModel(exported, ImportOptions.NONE).tensors().equals(model.tensors());
    if (Files.isDirectory(exported) || !hasOnnxRuntime()) {
      return new Verification(sameWeights, Optional.empty());
    }
    byte[] onnx = bytes(exported);
    return new Verification(
        sameWeights,
        OnnxReader.isScorer(exported.toString(), onnx)
            ? Optional.empty()
            : Optional.of(OnnxVerification.compare(model, onnx, accelerator)));
  }

  /** ONNX Runtime is optional: without it, the class that uses it cannot be linked. */
  private static boolean hasOnnxRuntime() {
    try {
      return OnnxVerification.isAvailable();
    } catch (LinkageError _) {
      return false;
    }
  }

  // ---- in

  /**
   * Reads a model of another library: a folder that {@link #exportFolder} or a Hugging Face library
   * wrote, a folder of ml5.js's charRNN, a safetensors file with the names of PyTorch's recurrent
   * layers, or an ONNX file.
   *
   * @throws InterchangeException if it cannot be converted exactly; the message names the reason
   */
  public static SavedModel importModel(Path path, ImportOptions options) {
    if (!Files.exists(path)) {
      throw new InterchangeException(path, "does not exist");
    }
    String name = String.valueOf(path.getFileName());
    if (Files.isDirectory(path)) {
      return Ml5Folder.isOne(path)
          ? model(Ml5Folder.read(path), options, Ml5Folder.vocabulary(path))
          : model(
              FolderReader.readFolder(path, options.names()),
              options,
              FolderReader.vocabulary(path));
    }
    if (name.endsWith(".onnx")) {
      return fromOnnx(path, options);
    }
    if (name.endsWith(".safetensors")) {
      Path folder = path.toAbsolutePath().getParent();
      return model(
          FolderReader.readFile(path, options.names()),
          options,
          FolderReader.vocabulary(folder == null ? path : folder));
    }
    throw new InterchangeException(
        path,
        "is neither a folder nor a .safetensors or .onnx file. A .pt or .pth file runs code when it is "
            + "loaded, so it is not read. Convert it in Python: from safetensors.torch import save_file; "
            + "save_file({k: v.contiguous() for k, v in model.state_dict().items()}, \"model.safetensors\")");
  }

  private static SavedModel fromOnnx(Path file, ImportOptions options) {
    byte[] onnx = bytes(file);
    ImportedWeights weights = OnnxReader.read(file.toString(), onnx);
    String vocabulary = OnnxReader.metadata(file.toString(), onnx, "charrnn.vocabulary");
    if (options.vocabulary().isPresent() || vocabulary.isEmpty()) {
      return model(weights, options, file.resolveSibling("tokenizer.json"));
    }
    JsonNode symbols = JSON.readTree(vocabulary);
    return weights.model(symbols.valueStream().map(JsonNode::asString).toList());
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InterchangeException(file, "cannot be read: " + e, e);
    }
  }

  private static SavedModel model(
      ImportedWeights weights, ImportOptions options, Path usualVocabulary) {
    Path file = options.vocabulary().orElse(usualVocabulary);
    if (!Files.exists(file)) {
      throw new InterchangeException(
          weights.source(),
          String.format(
              Locale.ROOT,
              "has no vocabulary beside it (looked for %s). Name a file with the symbols: --vocabulary FILE.",
              file));
    }
    List<String> symbols = VocabularyFile.read(file);
    OddSymbols.refuse(file, symbols);
    return weights.model(symbols);
  }
}
