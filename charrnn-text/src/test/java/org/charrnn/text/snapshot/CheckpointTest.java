package org.charrnn.text.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.graph.Shape;
import org.charrnn.text.checkpoint.CheckpointException;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.Profile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CheckpointTest {

  @TempDir Path folder;

  private final Snapshot checkpoint = CheckpointFixture.checkpoint();
  private Path file;

  @BeforeEach
  void write() {
    file = folder.resolve("model.ckpt");
    checkpoint.write(file);
  }

  @Test
  void read_givesWhatWasWritten() {
    Snapshot read = Snapshot.read(file);
    assertEquals(checkpoint, read);
    assertEquals(
        List.copyOf(checkpoint.training().orElseThrow().tensors().keySet()),
        List.copyOf(read.training().orElseThrow().tensors().keySet()));
  }

  @Test
  void readModel_givesTheModelAlone() {
    assertEquals(checkpoint.model(), Snapshot.readModel(file));
  }

  @Test
  void modelAlone_canBeReadButNotResumed() {
    Snapshot.ofModel(checkpoint.model()).write(file);
    assertEquals(checkpoint.model(), Snapshot.readModel(file));
    assertEquals(Snapshot.ofModel(checkpoint.model()), Snapshot.read(file));
    var e = assertThrows(CheckpointException.class, () -> Snapshot.readResumable(file));
    assertTrue(e.getMessage().contains("training cannot be resumed from it"), e.getMessage());
  }

  @Test
  void write_sameContentsSameBytes() throws IOException {
    Path other = folder.resolve("other.ckpt");
    Snapshot.read(file).write(other);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(other));
  }

  /** Reads the file as a stranger would who knows the public layout alone. */
  @Test
  void layout_isThatOfSafetensors() throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    int headerLength = Math.toIntExact(bytes.getLong());
    assertEquals(0, headerLength % 8);
    byte[] headerBytes = new byte[headerLength];
    bytes.get(headerBytes);
    String text = new String(headerBytes, StandardCharsets.UTF_8);
    assertTrue(text.startsWith("{"));
    JsonNode header = JsonMapper.shared().readTree(text.stripTrailing());
    header.path("__metadata__").forEach(value -> assertTrue(value.isString(), value.toString()));
    assertEquals("charrnn", header.path("__metadata__").path("format").asString());

    List<String> names = new ArrayList<>();
    header.forEachEntry((name, _) -> names.add(name));
    assertEquals(
        List.of(
            "__metadata__", "gru.0.W", "output.bias", "gru.0.W.squares", "counter", "state.0.h"),
        names);
    JsonNode tensor = header.path("gru.0.W.squares");
    assertEquals("F32", tensor.path("dtype").asString());
    assertEquals("[4,2]", tensor.path("shape").toString());
    assertEquals("[48,80]", tensor.path("data_offsets").toString());
    float[] values = new float[8];
    bytes
        .position(8 + headerLength + 48)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    assertArrayEquals(
        checkpoint.training().orElseThrow().tensors().get("gru.0.W.squares").values(), values);
    assertEquals(8 + headerLength + 48 + 32 + 4 + 8, bytes.limit());
  }

  @ParameterizedTest
  @EnumSource
  void configuration_ofEachProfileComesBack(Profile profile) {
    Map<String, HostTensor> tensors = new LinkedHashMap<>();
    for (int i = 0; i < profile.config().model().layers(); i++) {
      tensors.put("layer " + i, new HostTensor(Shape.of(1024), new float[1024]));
    }
    SavedModel model = new SavedModel(profile.config(), checkpoint.model().vocabulary(), tensors);
    Snapshot.ofModel(model).write(file);
    assertEquals(profile.config(), Snapshot.readModel(file).config());
  }

  @Test
  void largeTensor_isWrittenPieceByPiece() {
    float[] values = new float[200_003];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    SavedModel model =
        new SavedModel(
            checkpoint.model().config(),
            checkpoint.model().vocabulary(),
            Map.of("large", new HostTensor(Shape.of(values.length), values)));
    Snapshot.ofModel(model).write(file);
    assertArrayEquals(values, Snapshot.readModel(file).tensors().get("large").values());
  }

  @Test
  void write_leavesNothingElseBehind() throws IOException {
    checkpoint.write(file);
    try (var files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
    assertFalse(Files.isSymbolicLink(file));
  }
}
