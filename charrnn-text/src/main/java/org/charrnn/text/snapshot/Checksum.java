package org.charrnn.text.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.charrnn.text.safetensors.Header;
import org.charrnn.text.safetensors.TensorEntry;

/**
 * The checksum of a checkpoint, CRC-32C, as docs/checkpoint-format.md defines it. It does not
 * depend on the order of tensors and metadata in the file.
 *
 * <p>Files of format version 2 have another one, which depends on the order of the tensors.
 *
 * <p><b>Thread safety.</b> None.
 */
final class Checksum {

  static final String KEY = "checksum";
  static final String KEY_OF_VERSION_2 = "crc32c";

  private final Header header;
  private final boolean isOfVersion2;
  private final CRC32C inOrder = new CRC32C();
  private final Map<String, CRC32C> data = new HashMap<>();

  /** A checksum that has seen none of the data. */
  Checksum(Header header) {
    this.header = header;
    this.isOfVersion2 = header.metadata().containsKey(KEY_OF_VERSION_2);
    header
        .metadata()
        .forEach((key, value) -> {
          if (!key.equals(KEY_OF_VERSION_2)) {
            inOrder.update((key + "\0" + value + "\0").getBytes(UTF_8));
          }
        });
    for (TensorEntry tensor : header.tensors()) {
      inOrder.update((tensor.name() + "\0" + list(tensor, ", ") + "\0").getBytes(UTF_8));
    }
  }

  /** Adds the next bytes of a tensor; tensors come in the order of their data. */
  void update(TensorEntry tensor, byte[] bytes, int length) {
    data.computeIfAbsent(tensor.name(), _ -> new CRC32C()).update(bytes, 0, length);
    if (isOfVersion2) {
      inOrder.update(bytes, 0, length);
    }
  }

  /** The checksum of all data that was added. */
  String value() {
    CRC32C crc = new CRC32C();
    List<String> keys = sorted(header.metadata().keySet().toArray(String[]::new));
    for (String key : keys) {
      if (!key.equals(KEY)) {
        crc.update((key + "\0" + header.metadata().get(key) + "\0").getBytes(UTF_8));
      }
    }
    Map<String, TensorEntry> byName = HashMap.newHashMap(header.tensors().size());
    header.tensors().forEach(tensor -> byName.put(tensor.name(), tensor));
    for (String name : sorted(byName.keySet().toArray(String[]::new))) {
      TensorEntry tensor = java.util.Objects.requireNonNull(byName.get(name));
      String contents = format(data.getOrDefault(name, new CRC32C()));
      String line =
          String.format(
              Locale.ROOT, "%s\0%s\0%s\0%s\0", name, tensor.type(), list(tensor, ","), contents);
      crc.update(line.getBytes(UTF_8));
    }
    return format(crc);
  }

  /** The checksum of format version 2, if the header has one. */
  Optional<String> valueOfVersion2() {
    return isOfVersion2 ? Optional.of(format(inOrder)) : Optional.empty();
  }

  /** In the order of their UTF-8 bytes, which is that of their code points. */
  private static List<String> sorted(String[] names) {
    Arrays.sort(names, (a, b) -> Arrays.compareUnsigned(a.getBytes(UTF_8), b.getBytes(UTF_8)));
    return List.of(names);
  }

  private static String list(TensorEntry tensor, String separator) {
    StringBuilder list = new StringBuilder("[");
    for (int axis = 0; axis < tensor.sizes().length(); axis++) {
      list.append(axis == 0 ? "" : separator).append(tensor.sizes().get(axis));
    }
    return list.append(']').toString();
  }

  private static String format(CRC32C crc) {
    return java.util.HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
