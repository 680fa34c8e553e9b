package org.charrnn.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.charrnn.text.checkpoint.CheckpointException;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.evaluation.ModelDivergedException;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.snapshot.Snapshot;
import org.charrnn.text.training.Loss;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes checkpoints by hand, from docs/checkpoint-format.md and without any class of charrnn. */
class CheckpointFormatPageTest {

  private static final Path PAGE = Path.of("../docs/checkpoint-format.md");

  @TempDir Path folder;

  private final Map<String, String> metadata = new LinkedHashMap<>();
  private final Map<String, float[]> tensors = new LinkedHashMap<>();
  private final Map<String, String> shapes = new LinkedHashMap<>();

  /** A model of three symbols that always predicts the one after the last: a, b, c, a, b, ... */
  private void model() throws IOException {
    String page = Files.readString(PAGE);
    String configuration = page.substring(page.indexOf("```json") + 7);
    metadata.put("format", "charrnn");
    metadata.put("formatVersion", "3");
    metadata.put("configuration", configuration.substring(0, configuration.indexOf("```")));
    metadata.put("vocabulary", "{\"symbols\": [\"a\", \"b\", \"选\"], \"counts\": [1, 1, 1]}");
    tensor("embedding", "[3, 2]", 1, 0, -1, 0, 0, 1);
    for (String name : List.of("W", "W_r", "W_z", "U", "U_r", "U_z")) {
      boolean copies = name.equals("W");
      tensor("gru.0." + name, "[2, 2]", copies ? 9 : 0, 0, 0, copies ? 9 : 0);
    }
    tensor("gru.0.b", "[2]", 0, 0);
    tensor("gru.0.b_r", "[2]", 0, 0);
    tensor("gru.0.b_z", "[2]", -99, -99); // forgets the old state
    tensor("output.weight", "[2, 3]", -5, 5, 0, 5, -5, 0);
    tensor("output.bias", "[3]", 0, 0, 1);
    metadata.put(
        "parameters",
        "[" + String.join(",", tensors.keySet().stream().map(it -> quoted(it)).toList()) + "]");
  }

  private void tensor(String name, String shape, float... values) {
    tensors.put(name, values);
    shapes.put(name, shape);
  }

  private Path write(List<String> order) throws IOException {
    StringBuilder header = new StringBuilder("{");
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    for (String name : order) {
      int begin = data.size();
      data.writeBytes(bytes(tensors.get(name)));
      header.append(
          String.format(
              Locale.ROOT,
              "%s:{\"dtype\":\"F32\",\"shape\":%s,\"data_offsets\":[%d,%d]},",
              quoted(name),
              shapes.get(name),
              begin,
              data.size()));
    }
    List<String> entries = new ArrayList<>();
    metadata.forEach((key, value) -> entries.add(quoted(key) + ":" + quoted(value)));
    header.append("\"__metadata__\":{").append(String.join(",", entries)).append("}}");
    byte[] json = header.toString().getBytes(UTF_8);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, json.length).array());
    file.writeBytes(json);
    file.writeBytes(data.toByteArray());
    return Files.write(folder.resolve("model.ckpt"), file.toByteArray());
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
  }

  private String checksum() {
    StringBuilder text = new StringBuilder();
    new TreeMap<>(metadata)
        .forEach((key, value) -> text.append(key).append('\0').append(value).append('\0'));
    new TreeMap<>(tensors)
        .forEach((name, values) ->
            text.append(name)
                .append("\0F32\0")
                .append(shapes.get(name).replace(" ", ""))
                .append('\0')
                .append(crc(bytes(values)))
                .append('\0'));
    return crc(text.toString().getBytes(UTF_8));
  }

  private static String crc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return String.format(Locale.ROOT, "%08x", crc.getValue());
  }

  private static String generated(Path file) {
    try (LanguageModel model = TestRuns.charRnn().load(file)) {
      return model.generate(GenerationRequest.greedy("a", 4));
    }
  }

  @Test
  void fileWithoutChecksum_loads() throws IOException {
    model();
    assertEquals("ababa", generated(write(List.copyOf(tensors.keySet()))));
  }

  @Test
  void fileWithChecksum_loadsInAnyOrderOfTensors() throws IOException {
    model();
    metadata.put("checksum", checksum());
    List<String> order = new ArrayList<>(tensors.keySet());
    assertEquals("ababa", generated(write(order)));
    Collections.reverse(order);
    assertEquals("ababa", generated(write(order)));
  }

  @Test
  void fileWithWrongChecksum_isRefused() throws IOException {
    model();
    metadata.put("checksum", checksum());
    tensor("output.bias", "[3]", 0, 0, 2);
    Path file = write(List.copyOf(tensors.keySet()));
    var e = assertThrows(CheckpointException.class, () -> Snapshot.read(file));
    assertTrue(e.getMessage().contains("checksum"), e.getMessage());
  }

  /** Tensors that the model does not need may be of any shape. */
  @Test
  void furtherTensors_areIgnored() throws IOException {
    model();
    tensors.put("empty", new float[0]);
    shapes.put("empty", "[0, 7]");
    metadata.put("author", "someone");
    assertEquals("ababa", generated(write(List.copyOf(tensors.keySet()))));
  }

  /** Sizes that only evaluation uses are not trusted either. */
  @Test
  void hugeWindows_evaluateAsAnyOthers() throws IOException {
    model();
    Corpus text = Corpus.of("ab".repeat(2000));
    Loss expected;
    try (LanguageModel model = TestRuns.charRnn().load(write(List.copyOf(tensors.keySet())))) {
      expected = model.evaluate(Corpus.of("abab"));
    }
    metadata.computeIfPresent(
        "configuration",
        (_, value) -> value.replaceFirst("\"seqLength\": \\d+", "\"seqLength\": 80000000"));
    try (LanguageModel model = TestRuns.charRnn().load(write(List.copyOf(tensors.keySet())))) {
      assertEquals(expected, model.evaluate(Corpus.of("abab")));
      assertTrue(model.evaluate(text).nats() < 0.1);
    }
  }

  /** Finite weights whose products are not. */
  @Test
  void scoresThatAreNotFinite_areReported() throws IOException {
    model();
    tensor("output.weight", "[2, 3]", 3e38f, 3e38f, 3e38f, -3e38f, -3e38f, -3e38f);
    tensor("output.bias", "[3]", 3e38f, 3e38f, 3e38f);
    try (LanguageModel model = TestRuns.charRnn().load(write(List.copyOf(tensors.keySet())))) {
      assertThrows(
          ModelDivergedException.class, () -> model.generate(GenerationRequest.greedy("a", 4)));
      assertThrows(ModelDivergedException.class, () -> model.evaluate(Corpus.of("abab")));
    }
  }
}
