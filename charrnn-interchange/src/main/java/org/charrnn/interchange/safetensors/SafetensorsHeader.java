package org.charrnn.interchange.safetensors;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The header of a safetensors file: strings by name, and the place of each tensor.
 *
 * <p>Source: "Format" of https://github.com/huggingface/safetensors. Duplicate names are refused
 * too, which that implementation accepts.
 *
 * @param metadata strings by name
 * @param tensors in the order of their data
 */
record SafetensorsHeader(Map<String, String> metadata, List<Entry> tensors) {

  /** The largest header that the reference implementation accepts. */
  static final int MAX_BYTES = 100_000_000;

  private static final String METADATA = "__metadata__";
  private static final Set<String> PROPERTIES = Set.of("dtype", "shape", "data_offsets");
  private static final int MAX_RANK = 8;
  private static final Map<String, Integer> BITS =
      Map.ofEntries(
          Map.entry("BOOL", 8),
          Map.entry("U8", 8),
          Map.entry("I8", 8),
          Map.entry("F8_E5M2", 8),
          Map.entry("F8_E4M3", 8),
          Map.entry("I16", 16),
          Map.entry("U16", 16),
          Map.entry("F16", 16),
          Map.entry("BF16", 16),
          Map.entry("I32", 32),
          Map.entry("U32", 32),
          Map.entry("F32", 32),
          Map.entry("I64", 64),
          Map.entry("U64", 64),
          Map.entry("F64", 64));
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * A tensor.
   *
   * @param type the name of the type of its elements, as in the file
   * @param begin where its data begins, counted from the end of the header
   * @param end where its data ends
   */
  record Entry(String name, String type, List<Long> shape, long begin, long end) {

    /** The number of elements. */
    long elements() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }

    /** The type, if its elements are numbers that become floats. */
    Optional<ElementType> floats() {
      for (ElementType candidate : ElementType.values()) {
        if (candidate.name().equals(type)) {
          return Optional.of(candidate);
        }
      }
      return Optional.empty();
    }
  }

  /**
   * Reads a header.
   *
   * @param dataBytes the number of bytes that follow it in the file
   * @throws IllegalArgumentException if the file is malformed; the message is the rest of a
   *     sentence about it
   */
  static SafetensorsHeader parse(byte[] bytes, long dataBytes) {
    JsonNode root = root(bytes);
    Map<String, String> metadata = new LinkedHashMap<>();
    List<Entry> tensors = new ArrayList<>();
    for (Map.Entry<String, JsonNode> property : root.properties()) {
      if (property.getKey().equals(METADATA)) {
        readMetadata(property.getValue(), metadata);
      } else {
        tensors.add(entry(property.getKey(), property.getValue()));
      }
    }
    tensors.sort(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end));
    requireContiguous(tensors, dataBytes);
    return new SafetensorsHeader(metadata, tensors);
  }

  private static JsonNode root(byte[] bytes) {
    if (bytes.length == 0 || bytes[0] != '{') {
      throw new IllegalArgumentException("has a header that does not begin with '{'");
    }
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException _) {
      throw new IllegalArgumentException("has a header that is not valid UTF-8");
    }
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "has a header that is not valid JSON, or names a key twice", e);
    }
  }

  private static void readMetadata(JsonNode node, Map<String, String> metadata) {
    if (!node.isObject()) {
      throw new IllegalArgumentException("has a '__metadata__' that is not an object");
    }
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      if (!property.getValue().isString()) {
        throw new IllegalArgumentException(
            "has metadata '" + property.getKey() + "' that is not a string");
      }
      metadata.put(property.getKey(), property.getValue().stringValue());
    }
  }

  private static Entry entry(String name, JsonNode node) {
    String tensor = "has a tensor '" + name + "' ";
    if (!node.isObject() || !Set.copyOf(node.propertyNames()).equals(PROPERTIES)) {
      throw new IllegalArgumentException(
          tensor + "that is not described by dtype, shape and data_offsets alone");
    }
    String type = node.get("dtype").isString() ? node.get("dtype").stringValue() : "";
    Integer bits = BITS.get(type);
    if (bits == null) {
      throw new IllegalArgumentException(tensor + "of unknown type " + node.get("dtype"));
    }
    List<Long> shape = integers(node.get("shape"), MAX_RANK, tensor + "with an impossible shape");
    List<Long> offsets =
        integers(node.get("data_offsets"), 2, tensor + "with impossible data_offsets");
    if (offsets.size() != 2) {
      throw new IllegalArgumentException(tensor + "with impossible data_offsets");
    }
    Entry entry = new Entry(name, type, shape, offsets.get(0), offsets.get(1));
    requireSize(entry, bits / 8, tensor);
    return entry;
  }

  private static void requireSize(Entry entry, int bytesPerElement, String tensor) {
    long bytes;
    try {
      bytes = Math.multiplyExact(entry.elements(), bytesPerElement);
    } catch (ArithmeticException _) {
      throw new IllegalArgumentException(tensor + "whose size overflows: " + entry.shape());
    }
    if (entry.end() - entry.begin() != bytes) {
      throw new IllegalArgumentException(
          tensor
              + String.format(
                  Locale.ROOT,
                  "of %d bytes in a place of %d bytes",
                  bytes,
                  entry.end() - entry.begin()));
    }
  }

  /** Whole numbers that are not negative. */
  private static List<Long> integers(JsonNode array, int most, String problem) {
    if (!array.isArray() || array.size() > most) {
      throw new IllegalArgumentException(problem);
    }
    List<Long> numbers = new ArrayList<>();
    for (JsonNode number : array) {
      if (!number.isIntegralNumber() || !number.canConvertToLong() || number.longValue() < 0) {
        throw new IllegalArgumentException(problem);
      }
      numbers.add(number.longValue());
    }
    return List.copyOf(numbers);
  }

  private static void requireContiguous(List<Entry> tensors, long dataBytes) {
    long end = 0;
    for (Entry tensor : tensors) {
      if (tensor.begin() != end) {
        throw new IllegalArgumentException(
            String.format(
                Locale.ROOT,
                "has %s before tensor '%s'",
                tensor.begin() < end ? "an overlap" : "a hole",
                tensor.name()));
      }
      end = tensor.end();
    }
    if (end != dataBytes) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT, "has tensors of %d bytes, but %d bytes of data", end, dataBytes));
    }
  }
}
