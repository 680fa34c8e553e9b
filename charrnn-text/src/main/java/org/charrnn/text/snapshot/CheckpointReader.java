package org.charrnn.text.snapshot;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.charrnn.api.CharRnnException;
import org.charrnn.graph.Shape;
import org.charrnn.text.checkpoint.CheckpointException;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.ModelConfig;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Vocabulary;
import org.charrnn.text.files.IoReason;
import org.charrnn.text.safetensors.Chunks;
import org.charrnn.text.safetensors.FloatType;
import org.charrnn.text.safetensors.Header;
import org.charrnn.text.safetensors.TensorEntry;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Reads a checkpoint and trusts nothing in it before it was checked: sizes are compared with the
 * size of the file before memory is allocated. The file is opened for reading only.
 */
final class CheckpointReader {

  /** Far more than the largest vocabulary takes. */
  static final int MAX_HEADER_BYTES = 32 << 20;

  /** The number of symbols that is always allowed. */
  private static final int FEW_SYMBOLS = 1 << 12;

  private static final Set<String> VERSIONS = Set.of("2", CheckpointWriter.VERSION);

  private final Path file;

  private CheckpointReader(Path file) {
    this.file = file;
  }

  static SavedModel readModel(Path file) {
    return new CheckpointReader(file).read(false).model();
  }

  static Snapshot read(Path file) {
    return new CheckpointReader(file).read(true);
  }

  static void preload() {
    Header.preload();
    Json.preload();
  }

  static Optional<SavedModel.Origin> readOrigin(Path file) {
    CheckpointReader reader = new CheckpointReader(file);
    return reader.opened(channel -> reader.origin(reader.header(channel)));
  }

  private Optional<SavedModel.Origin> origin(Header header) {
    return header.metadata().containsKey("origin")
        ? Optional.of(parsed(header, "origin", Json::origin))
        : Optional.empty();
  }

  /**
   * Checks the header of a file.
   *
   * @throws CheckpointException if it is not that of a checkpoint
   */
  static void requireCheckpoint(Path file) {
    CheckpointReader reader = new CheckpointReader(file);
    reader.opened(reader::header);
  }

  /** Reads from an open file. */
  private interface Reading<T> {
    T from(RandomAccessFile in) throws IOException;
  }

