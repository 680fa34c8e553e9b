package org.charrnn.text.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.charrnn.graph.Shape;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The header of a safetensors file: strings by name, and where each tensor lies. The layout is that
 * of https://github.com/huggingface/safetensors, "Format".
 *
 * @param metadata strings by name, sorted
 * @param tensors in the order in which their data lies in the file
 */
record Header(Map<String, String> metadata, List<Entry> tensors) {

  static final String METADATA = "__metadata__";
  static final String CHECKSUM = "crc32c";
  static final int ALIGNMENT = 8;

  /** Where a tensor lies. */
  record Entry(String name, Shape shape) {
    long bytes() {
      return 4L * shape.elements();
    }
  }

  Header {
    metadata = new TreeMap<>(metadata);
    tensors = List.copyOf(tensors);
  }

  long dataBytes() {
    return tensors.stream().mapToLong(Entry::bytes).sum();
  }

  // ---- writing

  /** The header as JSON, padded so that the data after it is aligned. */
  byte[] encode() {
    ObjectNode root = Json.MAPPER.createObjectNode();
    ObjectNode strings = root.putObject(METADATA);
    metadata.forEach(strings::put);
    long begin = 0;
    for (Entry tensor : tensors) {
      ObjectNode node = root.putObject(tensor.name());
      node.put("dtype", "F32");
      var shape = node.putArray("shape");
      for (int axis = 0; axis < tensor.shape().rank(); axis++) {
        shape.add(tensor.shape().size(axis));
      }
      node.putArray("data_offsets").add(begin).add(begin + tensor.bytes());
      begin += tensor.bytes();
    }
    byte[] json = Json.MAPPER.writeValueAsBytes(root);
    byte[] padded = Arrays.copyOf(json, Math.ceilDiv(json.length, ALIGNMENT) * ALIGNMENT);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  /** A checksum that has seen all of this header but the checksum itself; the data is to follow. */
  CRC32C checksum() {
    CRC32C crc = new CRC32C();
    metadata.forEach((key, value) -> {
      if (!key.equals(CHECKSUM)) {
        crc.update((key + "\0" + value + "\0").getBytes(UTF_8));
      }
    });
    tensors.forEach(
        tensor -> crc.update((tensor.name() + "\0" + tensor.shape() + "\0").getBytes(UTF_8)));
    return crc;
  }

  Header withChecksum(CRC32C crc) {
    Map<String, String> completed = new TreeMap<>(metadata);
    completed.put(CHECKSUM, format(crc));
    return new Header(completed, tensors);
  }

  static String format(CRC32C crc) {
    return "%08x".formatted(crc.getValue());
  }

  // ---- reading

  /**
   * Reads a header.
   *
   * @throws IllegalArgumentException if it says something that cannot be
   * @throws tools.jackson.core.JacksonException if it is not JSON
   */
  static Header decode(byte[] bytes) {
    JsonNode root = Json.MAPPER.readTree(bytes);
    require(root.isObject(), "its header is no JSON object");
    Map<String, String> metadata = new TreeMap<>();
    Map<Entry, long[]> offsets = new LinkedHashMap<>();
    root.forEachEntry((name, node) -> {
      if (name.equals(METADATA)) {
        node.forEachEntry((key, value) -> metadata.put(key, value.asString()));
      } else {
        Entry entry = new Entry(name, shape(name, node));
        offsets.put(entry, offsets(name, node));
      }
    });
    return new Header(metadata, inOrder(offsets));
  }

  private static List<Entry> inOrder(Map<Entry, long[]> offsets) {
    List<Map.Entry<Entry, long[]>> sorted = new ArrayList<>(offsets.entrySet());
    sorted.sort(Comparator.comparingLong(tensor -> tensor.getValue()[0]));
    long begin = 0;
    for (Map.Entry<Entry, long[]> tensor : sorted) {
      long end = begin + tensor.getKey().bytes();
      require(
          tensor.getValue()[0] == begin && tensor.getValue()[1] == end,
          "tensor '%s' of shape %s should lie at [%d, %d), the header says %s"
              .formatted(
                  tensor.getKey().name(),
                  tensor.getKey().shape(),
                  begin,
                  end,
                  Arrays.toString(tensor.getValue())));
      begin = end;
    }
    return sorted.stream().map(Map.Entry::getKey).toList();
  }

  private static Shape shape(String name, JsonNode node) {
    String type = node.path("dtype").asString("");
    require(type.equals("F32"), "tensor '%s' has type '%s', expected F32".formatted(name, type));
    JsonNode shape = node.path("shape");
    require(shape.isArray(), "tensor '%s' has no shape".formatted(name));
    int[] sizes = new int[shape.size()];
    for (int axis = 0; axis < sizes.length; axis++) {
      JsonNode size = shape.get(axis);
      require(
          size.canConvertToInt(), "tensor '%s' has an impossible shape %s".formatted(name, shape));
      sizes[axis] = size.intValue();
    }
    return Shape.of(sizes);
  }

  private static long[] offsets(String name, JsonNode node) {
    JsonNode offsets = node.path("data_offsets");
    require(
        offsets.size() == 2
            && offsets.get(0).canConvertToLong()
            && offsets.get(1).canConvertToLong(),
        "tensor '%s' has impossible data_offsets %s".formatted(name, offsets));
    return new long[] {offsets.get(0).longValue(), offsets.get(1).longValue()};
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }
}
