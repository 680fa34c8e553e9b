package org.charrnn.interchange.huggingface;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.charrnn.interchange.failure.InterchangeException;
import org.charrnn.interchange.layout.ImportedWeights;
import org.charrnn.interchange.layout.Provenance;
import org.charrnn.interchange.safetensors.SafetensorsFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Reads weights from a folder of Hugging Face's libraries, or from a single safetensors file. */
public final class FolderReader {

  private static final String WEIGHTS = "model.safetensors";
  private static final String CONFIG = "config.json";
  private static final List<String> VOCABULARIES = List.of("tokenizer.json", "vocab.json");

  private FolderReader() {}

  /**
   * Reads the weights in a folder.
   *
   * @param names see {@link TorchReader#read}
   */
  public static ImportedWeights readFolder(Path folder, Map<String, String> names) {
    Path weights = folder.resolve(WEIGHTS);
    if (!Files.exists(weights)) {
      throw new InterchangeException(
          folder, String.format(Locale.ROOT, "has neither %s nor manifest.json", WEIGHTS));
    }
    return readFile(weights, names);
  }

  /** Reads a file; config.json beside it may name the cell. */
  public static ImportedWeights readFile(Path file, Map<String, String> names) {
    return TorchReader.read(
        file.toString(), SafetensorsFile.read(file).tensors(), names, cell(file));
  }

  private static Optional<String> cell(Path file) {
    JsonNode cell = config(file.resolveSibling(CONFIG)).path("cell");
    return cell.isString() ? Optional.of(cell.stringValue()) : Optional.empty();
  }

  /**
   * What config.json in a folder says about a model that was exported from charrnn.
   *
   * @param format what the model is read from
   */
  public static Provenance provenance(Path folder, String format) {
    Path file = folder.resolve(CONFIG);
    JsonNode charrnn = config(file).path(FolderWriter.PROVENANCE);
    return Provenance.of(
        file.toString(),
        format,
        text(charrnn.path(FolderWriter.CONFIGURATION)),
        "",
        text(charrnn.path(FolderWriter.COUNTS)));
  }

  private static String text(JsonNode node) {
    return node.isMissingNode() ? "" : node.toString();
  }

  /** The contents of config.json; a missing node if there is no such file. */
  private static JsonNode config(Path config) {
    if (!Files.exists(config)) {
      return MissingNode.getInstance();
    }
    try {
      return JsonMapper.builder().build().readTree(Files.readString(config));
    } catch (IOException e) {
      throw new InterchangeException(config, "cannot be read: " + e, e);
    } catch (JacksonException e) {
      throw new InterchangeException(config, "is not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** The file with the vocabulary in a folder; the usual one if there is none. */
  public static Path vocabulary(Path folder) {
    return VOCABULARIES.stream()
        .map(folder::resolve)
        .filter(Files::exists)
        .findFirst()
        .orElse(folder.resolve(VOCABULARIES.getFirst()));
  }
}
