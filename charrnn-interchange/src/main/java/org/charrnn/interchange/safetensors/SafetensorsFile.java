package org.charrnn.interchange.safetensors;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.charrnn.graph.Shape;
import org.charrnn.interchange.failure.InterchangeException;
import org.charrnn.text.checkpoint.HostTensor;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A safetensors file: tensors and strings by name.
 *
 * @param metadata strings by name
 * @param tensors tensors by name, in the order of their data
 */
public record SafetensorsFile(Map<String, String> metadata, Map<String, HostTensor> tensors) {

  private static final int ALIGNMENT = 8;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * Reads a file. F64, F32, F16 and BF16 become floats; other types are refused.
   *
   * @throws InterchangeException if the file cannot be read or is malformed; nothing is allocated
   *     for a tensor before its size was compared with the file
   */
  public static SafetensorsFile read(Path file) {
    try (DataInputStream in = new DataInputStream(Files.newInputStream(file))) {
      long size = Files.size(file);
      if (size < Long.BYTES) {
        throw new InterchangeException(
            file, "is too short for a safetensors file: " + size + " bytes");
      }
      long headerBytes = Long.reverseBytes(in.readLong());
      if (headerBytes < 0
          || headerBytes > SafetensorsHeader.MAX_BYTES
          || headerBytes > size - Long.BYTES) {
        throw new InterchangeException(
            file,
            String.format(
                Locale.ROOT,
                "is not a safetensors file: its header would have %s bytes, the file has %d",
                Long.toUnsignedString(headerBytes),
                size));
      }
      SafetensorsHeader header =
          SafetensorsHeader.parse(
              in.readNBytes((int) headerBytes), size - Long.BYTES - headerBytes);
      Map<String, HostTensor> tensors = new LinkedHashMap<>();
      for (SafetensorsHeader.Entry entry : header.tensors()) {
        tensors.put(entry.name(), tensor(file, in, entry));
      }
      return new SafetensorsFile(header.metadata(), tensors);
    } catch (EOFException e) {
      throw new InterchangeException(file, "ended while it was read", e);
    } catch (IOException e) {
      throw new InterchangeException(file, "cannot be read: " + e, e);
    } catch (IllegalArgumentException e) {
      throw new InterchangeException(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static HostTensor tensor(Path file, DataInputStream in, SafetensorsHeader.Entry entry)
      throws IOException {
    ElementType type =
        entry
            .floats()
            .orElseThrow(() ->
                new InterchangeException(
                    file,
                    String.format(
                        Locale.ROOT,
                        "has tensor '%s' of type %s; only F64, F32, F16 and BF16 can be read. Remove it or convert it.",
                        entry.name(),
                        entry.type())));
    if (entry.elements() == 0 || entry.end() - entry.begin() > Integer.MAX_VALUE) {
      throw new InterchangeException(
          file,
          String.format(
              Locale.ROOT, "has tensor '%s' of impossible shape %s", entry.name(), entry.shape()));
    }
    byte[] bytes = in.readNBytes((int) (entry.end() - entry.begin()));
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.length / type.bytes()];
    for (int i = 0; i < values.length; i++) {
      values[i] = type.read(buffer);
    }
    return new HostTensor(
        Shape.of(entry.shape().stream().mapToInt(Math::toIntExact).toArray()), values);
  }

  /** Writes the file as the reference implementation would: sorted by name, the data aligned. */
  public void write(Path file) throws IOException {
    Map<String, HostTensor> sorted = new TreeMap<>(tensors);
    byte[] header = header(sorted);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(
          ByteBuffer.allocate(Long.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(header.length)
              .array());
      out.write(header);
      for (HostTensor tensor : sorted.values()) {
        ByteBuffer bytes =
            ByteBuffer.allocate(4 * tensor.values().length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(tensor.values());
        out.write(bytes.array());
      }
    }
  }

  private byte[] header(Map<String, HostTensor> sorted) {
    ObjectNode root = JSON.createObjectNode();
    ObjectNode strings = root.putObject("__metadata__");
    new TreeMap<>(metadata).forEach(strings::put);
    long begin = 0;
    for (Map.Entry<String, HostTensor> tensor : sorted.entrySet()) {
      Shape shape = tensor.getValue().shape();
      ObjectNode node = root.putObject(tensor.getKey());
      node.put("dtype", "F32");
      ArrayNode sizes = node.putArray("shape");
      for (int axis = 0; axis < shape.rank(); axis++) {
        sizes.add(shape.size(axis));
      }
      long end = begin + 4L * shape.elements();
      node.putArray("data_offsets").add(begin).add(end);
      begin = end;
    }
    String json = JSON.writeValueAsString(root);
    int length = json.getBytes(StandardCharsets.UTF_8).length;
    String padded = json + " ".repeat(Math.ceilDiv(length, ALIGNMENT) * ALIGNMENT - length);
    return padded.getBytes(StandardCharsets.UTF_8);
  }
}
