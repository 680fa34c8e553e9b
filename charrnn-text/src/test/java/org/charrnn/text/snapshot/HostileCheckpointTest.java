package org.charrnn.text.snapshot;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.charrnn.graph.Shape;
import org.charrnn.text.checkpoint.CheckpointException;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.checkpoint.SavedModel;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that somebody made in order to do harm: refused, in little time and memory. */
class HostileCheckpointTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final long MAX_ALLOCATED = 64L << 20;

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void write() {
    file = folder.resolve("model.ckpt");
    CheckpointFixture.checkpoint().write(file);
  }

  /** Changes the header; without a checksum all that is left to refuse is what it says. */
  private void rewrite(UnaryOperator<String> change) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header = new String(bytes, 8, length, UTF_8).strip();
    String changed = change.apply(header.replaceFirst("\"checksum\":\"[0-9a-f]{8}\",", ""));
    assertFalse(header.equals(changed), "nothing was changed");
    write(changed, Arrays.copyOfRange(bytes, 8 + length, bytes.length));
  }

  private void write(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(UTF_8);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, json.length).array());
    out.writeBytes(json);
    out.writeBytes(data);
    Files.write(file, out.toByteArray());
  }

  private String refusal() throws IOException {
    long limit = MAX_ALLOCATED + 3 * Files.size(file);
    CheckpointException[] refusal = {null};
    long[] allocated = {0};
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          long before = THREADS.getCurrentThreadAllocatedBytes();
          refusal[0] = assertThrows(CheckpointException.class, () -> Snapshot.read(file));
          allocated[0] = THREADS.getCurrentThreadAllocatedBytes() - before;
        });
    assertTrue(allocated[0] < limit, () -> allocated[0] + " bytes were allocated");
    String message = String.valueOf(refusal[0].getMessage());
    assertTrue(message.length() < 1000, () -> "a message of " + message.length() + " characters");
    return message;
  }

  @ParameterizedTest
  @CsvSource({
    "'\"hiddenSize\\\":2', '\"hiddenSize\\\":46000'",
    "'\"hiddenSize\\\":2', '\"hiddenSize\\\":2147483647'",
    "'\"layers\\\":1', '\"layers\\\":100'",
  })
  void sizesOfTheConfiguration_areComparedWithTheFile(String from, String to) throws IOException {
    rewrite(header -> header.replace(from, to));
    assertTrue(refusal().contains("too few parameters for that"), this::refusalOrFailure);
  }

  private String refusalOrFailure() {
    try {
      return refusal();
    } catch (IOException e) {
      return e.toString();
    }
  }

  /** Null, and values of other types, wherever an object, an array, a text or a number belongs. */
  @ParameterizedTest
  @ValueSource(strings = {"configuration", "vocabulary", "parameters", "training"})
  void metadata_ofAnotherType(String key) throws IOException {
    byte[] good = Files.readAllBytes(file);
    for (String value :
        new String[] {"null", "1", "1.5", "true", "[]", "{}", "[null]", "\\\"x\\\"", "[[]]", ""}) {
      Files.write(file, good);
      rewrite(header ->
          header.replaceFirst(
              "\"" + key + "\":\"(?:[^\"\\\\]|\\\\.)*\"",
              java.util.regex.Matcher.quoteReplacement("\"" + key + "\":\"" + value + "\"")));
      String message = refusal();
      assertTrue(message.contains("'" + key + "'") || message.contains("too few"), message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1", "true", "[]", "{}", "{\"a\":1}"})
  void metadataThatIsNoString(String value) throws IOException {
    rewrite(header ->
        header.replaceFirst("\"format\":\"charrnn\"", "\"format\":\"charrnn\",\"x\":" + value));
    assertTrue(refusal().contains("a value of the metadata is not a string"));
  }

  /** Every property of the configuration, the vocabulary and the training, one at a time. */
  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "{}", "\\\"x\\\"", "-1.5", "1e999", "true"})
  void everyProperty_ofAnotherType_isRefusedOrReadStrictly(String value) throws IOException {
    byte[] good = Files.readAllBytes(file);
    int length = (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header = new String(good, 8, length, UTF_8);
    int changed = 0;
    var matcher =
        java.util.regex.Pattern.compile("\\\\\":([^,}\\[{]+|\\[[^\\]]*\\])").matcher(header);
    while (matcher.find()) {
      String before = header.substring(0, matcher.start(1));
      String after = header.substring(matcher.end(1)).strip();
      Files.write(file, good);
      rewrite(_ -> (before + value + after).replaceFirst("\"checksum\":\"[0-9a-f]{8}\",", ""));
      try {
        Snapshot.read(file);
      } catch (CheckpointException _) {
        changed++;
      }
    }
    assertTrue(changed > 20, changed + " were refused");
  }

  @Test
  void tensorOfManyAxes_takesLittle() throws IOException {
    String axes = "1,".repeat(20_000) + "1";
    rewrite(header -> header.replace("\"shape\":[4,2]", "\"shape\":[" + axes + ",4,2]"));
    assertTrue(refusal().contains("is F32 with 20003 axes"));
  }

  @Test
  void manyTensors_takeLittle() throws IOException {
    StringBuilder tensors = new StringBuilder();
    for (int i = 0; i < 65_000; i++) {
      tensors.append(
          String.format(
              Locale.ROOT, "\"t%d\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},", i));
    }
    rewrite(header -> "{" + tensors + header.substring(1).replaceFirst("gru.0.W", "gru.0.V"));
    assertTrue(refusal().contains("is missing"));
  }

  @Test
  void tooManyTensors_areRefused() throws IOException {
    StringBuilder tensors = new StringBuilder();
    for (int i = 0; i < 200_000; i++) {
      tensors.append(
          String.format(
              Locale.ROOT, "\"%d\":{\"dtype\":\"F32\",\"shape\":[0],\"data_offsets\":[0,0]},", i));
    }
    rewrite(header -> "{" + tensors + header.substring(1));
    assertTrue(refusal().contains("more than 65536 tensors"));
  }

  @Test
  void headerOf60Megabytes_isRefusedUnread() throws IOException {
    write("{" + " ".repeat(60 << 20) + "}", new byte[0]);
    assertTrue(refusal().contains("announce a header of"));
  }

  @Test
  void longName_isRefused() throws IOException {
    rewrite(header -> header.replace("\"counter\"", "\"" + "n".repeat(257) + "\""));
    assertTrue(refusal().contains("a name has more than 256 characters"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\uFEFF", " ", "\n"})
  void headerThatBeginsOtherwise(String prefix) throws IOException {
    rewrite(header -> prefix + header);
    assertTrue(refusal().contains("does not begin with '{'"));
  }

  @Test
  void headerThatIsNotUtf8() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    int at = text.indexOf("counter");
    bytes[at] = (byte) 0xC0;
    bytes[at + 1] = (byte) 0xAF;
    Files.write(file, bytes);
    assertTrue(refusal().contains("the header is not UTF-8"));
  }

  @Test
  void vocabularyThatIsLargerThanTheModel() throws IOException {
    StringBuilder symbols = new StringBuilder();
    for (int i = 0; i < 500_000; i++) {
      symbols.append("\\\"").append(Integer.toString(i, 36)).append("\\\",");
    }
    rewrite(header -> header.replace("\\\"symbols\\\":[", "\\\"symbols\\\":[" + symbols));
    assertTrue(refusal().contains("more symbols than there are parameters"));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void weightsThatAreNotFinite_areNeitherSavedNorLoaded(float value) throws IOException {
    Snapshot good = Snapshot.read(file);
    byte[] before = Files.readAllBytes(file);
    Map<String, HostTensor> tensors = new LinkedHashMap<>(good.model().tensors());
    tensors.put("gru.0.W", new HostTensor(Shape.of(1, 2), new float[] {1, value}));
    SavedModel bad = new SavedModel(good.model().config(), good.model().vocabulary(), tensors);
    Snapshot diverged = new Snapshot(bad, Optional.empty());
    var notSaved = assertThrows(OutputException.class, () -> diverged.write(file));
    assertTrue(notSaved.getMessage().contains("not finite"), notSaved.getMessage());
    assertEquals(-1, Arrays.mismatch(before, Files.readAllBytes(file)), "the file was changed");

    byte[] bytes = before.clone();
    int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(8 + length, value);
    Files.write(file, bytes);
    rewrite(header -> header);
    assertTrue(refusal().contains("'gru.0.W' contains values that are not finite"));
  }
}
