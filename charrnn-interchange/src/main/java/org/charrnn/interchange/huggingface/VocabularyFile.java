package org.charrnn.interchange.huggingface;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.charrnn.interchange.failure.InterchangeException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Symbols in the order of their ids, as other programs write them: tokenizer.json of Hugging Face
 * with a model of type WordLevel; a JSON object of ids by symbol; a JSON array of symbols.
 */
public final class VocabularyFile {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private VocabularyFile() {}

  /**
   * Reads the symbols.
   *
   * @throws InterchangeException if the file is none of the above, or its ids are not 0 to V - 1
   */
  public static List<String> read(Path file) {
    JsonNode root;
    try {
      root = JSON.readTree(Files.readString(file));
    } catch (NoSuchFileException e) {
      throw new InterchangeException(file, "does not exist", e);
    } catch (IOException e) {
      throw new InterchangeException(file, "cannot be read as UTF-8: " + e, e);
    } catch (JacksonException e) {
      throw new InterchangeException(
          file, "is not JSON, or names a symbol twice: " + e.getOriginalMessage(), e);
    }
    if (root.isArray()) {
      return array(file, root);
    }
    JsonNode model = root.path("model");
    if (!model.isObject()) {
      return ids(file, root);
    }
    if (!model.path("type").asString("").equals("WordLevel")) {
      throw new InterchangeException(
          file,
          String.format(
              Locale.ROOT,
              "has a tokenizer of type %s; only WordLevel has one id for each character",
              model.path("type")));
    }
    return ids(file, model.path("vocab"));
  }

  private static List<String> array(Path file, JsonNode array) {
    List<String> symbols = new ArrayList<>();
    for (JsonNode symbol : array) {
      if (!symbol.isString()) {
        throw new InterchangeException(file, "has a symbol that is not a string: " + symbol);
      }
      symbols.add(symbol.stringValue());
    }
    return symbols;
  }

  private static List<String> ids(Path file, JsonNode object) {
    if (!object.isObject() || object.isEmpty()) {
      throw new InterchangeException(file, "has no object of ids by symbol");
    }
    @Nullable String[] symbols = new @Nullable String[object.size()];
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      JsonNode id = entry.getValue();
      if (!id.isIntegralNumber()
          || !id.canConvertToInt()
          || id.intValue() < 0
          || id.intValue() >= symbols.length
          || symbols[id.intValue()] != null) {
        throw new InterchangeException(
            file,
            String.format(
                Locale.ROOT,
                "has symbol '%s' with id %s; the ids must be 0 to %d, each once",
                entry.getKey(),
                id,
                symbols.length - 1));
      }
      symbols[id.intValue()] = entry.getKey();
    }
    return Arrays.stream(symbols).map(String::valueOf).toList();
  }
}
