package org.charrnn.interchange.safetensors;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.charrnn.interchange.failure.InterchangeException;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.safetensors.Chunks;
import org.charrnn.text.safetensors.Header;
import org.charrnn.text.safetensors.TensorEntry;

/**
 * A safetensors file: tensors and strings by name.
 *
 * @param metadata strings by name
 * @param tensors tensors by name, in the order of their data
 */
public record SafetensorsFile(Map<String, String> metadata, Map<String, HostTensor> tensors) {

  /** The largest header that the reference implementation accepts. */
  private static final int MAX_HEADER_BYTES = 100_000_000;

  private static final Chunks.Sink NOWHERE = (_, _) -> {};

  /**
   * Reads a file. F64, F32, F16 and BF16 become floats; other types are refused.
   *
   * @throws InterchangeException if the file cannot be read, is malformed, or has a number that is
   *     not finite; nothing is allocated for a tensor before its size was compared with the file
   */
  public static SafetensorsFile read(Path file) {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      Header header = header(file, in);
      Chunks chunks = new Chunks();
      Map<String, HostTensor> tensors = new LinkedHashMap<>();
      for (TensorEntry entry : header.tensors()) {
        tensors.put(entry.name(), tensor(file, in, chunks, entry));
      }
      return new SafetensorsFile(header.metadata(), tensors);
    } catch (EOFException e) {
      throw new InterchangeException(file, "ended while it was read", e);
    } catch (IOException e) {
      throw new InterchangeException(file, "cannot be read: " + e, e);
    }
  }

  private static Header header(Path file, RandomAccessFile in) throws IOException {
    try {
      return Header.read(in, "safetensors file", MAX_HEADER_BYTES);
    } catch (IllegalArgumentException e) {
      throw new InterchangeException(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static HostTensor tensor(Path file, RandomAccessFile in, Chunks chunks, TensorEntry entry)
      throws IOException {
    TensorEntry.Floats floats =
        entry
            .floats()
            .orElseThrow(() ->
                new InterchangeException(
                    file,
                    String.format(
                        Locale.ROOT,
                        "has tensor '%s', %s; only F64, F32, F16 and BF16 with 0 to 8 sizes of at least 1 can be read. Remove it or convert it.",
                        entry.name(),
                        entry.describe())));
    float[] values = new float[floats.shape().elements()];
    chunks.read(in, floats.type(), values, NOWHERE);
    HostTensor tensor = new HostTensor(floats.shape(), values);
    if (!tensor.isFinite()) {
      throw InterchangeException.notFinite(file.toString(), entry.name());
    }
    return tensor;
  }

  /** Writes the file as the reference implementation would: sorted by name, the data aligned. */
  public void write(Path file) throws IOException {
    Map<String, HostTensor> sorted = new TreeMap<>(tensors);
    byte[] header = header(sorted).encode();
    Chunks chunks = new Chunks();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      out.write(
          ByteBuffer.allocate(Long.BYTES)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putLong(header.length)
              .array());
      out.write(header);
      for (HostTensor tensor : sorted.values()) {
        chunks.write(tensor.values(), (bytes, length) -> out.write(bytes, 0, length));
      }
    }
  }

  private Header header(Map<String, HostTensor> sorted) {
    List<TensorEntry> entries = new ArrayList<>();
    long begin = 0;
    for (Map.Entry<String, HostTensor> tensor : sorted.entrySet()) {
      TensorEntry entry = TensorEntry.of(tensor.getKey(), tensor.getValue().shape(), begin);
      entries.add(entry);
      begin = entry.end();
    }
    return new Header(metadata, entries);
  }
}
