package org.charrnn.interchange;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.charrnn.interchange.failure.InterchangeException;
import org.charrnn.interchange.huggingface.FolderReader;
import org.charrnn.interchange.huggingface.VocabularyFile;
import org.charrnn.interchange.layout.ImportedWeights;
import org.charrnn.interchange.layout.Provenance;
import org.charrnn.interchange.ml5.Ml5Folder;
import org.charrnn.interchange.onnx.OnnxReader;
import org.charrnn.text.checkpoint.SavedModel;

/** A model of another library, recognized by its files. */
final class ForeignModel {

  private ForeignModel() {}

  static SavedModel read(Path path, ImportOptions options) {
    if (!Files.exists(path)) {
      throw new InterchangeException(path, "does not exist");
    }
    String name = String.valueOf(path.getFileName());
    if (Files.isDirectory(path)) {
      return Ml5Folder.isOne(path) ? fromMl5(path, options) : fromFolder(path, options);
    }
    if (name.endsWith(".onnx")) {
      return fromOnnx(path, options);
    }
    if (name.endsWith(".safetensors")) {
      return fromSafetensors(path, options);
    }
    throw new InterchangeException(
        path,
        "is neither a folder nor a .safetensors or .onnx file. A .pt or .pth file runs code when it"
            + " is loaded, so it is not read. Convert it in Python: from safetensors.torch import"
            + " save_file; save_file({k: v.contiguous() for k, v in model.state_dict().items()},"
            + " \"model.safetensors\")");
  }

  private static SavedModel fromMl5(Path folder, ImportOptions options) {
    return model(
        Ml5Folder.read(folder),
        Provenance.unknown("ml5.js"),
        options,
        Ml5Folder.vocabulary(folder));
  }

  private static SavedModel fromFolder(Path folder, ImportOptions options) {
    return model(
        FolderReader.readFolder(folder, options.names()),
        FolderReader.provenance(folder, "a folder for PyTorch"),
        options,
        FolderReader.vocabulary(folder));
  }

  private static SavedModel fromSafetensors(Path file, ImportOptions options) {
    Path folder = folder(file);
    return model(
        FolderReader.readFile(file, options.names()),
        FolderReader.provenance(folder, "safetensors"),
        options,
        FolderReader.vocabulary(folder));
  }

  private static SavedModel fromOnnx(Path file, ImportOptions options) {
    OnnxReader reader = OnnxReader.of(file.toString(), bytes(file));
    ImportedWeights weights = reader.weights();
    Provenance provenance = reader.provenance();
    return options.vocabulary().isEmpty() && !provenance.symbols().isEmpty()
        ? weights.model(provenance.symbols(), provenance)
        : model(weights, provenance, options, FolderReader.vocabulary(folder(file)));
  }

  private static Path folder(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new InterchangeException(file, "cannot be read: " + e, e);
    }
  }

  private static SavedModel model(
      ImportedWeights weights, Provenance provenance, ImportOptions options, Path usualVocabulary) {
    Path file = options.vocabulary().orElse(usualVocabulary);
    if (!Files.exists(file)) {
      throw new InterchangeException(
          weights.source(),
          String.format(
              Locale.ROOT,
              "has no vocabulary beside it (looked for %s). Name a file with the symbols:"
                  + " --vocabulary FILE.",
              file));
    }
    List<String> symbols = VocabularyFile.read(file);
    OddSymbols.refuse(file, symbols);
    return weights.model(
        symbols, options.vocabulary().isPresent() ? provenance.withoutCounts() : provenance);
  }
}
