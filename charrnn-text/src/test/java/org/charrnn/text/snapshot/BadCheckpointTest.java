package org.charrnn.text.snapshot;

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
import java.util.Locale;
import org.charrnn.text.checkpoint.CheckpointException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files that are not checkpoints, or damaged ones: each is refused with its cause and left
 * unchanged.
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
    var whole = assertThrows(CheckpointException.class, () -> Snapshot.read(file));
    var model = assertThrows(CheckpointException.class, () -> Snapshot.readModel(file));
    assertTrue(
        whole.getMessage().startsWith("Checkpoint " + file + " " + problem), whole.getMessage());
    assertEquals(whole.getMessage(), model.getMessage());
    assertArrayEquals(bytes, Files.readAllBytes(file), "the file was changed");
  }

  @Test
  void everyTruncation() throws IOException {
    for (int length = 0; length < good.length; length++) {
      Files.write(file, Arrays.copyOf(good, length));
      var e = assertThrows(CheckpointException.class, () -> Snapshot.read(file));
      assertTrue(e.getMessage().contains("truncated"), e.getMessage());
    }
  }

  /** In the name of the checksum, which is optional, or in padding, a flipped bit harms nothing. */
  @Test
  void everyFlippedByte_isDetectedOrHarmless() throws IOException {
    Snapshot written = CheckpointFixture.checkpoint();
    int harmless = 0;
    for (int i = 0; i < good.length; i++) {
      byte[] damaged = good.clone();
      damaged[i] ^= 1;
      Files.write(file, damaged);
      try {
        assertEquals(written, Snapshot.read(file), "byte " + i);
        harmless++;
      } catch (CheckpointException _) {
        // detected
      }
    }
    assertTrue(harmless < 16 + Checksum.KEY.length(), harmless + " were not detected");
  }

  @Test
  void bytesTooMany() throws IOException {
    assertRefused(
        Arrays.copyOf(good, good.length + 1),
        String.format(
            Locale.ROOT,
            "is damaged: its header describes %d bytes, the file has %d",
            good.length,
            good.length + 1));
  }

  @Test
  void missing() {
    Path missing = folder.resolve("missing.ckpt");
    var e = assertThrows(CheckpointException.class, () -> Snapshot.read(missing));
    assertEquals(
        String.format(
            Locale.ROOT, "Checkpoint %s does not exist (looked for %s)", missing, missing),
        e.getMessage());
  }

  @Test
  void directory() {
    var e = assertThrows(CheckpointException.class, () -> Snapshot.read(folder));
    assertEquals(
        String.format(Locale.ROOT, "Checkpoint %s is a directory; name a file in it", folder),
        e.getMessage());
  }

  @Test
  void textFile() throws IOException {
    assertRefused(
        "Once upon a time there was a text.".getBytes(UTF_8),
        "is not a checkpoint: its first 8 bytes");
  }

  @Test
  void absurdHeaderLength_allocatesNothing() throws IOException {
    for (long length :
        new long[] {-1, 0, 1, Long.MAX_VALUE, CheckpointReader.MAX_HEADER_BYTES + 1L}) {
      byte[] bytes = good.clone();
      ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
      assertRefused(
          bytes,
          String.format(
              Locale.ROOT,
              "is not a checkpoint: its first 8 bytes announce a header of %s bytes",
              Long.toUnsignedString(length)));
    }
  }

  @Test
  void headerThatIsNotJson() throws IOException {
    assertRefused(file("this is not JSON", 0), "is not a checkpoint: the header does not begin");
    assertRefused(file("{this is not JSON", 0), "is not a checkpoint: its header is not JSON");
    assertRefused(file("[1, 2, 3]", 0), "is not a checkpoint: the header does not begin with '{'");
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
  void otherVersion() throws IOException {
    assertRefused(
        file("{\"__metadata__\":{\"format\":\"charrnn\",\"formatVersion\":\"1\"}}", 0),
        "has format version 1, this charrnn reads versions 2 and 3");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "F64; [1]; [0,4]; tensor 'w' is F64[1], which does not take 4 bytes",
        "F32; [2]; [0,4]; tensor 'w' is F32[2], which does not take 4 bytes",
        "F32; [1]; [4,8]; tensor 'w' begins at offset 4, expected 0",
        "F32; [0]; [0,4]; tensor 'w' is F32[0], which does not take 4 bytes",
        "F32; [-1]; [0,4]; tensor 'w' has invalid numbers as shape",
        "F32; [65536,65536]; [0,4]; tensor 'w' is F32[65536, 65536], which does not take 4 bytes",
        "F32; [9223372036854775807,4]; [0,4]; tensor 'w' is F32[9223372036854775807, 4], which",
        "F32; [1.5]; [0,4]; tensor 'w' has invalid numbers as shape",
        "F32; [1.0]; [0,4]; tensor 'w' has invalid numbers as shape",
        "F32; [99999999999999999999]; [0,4]; tensor 'w' has invalid numbers as shape",
        "F32; 1; [0,4]; tensor 'w' has no array of numbers as shape",
        "F32; {}; [0,4]; tensor 'w' has no array of numbers as shape",
        "F32; null; [0,4]; tensor 'w' has no array of numbers as shape",
        "F32; [1]; [0]; tensor 'w' lacks dtype or shape, or has invalid data_offsets",
        "F32; [1]; [0,4,8]; tensor 'w' has invalid numbers as data_offsets",
        "F32; [1]; [4,0]; tensor 'w' lacks dtype or shape, or has invalid data_offsets",
        "F32; [1]; [0.0,4]; tensor 'w' has invalid numbers as data_offsets",
        "F32; [1]; ['0',4]; tensor 'w' has invalid numbers as data_offsets",
        "F32; [1]; {'a':0,'b':4}; tensor 'w' has no array of numbers as data_offsets",
      })
  void impossibleTensor(String type, String shape, String offsets, String problem)
      throws IOException {
    String header = "{\"w\":" + tensor(type, shape, offsets.replace('\'', '"')) + "}";
    assertRefused(file(header, 4), "is not a checkpoint: " + problem);
  }

  @Test
  void tensorTwice() throws IOException {
    String tensor = "\"w\":" + tensor("F32", "[1]", "[0,4]");
    assertRefused(
        file("{" + tensor + "," + tensor + "}", 4), "is not a checkpoint: its header is not JSON");
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
    assertRefused(
        changed, "is damaged: its metadata 'configuration' is not valid: hiddenSize must");
  }

  private static String tensor(String type, String shape, String offsets) {
    return String.format(
        Locale.ROOT, "{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}", type, shape, offsets);
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
