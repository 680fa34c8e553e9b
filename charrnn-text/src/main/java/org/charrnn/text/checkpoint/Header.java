package org.charrnn.text.checkpoint;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/**
 * The header of a safetensors file: strings by name, and descriptions of tensors. The layout is
 * that of https://github.com/huggingface/safetensors, "Format".
 *
 * @param metadata strings by name, sorted
 * @param tensors in the order of their data
 */
record Header(Map<String, String> metadata, List<TensorEntry> tensors) {

  static final String METADATA = "__metadata__";
  static final int ALIGNMENT = 8;

  Header {
    metadata = new TreeMap<>(metadata);
    tensors = List.copyOf(tensors);
  }

  long dataBytes() {
    return tensors.isEmpty() ? 0 : tensors.getLast().end();
  }

  Header with(String key, String value) {
    Map<String, String> completed = new TreeMap<>(metadata);
    completed.put(key, value);
    return new Header(completed, tensors);
  }

  /** The header as JSON, padded with spaces so that the data after it is aligned. */
  byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
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
