package org.charrnn.text.safetensors;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * The header of a safetensors file: strings by name, and descriptions of tensors. The layout is
 * that of https://github.com/huggingface/safetensors, "Format".
 *
 * @param metadata strings by name, sorted
 * @param tensors in the order of their data
 */
public record Header(Map<String, String> metadata, List<TensorEntry> tensors) {

  static final String METADATA = "__metadata__";
  private static final int ALIGNMENT = 8;

  /** Sorts the metadata and copies the list. */
  public Header {
    metadata = new TreeMap<>(metadata);
    tensors = List.copyOf(tensors);
  }

  /**
   * Reads the header of a file. Its sizes are compared with the size of the file before memory is
   * allocated. Afterwards the file is positioned at its data.
   *
   * @param kind what the file is expected to be, for messages
   * @param maxBytes the maximum length of the header
   * @throws IllegalArgumentException if the file is malformed; the message is the rest of a
   *     sentence about the file
   */
  public static Header read(RandomAccessFile in, String kind, int maxBytes) throws IOException {
    return new HeaderReader(in, kind, maxBytes).read();
  }

  /** Loads the classes that {@link #read} needs. */
  public static void preload() {
    HeaderParser.parse("{}".getBytes(StandardCharsets.UTF_8));
  }

  /** The number of bytes of the data of all tensors. */
  public long dataBytes() {
    return tensors.isEmpty() ? 0 : tensors.getLast().end();
  }

  /** This header with one more string. */
  public Header with(String key, String value) {
    Map<String, String> completed = new TreeMap<>(metadata);
    completed.put(key, value);
    return new Header(completed, tensors);
  }

  /** The header as JSON, padded with spaces so that the data after it is aligned. */
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json =
        HeaderParser.JSON.createGenerator(ObjectWriteContext.empty(), bytes)) {
      json.writeStartObject();
      json.writeObjectPropertyStart(METADATA);
      metadata.forEach(json::writeStringProperty);
      json.writeEndObject();
      for (TensorEntry tensor : tensors) {
        json.writeObjectPropertyStart(tensor.name());
        json.writeStringProperty("dtype", tensor.type());
        json.writeName("shape");
        json.writeArray(tensor.sizes().toArray(), 0, tensor.sizes().length());
        json.writeName("data_offsets");
        json.writeArray(new long[] {tensor.begin(), tensor.end()}, 0, 2);
        json.writeEndObject();
      }
      json.writeEndObject();
    }
    while (bytes.size() % ALIGNMENT != 0) {
      bytes.write(' ');
    }
    return bytes.toByteArray();
  }
}
