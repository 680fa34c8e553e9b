package org.charrnn.text.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.charrnn.api.CharRnnException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Reads a checkpoint and believes nothing in it before it was checked. Opens files for reading
 * only.
 */
final class CheckpointReader {

  /** The limit that other readers of the layout have as well. */
  private static final long MAX_HEADER_BYTES = 100_000_000;

  private static final int LENGTH_BYTES = 8;

  private final Path file;

  private CheckpointReader(Path file) {
    this.file = file;
  }

  static SavedModel readModel(Path file) {
    return new CheckpointReader(file).read(false).model();
  }

  static Checkpoint read(Path file) {
    return new CheckpointReader(file).read(true);
  }

  /**
   * Says why this file is no checkpoint, judging by its header alone.
   *
   * @throws CheckpointException if it is none
   */
  static void requireCheckpoint(Path file) {
    CheckpointReader reader = new CheckpointReader(file);
    reader.opened(reader::header);
  }

  /** Does something with an open channel. */
  private interface Reading<T> {
    T from(FileChannel channel) throws IOException;
  }

  private <T> T opened(Reading<T> reading) {
    if (!Files.exists(file)) {
      throw problem("does not exist (looked for %s)".formatted(file.toAbsolutePath()), null);
    }
    if (Files.isDirectory(file)) {
      throw problem("is a directory; name a file in it", null);
    }
    try (FileChannel channel = FileChannel.open(file)) {
      return reading.from(channel);
    } catch (IOException e) {
      throw problem("cannot be read: " + e.getMessage(), e);
    }
  }

  private Checkpoint read(boolean withTraining) {
    return opened(channel -> {
      Header header = header(channel);
      List<String> parameters = parsed(header, "parameters", Json::names);
      Set<String> wanted = new HashSet<>(parameters);
      Map<String, HostTensor> tensors =
          data(channel, header, name -> withTraining || wanted.contains(name));
      Map<String, HostTensor> parameterTensors = new LinkedHashMap<>();
      for (String name : parameters) {
        HostTensor tensor = tensors.remove(name);
        if (tensor == null) {
          throw damaged("its parameter '%s' is missing".formatted(name), null);
        }
        parameterTensors.put(name, tensor);
      }
      SavedModel model =
          new SavedModel(
              parsed(header, "configuration", Json::config),
              parsed(header, "vocabulary", Json::vocabulary),
              parameterTensors);
      return new Checkpoint(model, withTraining ? training(header, tensors) : Optional.empty());
    });
  }

  private Optional<TrainingState> training(Header header, Map<String, HostTensor> tensors) {
    if (!header.metadata().containsKey("training")) {
      return Optional.empty();
    }
    Json.Training training = parsed(header, "training", Json::training);
    return Optional.of(new TrainingState(training.progress(), training.corpus(), tensors));
  }

  // ---- the header

  private Header header(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < LENGTH_BYTES) {
      throw problem("is no checkpoint, or was truncated: it has %d bytes".formatted(size), null);
    }
    ByteBuffer length = ByteBuffer.allocate(LENGTH_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    readFully(channel, length);
    long headerBytes = length.getLong(0);
    if (headerBytes < 2 || headerBytes > MAX_HEADER_BYTES) {
      throw problem(
          "is no checkpoint: its first 8 bytes announce a header of %s bytes"
              .formatted(Long.toUnsignedString(headerBytes)),
          null);
    }
    if (headerBytes > size - LENGTH_BYTES) {
      throw problem(
          "is truncated, or no checkpoint: a header of %d bytes is announced, the file has %d bytes"
              .formatted(headerBytes, size),
          null);
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) headerBytes);
    readFully(channel, bytes);
    Header header = decode(bytes.array());
    requireFormat(header);
    long expected = LENGTH_BYTES + headerBytes + header.dataBytes();
    if (size != expected) {
      throw problem(
          "%s: its header describes %d bytes, the file has %d"
              .formatted(size < expected ? "is truncated" : "is damaged", expected, size),
          null);
    }
    return header;
  }

  private Header decode(byte[] bytes) {
    try {
      return Header.decode(bytes);
    } catch (JacksonException e) {
      throw problem(
          "is no checkpoint: its header is not JSON (%s)".formatted(e.getOriginalMessage()), e);
    } catch (IllegalArgumentException e) {
      throw problem("cannot be used: " + e.getMessage(), e);
    }
  }

  private void requireFormat(Header header) {
    String format = header.metadata().get("format");
    if (!CheckpointWriter.FORMAT.equals(format)) {
      throw problem(
          "is a safetensors file of another program (format %s, expected '%s')"
              .formatted(
                  format == null ? "not given" : "'" + format + "'", CheckpointWriter.FORMAT),
          null);
    }
    String version = header.metadata().get("formatVersion");
    if (!CheckpointWriter.VERSION.equals(version)) {
      throw problem(
          "has format version %s, this charrnn reads version %s; use the charrnn that wrote it, or a newer one"
              .formatted(version, CheckpointWriter.VERSION),
          null);
    }
  }

  private <T> T parsed(Header header, String key, Function<String, T> parse) {
    String text = header.metadata().get(key);
    if (text == null) {
      throw damaged("its metadata lacks '%s'".formatted(key), null);
    }
    try {
      return parse.apply(text);
    } catch (JacksonException | CharRnnException | IllegalArgumentException e) {
      throw damaged("its metadata '%s' cannot be understood: %s".formatted(key, firstLine(e)), e);
    }
  }

  private static String firstLine(Exception e) {
    Throwable cause = e.getCause() instanceof CharRnnException ? e.getCause() : e;
    String message =
        cause instanceof JacksonException json ? json.getOriginalMessage() : cause.getMessage();
    return Objects.requireNonNullElse(message, e.toString()).lines().findFirst().orElse("");
  }

  // ---- the data

  /** The tensors that are wanted; the others are read too, for the checksum. */
  private Map<String, HostTensor> data(
      FileChannel channel, Header header, java.util.function.Predicate<String> wanted)
      throws IOException {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    Chunks chunks = new Chunks();
    CRC32C crc = header.checksum();
    for (Header.Entry entry : header.tensors()) {
      float[] values = new float[entry.shape().elements()];
      chunks.read(
          values,
          piece -> {
            readFully(channel, piece);
            crc.update(piece.duplicate());
          });
      if (wanted.test(entry.name())) {
        tensors.put(entry.name(), new HostTensor(entry.shape(), values));
      }
    }
    if (!Header.format(crc).equals(header.metadata().get(Header.CHECKSUM))) {
      throw damaged("its checksum does not fit its contents", null);
    }
    return tensors;
  }

  /** Fills the buffer, and flips it. */
  private static void readFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("the file ends too early");
      }
    }
    buffer.flip();
  }

  private CheckpointException damaged(String what, @Nullable Exception cause) {
    return problem("is damaged: %s; take an earlier copy of it".formatted(what), cause);
  }

  private CheckpointException problem(String what, @Nullable Exception cause) {
    return new CheckpointException(file, what, cause);
  }
}
