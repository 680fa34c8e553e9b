package org.charrnn.interchange.huggingface;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.charrnn.interchange.failure.InterchangeException;
import org.charrnn.interchange.layout.FusedCell;
import org.charrnn.interchange.layout.TorchLayout;
import org.charrnn.interchange.safetensors.SafetensorsFile;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.ModelConfig;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.settings.ConfigJson;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a model as a folder that PyTorch and transformers load.
 *
 * <p><b>Thread safety.</b> Stateless.
 */
public final class FolderWriter {

  /** The files with the model in plain PyTorch. */
  private static final List<String> MODEL_FILES =
      List.of("configuration_charrnn.py", "modeling_charrnn.py");

  /** The property of config.json with what charrnn alone reads, and its parts. */
  static final String PROVENANCE = "charrnn";

  static final String CONFIGURATION = "configuration";
  static final String COUNTS = "counts";

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private FolderWriter() {}

  /**
   * Writes all files into a folder, which is created if it is missing.
   *
   * @throws InterchangeException if the cell is not one of the bundled ones, which PyTorch can
   *     express; export the model as ONNX then
   * @throws IOException if a file cannot be written
   */
  public static void write(SavedModel model, Path folder) throws IOException {
    ModelConfig config = model.config().model();
    FusedCell cell =
        FusedCell.of(config.cell())
            .orElseThrow(() ->
                new InterchangeException(
                    "Cell '" + config.cell() + "'",
                    "has no counterpart in PyTorch. Export the model with --to onnx, which takes every cell."));
    if (!config.tokenizer().equals("code-point")) {
      throw new InterchangeException(
          "Tokenizer '" + config.tokenizer() + "'",
          "cannot be written as tokenizer.json, which is known for 'code-point' alone. Export the model with --to onnx.");
    }
    Map<String, HostTensor> weights =
        new TorchLayout(cell, config.layers()).toTorch(model.tensors());
    Files.createDirectories(folder);
    new SafetensorsFile(Map.of("format", "pt"), weights).write(folder.resolve("model.safetensors"));
    write(folder, "config.json", config(model));
    write(folder, "generation_config.json", generation());
    write(folder, "tokenizer.json", tokenizer(model.vocabulary()));
    write(
        folder,
        "tokenizer_config.json",
        JSON.createObjectNode().put("tokenizer_class", "PreTrainedTokenizerFast"));
    for (String name : MODEL_FILES) {
      try (InputStream in = FolderWriter.class.getResourceAsStream(name)) {
        Files.write(folder.resolve(name), Objects.requireNonNull(in, name).readAllBytes());
      }
    }
    Files.writeString(folder.resolve("README.md"), ModelCard.of(model));
  }

  private static void write(Path folder, String name, ObjectNode content) throws IOException {
    Files.writeString(folder.resolve(name), JSON.writeValueAsString(content) + "\n");
  }

  private static ObjectNode config(SavedModel model) {
    ModelConfig config = model.config().model();
    ObjectNode node = JSON.createObjectNode();
    node.put("model_type", "charrnn");
    node.putArray("architectures").add("CharRnnForCausalLM");
    node.putObject("auto_map")
        .put("AutoConfig", "configuration_charrnn.CharRnnConfig")
        .put("AutoModelForCausalLM", "modeling_charrnn.CharRnnForCausalLM");
    node.put("cell", config.cell());
    node.put("vocab_size", model.vocabulary().size());
    node.put("hidden_size", config.hiddenSize());
    node.put("num_hidden_layers", config.layers());
    node.put("embedding_size", config.embeddingColumns());
    node.put("tie_word_embeddings", config.tieWeights());
    node.put("torch_dtype", "float32");
    node.put("use_cache", false);
    ObjectNode provenance = node.putObject(PROVENANCE);
    provenance.set(CONFIGURATION, JSON.readTree(ConfigJson.write(model.config())));
    ArrayNode counts = provenance.putArray(COUNTS);
    model.vocabulary().entries().forEach(entry -> counts.add(entry.count()));
    return node;
  }

  private static ObjectNode generation() {
    return JSON.createObjectNode()
        .put("do_sample", true)
        .put("temperature", 0.8)
        .put("top_p", 0.9)
        .put("max_new_tokens", 100)
        .put("use_cache", false);
  }

  /** A tokenizer that makes one symbol of each code point. */
  private static ObjectNode tokenizer(Vocabulary vocabulary) {
    ObjectNode node = JSON.createObjectNode();
    node.put("version", "1.0");
    node.putNull("truncation").putNull("padding");
    node.putArray("added_tokens");
    node.putNull("normalizer");
    ObjectNode split = node.putObject("pre_tokenizer");
    split.put("type", "Split");
    split.putObject("pattern").put("Regex", "[\\s\\S]");
    split.put("behavior", "Isolated").put("invert", false);
    node.putNull("post_processor");
    node.putObject("decoder").put("type", "Fuse");
    ObjectNode model = node.putObject("model").put("type", "WordLevel");
    ObjectNode ids = model.putObject("vocab");
    for (int id = 0; id < vocabulary.size(); id++) {
      ids.put(vocabulary.symbol(id), id);
    }
    model.put("unk_token", "<unk>"); // not in the vocabulary: an unknown character is an error
    return node;
  }
}
