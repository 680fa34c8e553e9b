package org.charrnn.text.checkpoint;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files that are no checkpoints, or no longer: each is refused with its cause and left as it is.
 */
class BadCheckpointTest {

  @TempDir Path folder;

  private Path file;
  private byte[] good;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("model.ckpt");
    CheckpointFixture.checkpoint().write(file);
    good = Files.readAllBytes(file);
  }

  private void assertRefused(byte[] bytes, String problem) throws IOException {
    Files.write(file, bytes);
    var whole = assertThrows(CheckpointException.class, () -> Checkpoint.read(file));
    var model = assertThrows(CheckpointException.class, () -> Checkpoint.readModel(file));
    assertTrue(
        whole.getMessage().startsWith("Checkpoint " + file + " " + problem), whole.getMessage());
    assertEquals(whole.getMessage(), model.getMessage());
    assertArrayEquals(bytes, Files.readAllBytes(file), "the file was changed");
  }

  @Test
  void everyTruncation() throws IOException {
    for (int length = 0; length < good.length; length++) {
      Files.write(file, Arrays.copyOf(good, length));
      var e = assertThrows(CheckpointException.class, () -> Checkpoint.read(file));
      assertTrue(e.getMessage().contains("truncated"), e.getMessage());
    }
  }

  @Test
  void everyFlippedByte() throws IOException {
    for (int i = 0; i < good.length; i++) {
      if (isPadding(i)) {
        continue;
      }
      byte[] damaged = good.clone();
      damaged[i] ^= 1;
      Files.write(file, damaged);
      int place = i;
      assertThrows(CheckpointException.class, () -> Checkpoint.read(file), () -> "byte " + place);
    }
  }

  /**
   * Spaces between the header and the data mean nothing; other white space there means nothing
   * either.
   */
  private boolean isPadding(int index) {
    int headerEnd =
        8 + Math.toIntExact(ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong());
    for (int i = index; i < headerEnd; i++) {
      if (good[i] != ' ') {
        return false;
      }
    }
    return index >= 8 && index < headerEnd;
  }

  @Test
  void bytesTooMany() throws IOException {
    assertRefused(
        Arrays.copyOf(good, good.length + 1),
        "is damaged: its header describes %d bytes, the file has %d"
            .formatted(good.length, good.length + 1));
  }

  @Test
  void missing() {
    Path missing = folder.resolve("missing.ckpt");
    var e = assertThrows(CheckpointException.class, () -> Checkpoint.read(missing));
    assertEquals(
        "Checkpoint %s does not exist (looked for %s)".formatted(missing, missing), e.getMessage());
  }

  @Test
  void directory() {
    var e = assertThrows(CheckpointException.class, () -> Checkpoint.read(folder));
    assertEquals(
        "Checkpoint %s is a directory; name a file in it".formatted(folder), e.getMessage());
  }

  @Test
  void textFile() throws IOException {
    assertRefused(
        "Once upon a time there was a text.".getBytes(UTF_8),
        "is no checkpoint: its first 8 bytes");
  }

  @Test
  void absurdHeaderLength_allocatesNothing() throws IOException {
    for (long length : new long[] {-1, 0, 1, Long.MAX_VALUE, 100_000_001}) {
      byte[] bytes = good.clone();
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
      assertRefused(
          bytes,
          "is no checkpoint: its first 8 bytes announce a header of %s bytes"
              .formatted(Long.toUnsignedString(length)));
    }
  }

  @Test
  void headerThatIsNotJson() throws IOException {
    assertRefused(file("this is not JSON", 0), "is no checkpoint: its header is not JSON");
    assertRefused(file("[1, 2, 3]", 0), "cannot be used: its header is no JSON object");
  }

  @Test
  void fileOfAnotherProgram() throws IOException {
    assertRefused(
        file(
            "{\"__metadata__\":{\"format\":\"pt\"},\"w\":" + tensor("F32", "[1]", "[0,4]") + "}",
            4),
        "is a safetensors file of another program (format 'pt', expected 'charrnn')");
    assertRefused(
        file("{\"w\":" + tensor("F32", "[1]", "[0,4]") + "}", 4),
        "is a safetensors file of another program (format not given, expected 'charrnn')");
  }

  @Test
  void newerVersion() throws IOException {
    assertRefused(
        file("{\"__metadata__\":{\"format\":\"charrnn\",\"formatVersion\":\"1\"}}", 0),
        "has format version 1, this charrnn reads version 2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "F64; [1]; [0,4]; tensor 'w' has type 'F64', expected F32",
        "F32; [2]; [0,4]; tensor 'w' of shape [2] should lie at [0, 8), the header says [0, 4]",
        "F32; [1]; [4,8]; tensor 'w' of shape [1] should lie at [0, 4), the header says [4, 8]",
        "F32; [0]; [0,0]; each size of a shape must be at least 1: [0]",
        "F32; [-1]; [0,4]; each size of a shape must be at least 1: [-1]",
        "F32; [65536,65536]; [0,4]; a tensor of shape [65536, 65536] has more than",
        "F32; [1.5]; [0,4]; tensor 'w' has an impossible shape [1.5]",
        "F32; [99999999999]; [0,4]; tensor 'w' has an impossible shape [99999999999]",
        "F32; 1; [0,4]; tensor 'w' has no shape",
        "F32; [1]; [0]; tensor 'w' has impossible data_offsets [0]",
        "F32; [1]; ['0',4]; tensor 'w' has impossible data_offsets",
      })
  void impossibleTensor(String type, String shape, String offsets, String problem)
      throws IOException {
    String header = "{\"w\":" + tensor(type, shape, offsets.replace('\'', '"')) + "}";
    assertRefused(file(header, 4), "cannot be used: " + problem);
  }

  @Test
  void tensorTwice() throws IOException {
    String tensor = "\"w\":" + tensor("F32", "[1]", "[0,4]");
    assertRefused(
        file("{" + tensor + "," + tensor + "}", 4), "is no checkpoint: its header is not JSON");
  }

  @Test
  void metadataMissing() throws IOException {
    assertRefused(
        file("{\"__metadata__\":{\"format\":\"charrnn\",\"formatVersion\":\"2\"}}", 0),
        "is damaged: its metadata lacks 'parameters'");
  }

  @Test
  void configurationThatIsImpossible() throws IOException {
    String text = new String(good, ISO_8859_1);
    byte[] changed =
        text.replace("\\\"hiddenSize\\\":2", "\\\"hiddenSize\\\":0").getBytes(ISO_8859_1);
    // Whoever changes it by hand and mends the checksum as well is told what is wrong with the
    // value.
    assertRefused(changed, "is damaged: its checksum does not fit its contents");
    var e =
        assertThrows(RuntimeException.class, () -> Json.config("{\"model\":{\"hiddenSize\":0}}"));
    assertTrue(e.getMessage().contains("model"), e.getMessage());
  }

  private static String tensor(String type, String shape, String offsets) {
    return "{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}".formatted(type, shape, offsets);
  }

  /** A file with this header and so many bytes of data. */
  private static byte[] file(String header, int dataBytes) {
    byte[] json = header.getBytes(UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(
        ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(0, json.length).array());
    bytes.writeBytes(json);
    bytes.writeBytes(new byte[dataBytes]);
    return bytes.toByteArray();
  }
}
