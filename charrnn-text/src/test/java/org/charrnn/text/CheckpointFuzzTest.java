package org.charrnn.text;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.charrnn.api.CharRnnException;
import org.charrnn.api.SeededRandom;
import org.charrnn.text.checkpoint.Checkpoint;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.generation.GenerationRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loads many damaged checkpoints without a checksum: each is either refused with a documented
 * exception or usable, in little time and memory. {@code -Dcharrnn.fuzz=1000000} tries a million,
 * {@code -Dcharrnn.fuzz.seed} others.
 */
class CheckpointFuzzTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final Pattern VALUE =
      Pattern.compile(
          "(?<=[:,\\[])(?:-?[0-9][0-9.eE+-]*|true|false|null|\\\\?\"[^\"\\\\]*\\\\?\"|\\[[^\\[\\]]*\\])");
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "1",
          "1.5",
          "3.0",
          "1e999",
          "2147483647",
          "9223372036854775807",
          "99999999999999999999",
          "Q",
          "Qx",
          "QF32Q",
          "QlstmQ",
          "QnoneQ",
          "Q\\u0000Q",
          "[]",
          "{}",
          "[null]",
          "[[0]]",
          "{Q:1}",
          "");

  @TempDir Path folder;

  private final SeededRandom random = new SeededRandom(Long.getLong("charrnn.fuzz.seed", 1));

  @Test
  void damagedCheckpoints_areRefusedOrUsable() throws IOException {
    Path file = folder.resolve("model.ckpt");
    try (Trainer trainer = TestRuns.charRnn().trainer(TestRuns.CORPUS, TestRuns.config())) {
      trainer.step();
      trainer.save(file);
    }
    byte[] good = Files.readAllBytes(file);
    int refused = 0;
    int count = Integer.getInteger("charrnn.fuzz", 1500);
    for (int i = 0; i < count; i++) {
      byte[] damaged = damage(good);
      Files.write(file, damaged);
      refused += isRefused(file, damaged) ? 1 : 0;
    }
    assertTrue(refused > count / 4, refused + " were refused");
    assertTrue(refused < count, "none was usable");
  }

  private boolean isRefused(Path file, byte[] damaged) throws IOException {
    long bytes = THREADS.getCurrentThreadAllocatedBytes();
    long nanos = THREADS.getCurrentThreadCpuTime();
    boolean refused = false;
    try {
      use(file);
    } catch (CharRnnException _) {
      refused = true;
    } catch (RuntimeException | Error e) {
      Path kept = Files.write(Path.of("target", "fuzz.ckpt"), damaged);
      fail("see " + kept.toAbsolutePath(), e);
    }
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - bytes;
    assertTrue(allocated < (64L << 20) + 3L * damaged.length, allocated + " bytes");
    assertTrue(THREADS.getCurrentThreadCpuTime() - nanos < 1_000_000_000L, "more than a second");
    return refused;
  }

  private static void use(Path file) {
    Checkpoint.read(file);
    try (LanguageModel model = TestRuns.charRnn().load(file)) {
      model.generate(GenerationRequest.greedy("山", 2));
      model.evaluate(Corpus.of("山前"));
    }
    TestRuns.charRnn().resume(file, TestRuns.CORPUS).close();
  }

  private byte[] damage(byte[] good) {
    int length = (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong();
    String header =
        new String(good, 8, length, ISO_8859_1).replaceFirst("\"checksum\":\"[0-9a-f]{8}\",", "");
    byte[] data = Arrays.copyOfRange(good, 8 + length, good.length);
    for (int i = random.nextInt(3); i >= 0; i--) {
      switch (random.nextInt(6)) {
        case 0, 1, 2 -> header = withAnotherValue(header);
        case 3 -> header = withAnotherSpan(header);
        case 4 -> data[random.nextInt(data.length)] ^= (byte) (1 << random.nextInt(8));
        default -> data = Arrays.copyOf(data, data.length - 4 + random.nextInt(9));
      }
    }
    byte[] json = header.getBytes(ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, json.length).array());
    out.writeBytes(json);
    out.writeBytes(data);
    return out.toByteArray();
  }

  /** Null, and values of other types, wherever there is a value, within the metadata too. */
  private String withAnotherValue(String header) {
    List<int[]> places = new ArrayList<>();
    Matcher matcher = VALUE.matcher(header);
    while (matcher.find()) {
      places.add(new int[] {matcher.start(), matcher.end()});
    }
    int[] place = places.get(random.nextInt(places.size()));
    boolean inString = header.lastIndexOf("\\\"", place[0]) > header.lastIndexOf("\":\"", place[0]);
    String value = VALUES.get(random.nextInt(VALUES.size())).replace("Q", inString ? "\\\"" : "\"");
    return header.substring(0, place[0]) + value + header.substring(place[1]);
  }

  private String withAnotherSpan(String header) {
    int from = random.nextInt(header.length());
    int to = Math.min(header.length(), from + 1 + random.nextInt(40));
    String span = header.substring(from, to);
    return header.substring(0, from)
        + (random.nextInt(2) == 0 ? span + span : "")
        + header.substring(to);
  }
}
