package org.charrnn.text.safetensors;

import com.google.common.primitives.ImmutableLongArray;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Parses headers strictly and in one pass: time is linear in the size of the header, and memory a
 * small multiple of it.
 */
final class HeaderParser {

  private static final int MAX_NAME_LENGTH = 256;
  private static final int MAX_TENSORS = 1 << 16;
  private static final int MAX_AXES = 1 << 16;

  /** Reads and writes headers. */
  static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonParser json;
  private final Map<String, String> metadata = new TreeMap<>();
  private final List<TensorEntry> tensors = new ArrayList<>();

  private HeaderParser(JsonParser json) {
    this.json = json;
  }

  /**
   * Parses a header.
   *
   * @throws IllegalArgumentException if it is not a header of a safetensors file
   * @throws JacksonException if it is not JSON
   */
  static Header parse(byte[] bytes) {
    require(bytes.length > 0 && bytes[0] == '{', "the header does not begin with '{'");
    require(isUtf8(bytes), "the header is not UTF-8");
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes)) {
      return new HeaderParser(json).parse();
    }
  }

  private static boolean isUtf8(byte[] bytes) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(1 << 13);
    CoderResult result;
    do {
      result = decoder.decode(in, out.clear(), true);
    } while (result.isOverflow());
    return result.isUnderflow();
  }

  private Header parse() {
    json.nextToken();
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = json.currentName();
      require(name.length() <= MAX_NAME_LENGTH, "a name has more than 256 characters");
      if (name.equals(Header.METADATA)) {
        readMetadata();
      } else {
        require(tensors.size() < MAX_TENSORS, "it describes more than 65536 tensors");
        tensors.add(tensor(name));
      }
    }
    require(json.nextToken() == null, "the header contains more than one JSON value");
    return new Header(metadata, inOrder());
  }

  private void readMetadata() {
    require(json.nextToken() == JsonToken.START_OBJECT, "'__metadata__' is not a JSON object");
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      String key = json.currentName();
      require(
          json.nextToken() == JsonToken.VALUE_STRING, "a value of the metadata is not a string");
      metadata.put(key, json.getString());
    }
  }

  private TensorEntry tensor(String name) {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw invalid(name, "is not a JSON object");
    }
    String type = "";
    long[] sizes = null;
    long[] offsets = {};
    while (json.nextToken() == JsonToken.PROPERTY_NAME) {
      switch (json.currentName()) {
        case "dtype" -> {
          if (json.nextToken() != JsonToken.VALUE_STRING || json.getStringLength() > 16) {
            throw invalid(name, "has an invalid dtype");
          }
          type = json.getString().intern();
        }
        case "shape" -> sizes = numbers(name, "shape", MAX_AXES);
        case "data_offsets" -> offsets = numbers(name, "data_offsets", 2);
        default -> throw invalid(name, "has an unknown property '" + json.currentName() + "'");
      }
    }
    if (sizes == null || type.isEmpty() || offsets.length != 2 || offsets[0] > offsets[1]) {
      throw invalid(name, "lacks dtype or shape, or has invalid data_offsets");
    }
    TensorEntry entry =
        new TensorEntry(name, type, ImmutableLongArray.copyOf(sizes), offsets[0], offsets[1]);
    if (!entry.hasConsistentSize()) {
      throw invalid(
          name,
          String.format(
              Locale.ROOT, "is %s, which does not take %d bytes", entry.describe(), entry.bytes()));
    }
    return entry;
  }

  private long[] numbers(String name, String property, int most) {
    if (json.nextToken() != JsonToken.START_ARRAY) {
      throw invalid(name, "has no array of numbers as " + property);
    }
    long[] numbers = new long[2];
    int count = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (count == most
          || json.currentToken() != JsonToken.VALUE_NUMBER_INT
          || json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
          || json.getLongValue() < 0) {
        throw invalid(name, "has invalid numbers as " + property);
      }
      if (count == numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * count);
      }
      numbers[count++] = json.getLongValue();
    }
    return Arrays.copyOf(numbers, count);
  }

  /** The tensors in the order of their data, which must have neither gaps nor overlaps. */
  private List<TensorEntry> inOrder() {
    tensors.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
    long begin = 0;
    for (TensorEntry tensor : tensors) {
      if (tensor.begin() != begin) {
        throw invalid(
            tensor.name(),
            String.format(
                Locale.ROOT,
                "begins at offset %d, expected %d: the data has %s",
                tensor.begin(),
                begin,
                tensor.begin() < begin ? "an overlap" : "a gap"));
      }
      begin = tensor.end();
    }
    return tensors;
  }

  private static IllegalArgumentException invalid(String tensor, String problem) {
    return new IllegalArgumentException(
        String.format(Locale.ROOT, "tensor '%s' %s", tensor, problem));
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }
}
