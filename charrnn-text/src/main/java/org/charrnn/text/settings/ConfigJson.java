package org.charrnn.text.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.config.OptimizerConfig;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.corpus.TextFile;
import org.charrnn.text.files.IoReason;
import org.charrnn.text.unicode.FileKind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Configurations as JSON, nested as the records are: {@code {"model": {"hiddenSize": 128}}}.
 *
 * <p>Values that a file does not have are taken from a base configuration. If the file names
 * another optimizer, the learning rate and the hyperparameters of the base are dropped, as by
 * {@link OptimizerConfig.Builder}.
 *
 * <p><b>Thread safety.</b> Stateless.
 */
public final class ConfigJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  private ConfigJson() {}

  /**
   * {@return the complete configuration; {@link #read} returns an equal one, whatever its base}
   *
   * @param config the configuration
   */
  public static String write(TrainingConfig config) {
    return MAPPER.writeValueAsString(config) + "\n";
  }

  /**
   * Reads a complete configuration, as {@link #write} or an earlier version wrote it.
   *
   * @param json the text of a JSON object
   * @return the configuration
   * @throws IllegalArgumentException if it is not one
   */
  public static TrainingConfig parse(String json) {
    try {
      JsonNode complete = MAPPER.readTree(json);
      LaterSettings.addTo(complete);
      TrainingConfig config = MAPPER.treeToValue(complete, TrainingConfig.class);
      if (config != null) {
        return config;
      }
    } catch (JacksonException e) {
      String reason = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
      throw new IllegalArgumentException("the configuration cannot be read: " + reason, e);
    }
    throw new IllegalArgumentException("the configuration is null");
  }

  /**
   * Reads a file.
   *
   * @param file JSON in UTF-8; every part of it is optional
   * @param base the values that the file does not have
   * @return the configuration
   * @throws ConfigFileException if the file cannot be read, is not JSON, has a key that is unknown
   *     or duplicate, or a value that is impossible; the message names the place, the key and the
   *     allowed values
   */
  public static TrainingConfig read(Path file, TrainingConfig base) {
    LocatedJson json = LocatedJson.parse(file, text(file));
    ObjectNode all = MAPPER.valueToTree(base);
    forgetOptimizerUnlessNamedIn(json.root(), all);
    new ConfigOverlay(json).apply(all);
    try {
      return MAPPER.treeToValue(all, TrainingConfig.class);
    } catch (JacksonException e) {
      throw impossible(json, e);
    }
  }

  private static String text(Path file) {
    byte[] bytes = {};
    try {
      bytes = Files.readAllBytes(file);
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return TextFile.read(text, Corpus.LineEndings.KEEP);
    } catch (CharacterCodingException e) {
      String advice = FileKind.advice(file.toString(), bytes);
      throw new ConfigFileException(file, "", "it is not UTF-8. " + advice, e);
    } catch (NoSuchFileException e) {
      throw new ConfigFileException(
          file,
          "",
          String.format(
              Locale.ROOT, "there is no such file (looked for %s)", file.toAbsolutePath()),
          e);
    } catch (IOException e) {
      String problem = Files.isDirectory(file) ? "it is a directory" : IoReason.of(e);
      throw new ConfigFileException(file, "", "it cannot be read: " + problem, e);
    }
  }

  private static void forgetOptimizerUnlessNamedIn(ObjectNode given, ObjectNode all) {
    ObjectNode optimizer = (ObjectNode) all.get("optimizer");
    String name = given.path("optimizer").path("name").asString("");
    if (!name.isEmpty() && !name.equals(optimizer.path("name").asString())) {
      optimizer.putNull("learningRate");
      optimizer.putObject("hyperparameters");
    }
  }

  /** The records check their values and name the component at fault. */
  private static ConfigFileException impossible(LocatedJson json, JacksonException e) {
    if (e.getCause() instanceof InvalidOptionException invalid) {
      Optional<String> key =
          Stream.concat(
                  Stream.of(invalid.option()),
                  ConfigReflection.aliasesBelow(TrainingConfig.class, invalid.option()))
              .flatMap(name -> json.keyNamed(name).stream())
              .findFirst();
      String message = String.valueOf(invalid.getMessage());
      return key.map(found ->
              json.problem(
                  found,
                  message.startsWith(invalid.option())
                      ? found + message.substring(invalid.option().length())
                      : message,
                  e))
          .orElseGet(() -> json.problem("", message, e));
    }
    String key = path(e);
    if (e instanceof UnrecognizedPropertyException unknown) {
      List<String> known =
          unknown.getKnownPropertyIds().stream().map(String::valueOf).sorted().toList();
      return json.problem(
          key,
          String.format(
              Locale.ROOT,
              "there is no '%s'. Did you mean %s? The names are: %s.",
              key,
              String.join(" or ", NearestNames.of(unknown.getPropertyName(), known)),
              String.join(", ", known)),
          e);
    }
    String problem =
        e.getOriginalMessage()
            .lines()
            .findFirst()
            .orElse("")
            .replaceFirst(" \\(.*", "")
            .replaceFirst("Missing creator property ('.*')", "$1 is missing");
    return json.problem(key, (key.isEmpty() ? "" : key + ": ") + problem, e);
  }

  /** The path that Jackson was reading, inside a value that is not a record, such as a schedule. */
  private static String path(JacksonException e) {
    return e.getPath().stream()
        .map(JacksonException.Reference::getPropertyName)
        .filter(Objects::nonNull)
        .collect(Collectors.joining("."));
  }
}