  /** Not a channel: that would be closed if the thread were interrupted. */
  private <T> T opened(Reading<T> reading) {
    if (!Files.exists(file)) {
      throw problem(
          String.format(Locale.ROOT, "does not exist (looked for %s)", file.toAbsolutePath()),
          null);
    }
    if (Files.isDirectory(file)) {
      throw problem("is a directory; name a file in it", null);
    }
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      return reading.from(in);
    } catch (IOException e) {
      throw problem("cannot be read: " + IoReason.of(e), e);
    }
  }

  private Snapshot read(boolean withTraining) {
    return opened(in -> {
      Header header = header(in);
      List<String> parameters = parsed(header, "parameters", Json::names);
      Set<String> wanted = new HashSet<>(parameters);
      if (wanted.size() < parameters.size()) {
        throw damaged("its metadata 'parameters' has a name twice", null);
      }
      requireParameters(header, parameters);
      TrainingConfig config = parsed(header, "configuration", Json::config);
      requirePlausible(header, parameters.size(), config.model());
      Vocabulary vocabulary =
          parsed(header, "vocabulary", json -> Json.vocabulary(json, maxSymbols(header)));
      Optional<Json.Training> training = training(header);
      Map<String, HostTensor> tensors =
          data(in, header, name -> withTraining || wanted.contains(name));
      Map<String, HostTensor> parameterTensors = new LinkedHashMap<>();
      for (String name : parameters) {
        parameterTensors.put(name, Objects.requireNonNull(tensors.remove(name)));
      }
      return new Snapshot(
          new SavedModel(config, vocabulary, parameterTensors, origin(header)),
          training
              .filter(_ -> withTraining)
              .map(state -> new TrainingState(state.progress(), state.corpus(), tensors)));
    });
  }

  private Optional<Json.Training> training(Header header) {
    return header.metadata().containsKey("training")
        ? Optional.of(parsed(header, "training", Json::training))
        : Optional.empty();
  }

  // ---- the header

  private Header header(RandomAccessFile in) throws IOException {
    Header header;
    try {
      header = Header.read(in, "checkpoint", MAX_HEADER_BYTES);
    } catch (IllegalArgumentException e) {
      throw problem(String.valueOf(e.getMessage()), e);
    }
    requireFormat(header);
    return header;
  }

  private void requireFormat(Header header) {
    String format = header.metadata().get("format");
    if (!CheckpointWriter.FORMAT.equals(format)) {
      throw problem(
          String.format(
              Locale.ROOT,
              "is a safetensors file of another program (format %s, expected '%s')",
              format == null ? "not given" : "'" + format + "'",
              CheckpointWriter.FORMAT),
          null);
    }
    String version = header.metadata().get("formatVersion");
    if (version == null || !VERSIONS.contains(version)) {
      throw problem(
          String.format(
              Locale.ROOT,
              "has format version %s, this charrnn reads versions 2 and %s; use the charrnn that wrote it, or a newer one",
              version,
              CheckpointWriter.VERSION),
          null);
    }
  }

  private void requireParameters(Header header, List<String> parameters) {
    Map<String, TensorEntry> entries = HashMap.newHashMap(header.tensors().size());
    header.tensors().forEach(tensor -> entries.put(tensor.name(), tensor));
    for (String name : parameters) {
      TensorEntry entry = entries.get(name);
      if (entry == null) {
        throw damaged(String.format(Locale.ROOT, "its parameter '%s' is missing", name), null);
      }
      if (shape(entry).isEmpty()) {
        throw damaged(
            String.format(
                Locale.ROOT,
                "its parameter '%s' is %s, expected F32 with 1 to 8 sizes of at least 1",
                name,
                entry.describe()),
            null);
      }
    }
  }

  /** The shape of a tensor that charrnn can use. */
  private static Optional<Shape> shape(TensorEntry entry) {
    return entry
        .floats()
        .filter(floats -> floats.type() == FloatType.F32)
        .map(TensorEntry.Floats::shape);
  }

  /** No size of a model exceeds the number of its parameters. */
  private void requirePlausible(Header header, int parameters, ModelConfig config) {
    requireAtMost("layers", config.layers(), parameters);
    requireAtMost("hiddenSize", config.hiddenSize(), header.dataBytes() / 4);
    requireAtMost("embeddingSize", config.embeddingColumns(), header.dataBytes() / 4);
  }

  private void requireAtMost(String name, int size, long most) {
    if (size > most) {
      throw damaged(
          String.format(
              Locale.ROOT,
              "its configuration says %s %d, but it contains too few parameters for that",
              name,
              size),
          null);
    }
  }

  /** Each symbol has at least one parameter. */
  private static long maxSymbols(Header header) {
    return Math.max(FEW_SYMBOLS, header.dataBytes() / 4);
  }

  private <T> T parsed(Header header, String key, Function<String, T> parse) {
    String text = header.metadata().get(key);
    if (text == null) {
      throw damaged(String.format(Locale.ROOT, "its metadata lacks '%s'", key), null);
    }
    try {
      return parse.apply(text);
    } catch (JacksonException | CharRnnException | IllegalArgumentException e) {
      throw damaged(
          String.format(Locale.ROOT, "its metadata '%s' is not valid: %s", key, firstLine(e)), e);
    }
  }

  private static String firstLine(Exception e) {
    Throwable cause = e.getCause() instanceof CharRnnException ? e.getCause() : e;
    String message =
        cause instanceof JacksonException json ? json.getOriginalMessage() : cause.getMessage();
    return Objects.requireNonNullElse(message, e.toString()).lines().findFirst().orElse("");
  }

  // ---- the data

  /** The wanted tensors; the others are read too, for the checksum. */
  private Map<String, HostTensor> data(RandomAccessFile in, Header header, Predicate<String> wanted)
      throws IOException {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    Chunks chunks = new Chunks();
    Checksum checksum = new Checksum(header);
    for (TensorEntry entry : header.tensors()) {
      Chunks.Sink sink = (chunk, length) -> checksum.update(entry, chunk, length);
      Optional<Shape> shape = shape(entry).filter(_ -> wanted.test(entry.name()));
      if (shape.isPresent()) {
        HostTensor tensor = new HostTensor(shape.get(), new float[shape.get().elements()]);
        chunks.read(in, FloatType.F32, tensor.values(), sink);
        tensors.put(entry.name(), tensor);
      } else {
        chunks.skip(in, entry.bytes(), sink);
      }
    }
    requireChecksum(header, Checksum.KEY, checksum.value());
    checksum
        .valueOfVersion2()
        .ifPresent(value -> requireChecksum(header, Checksum.KEY_OF_VERSION_2, value));
    tensors.forEach((name, tensor) -> {
      if (!tensor.isFinite()) {
        throw problem(
            String.format(
                Locale.ROOT,
                "cannot be used: its tensor '%s' contains values that are not finite; its training diverged. Use an earlier copy of it",
                name),
            null);
      }
    });
    return tensors;
  }

  /** A file may be without a checksum. */
  private void requireChecksum(Header header, String key, String actual) {
    String expected = header.metadata().get(key);
    if (expected != null && !expected.equals(actual)) {
      throw damaged("its checksum does not match its contents", null);
    }
  }

  private CheckpointException damaged(String what, @Nullable Exception cause) {
    return problem(
        String.format(Locale.ROOT, "is damaged: %s; use an earlier copy of it", what), cause);
  }

  private CheckpointException problem(String what, @Nullable Exception cause) {
    return new CheckpointException(file, what, cause);
  }
}
