package org.charrnn.interchange.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.charrnn.interchange.failure.InterchangeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsFileTest {

  @TempDir Path folder;

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "begin with '{'|[]|0",
        "is not JSON|{\"a\":|0",
        "is not JSON|{} x|0",
        "Duplicate|{\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]},\"a\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[0,4]}}|4",
        "not a JSON object|{\"__metadata__\":[]}|0",
        "is not a string|{\"__metadata__\":{\"a\":1}}|0",
        "is not a string|{\"__metadata__\":{\"a\":null}}|0",
        "F33[1]; only F64|{\"a\":{\"dtype\":\"F33\",\"shape\":[1],\"data_offsets\":[0,4]}}|4",
        "an invalid dtype|{\"a\":{\"dtype\":null,\"shape\":[1],\"data_offsets\":[0,4]}}|4",
        "invalid numbers as shape|{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}}|4",
        "invalid numbers as shape|{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}|4",
        "9 axes|{\"a\":{\"dtype\":\"F32\",\"shape\":[1,1,1,1,1,1,1,1,1],\"data_offsets\":[0,4]}}|4",
        "no array of numbers as data_offsets|{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":{\"0\":0,\"1\":4}}}|4",
        "invalid numbers as data_offsets|{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0.0,4]}}|4",
        "invalid numbers as data_offsets|{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,18446744073709551620]}}|4",
        "does not take 4 bytes|{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,2],\"data_offsets\":[0,4]}}|4",
        "is F32[2], which does not take 4 bytes|{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}|4",
        "has a gap|{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|8",
        "has an overlap|{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|4",
        "is damaged|{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|8",
        "unknown property 'more'|{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4],\"more\":1}}|4",
        "only F64, F32, F16 and BF16|{\"a\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[0,4]}}|4",
      })
  void read_malformed_isRefusedWithTheReason(String reason, String header, int dataBytes)
      throws IOException {
    Path file = file(header.getBytes(StandardCharsets.UTF_8), new byte[dataBytes]);
    assertRefused(file, reason);
  }

  @Test
  void read_byteOrderMark_isRefused() throws IOException {
    assertRefused(file("\uFEFF{}".getBytes(StandardCharsets.UTF_8), new byte[0]), "begin with '{'");
  }

  @Test
  void read_overlongUtf8_isRefused() throws IOException {
    byte[] header = "{\"__metadata__\":{\"a\":\"??\"}}".getBytes(StandardCharsets.UTF_8);
    header[header.length - 5] = (byte) 0xC0;
    header[header.length - 4] = (byte) 0xAF;
    assertRefused(file(header, new byte[0]), "UTF-8");
  }

  @ParameterizedTest
  @CsvSource({"-1", "9223372036854775807", "100000001", "3"})
  void read_impossibleLengthOfTheHeader_isRefused(long length) throws IOException {
    byte[] bytes = ByteBuffer.allocate(10).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
    assertRefused(Files.write(folder.resolve("a.safetensors"), bytes), "header");
  }

  @Test
  void read_truncated_isRefused() throws IOException {
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    assertRefused(file(header.getBytes(StandardCharsets.UTF_8), new byte[7]), "is truncated");
    assertRefused(Files.write(folder.resolve("a.safetensors"), new byte[7]), "it has 7 bytes");
  }

  /** The largest double is no float. */
  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.NEGATIVE_INFINITY, Double.MAX_VALUE})
  void read_numbersThatAreNotFinite_areRefusedByName(double value) throws IOException {
    String header = "{\"a.b\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}";
    byte[] data = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putDouble(value).array();
    assertRefused(
        file(header.getBytes(StandardCharsets.UTF_8), data),
        "tensor 'a.b' with values that are not finite");
  }

  @Test
  void read_emptyTensor_isRefusedByName() throws IOException {
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[0,0]}}";
    assertRefused(file(header.getBytes(StandardCharsets.UTF_8), new byte[0]), "'a', F32[0, 3]");
  }

  @Test
  void read_halfPrecision_isExact() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    data.putShort(Float.floatToFloat16(1.5f)).putShort(Float.floatToFloat16(-65504f));
    data.putShort((short) (Float.floatToIntBits(-2.5f) >> 16)).putShort((short) 0x7F7F);
    data.putDouble(0.25);
    String header =
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"BF16\",\"shape\":[2],\"data_offsets\":[4,8]},"
            + "\"c\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[8,16]}}";
    SafetensorsFile read =
        SafetensorsFile.read(file(header.getBytes(StandardCharsets.UTF_8), data.array()));
    assertArrayEquals(new float[] {1.5f, -65504f}, values(read, "a"));
    assertArrayEquals(new float[] {-2.5f, Float.intBitsToFloat(0x7F7F0000)}, values(read, "b"));
    assertArrayEquals(new float[] {0.25f}, values(read, "c"));
  }

  private static float[] values(SafetensorsFile file, String name) {
    return file.tensors().get(name).values();
  }

  private static void assertRefused(Path file, String reason) {
    InterchangeException e =
        assertThrows(InterchangeException.class, () -> SafetensorsFile.read(file));
    assertTrue(String.valueOf(e.getMessage()).contains(reason), e.getMessage());
  }

  private Path file(byte[] header, byte[] data) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + header.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header).put(data);
    return Files.write(folder.resolve("a.safetensors"), bytes.array());
  }
}
