package org.charrnn.interchange.ml5;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.charrnn.interchange.ImportOptions;
import org.charrnn.interchange.Interchange;
import org.charrnn.interchange.failure.InterchangeException;
import org.charrnn.text.checkpoint.SavedModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Ml5FolderTest {

  @TempDir Path folder;

  private final List<String> manifest = new ArrayList<>();

  /** Element (r, c) of a matrix is 100 r + c; both generations of names. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void read_kernel_isCutAtTheInputRowsAndByGates(boolean firstGeneration) throws IOException {
    write(firstGeneration);
    Files.writeString(folder.resolve("vocab.json"), "{\"a\": 1, \"选\": 0}");
    SavedModel model = Interchange.importModel(folder, ImportOptions.NONE);
    assertEquals("选", model.vocabulary().symbol(0));
    assertArrayEquals(new float[] {0, 1, 100, 101, 200, 201}, values(model, "lstm.0.W_i"));
    assertArrayEquals(new float[] {2, 3, 102, 103, 202, 203}, values(model, "lstm.0.W_g"));
    assertArrayEquals(new float[] {4, 5, 104, 105, 204, 205}, values(model, "lstm.0.W_f"));
    assertArrayEquals(new float[] {6, 7, 106, 107, 206, 207}, values(model, "lstm.0.W_o"));
    assertArrayEquals(new float[] {304, 305, 404, 405}, values(model, "lstm.0.U_f"));
    assertArrayEquals(new float[] {0, 1}, values(model, "lstm.0.b_i"));
    assertArrayEquals(new float[] {4 + 1, 5 + 1}, values(model, "lstm.0.b_f"));
  }

  @Test
  void import_oddSymbols_areListedAndCanBeReplaced() throws IOException {
    write(true);
    Files.writeString(folder.resolve("vocab.json"), "{\"\": 1, \"  \": 0}");
    InterchangeException e =
        assertThrows(
            InterchangeException.class, () -> Interchange.importModel(folder, ImportOptions.NONE));
    assertTrue(String.valueOf(e.getMessage()).contains("id 1 is ''"), e.getMessage());
    Path symbols = Files.writeString(folder.resolve("symbols.json"), "[\"u\", \"U\"]");
    SavedModel model =
        Interchange.importModel(
            folder, new ImportOptions(Optional.of(symbols), java.util.Map.of()));
    assertEquals("U", model.vocabulary().symbol(1));
  }

  @Test
  void read_shardOfAnotherSize_isRefused() throws IOException {
    write(true);
    Files.write(folder.resolve("embedding"), new byte[4]);
    InterchangeException e = assertThrows(InterchangeException.class, () -> Ml5Folder.read(folder));
    assertTrue(String.valueOf(e.getMessage()).contains("expected 24"), e.getMessage());
  }

  @Test
  void read_weightsThatAreNotFinite_areRefusedByName() throws IOException {
    write(true);
    byte[] bytes = Files.readAllBytes(folder.resolve("rnnlm_softmax_w"));
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(4, Float.NaN);
    Files.write(folder.resolve("rnnlm_softmax_w"), bytes);
    InterchangeException e = assertThrows(InterchangeException.class, () -> Ml5Folder.read(folder));
    assertTrue(
        String.valueOf(e.getMessage())
            .contains("'rnnlm/softmax_w' with values that are not finite"),
        e.getMessage());
  }

  @Test
  void read_shardOutsideOfTheFolder_isRefused() throws IOException {
    Files.writeString(
        folder.resolve("manifest.json"),
        "{\"embedding\": {\"filename\": \"../secret\", \"shape\": [1]}}");
    assertThrows(InterchangeException.class, () -> Ml5Folder.read(folder));
  }

  private static float[] values(SavedModel model, String name) {
    return model.tensors().get(name).values();
  }

  private void write(boolean firstGeneration) throws IOException {
    String cell = "rnnlm/multi_rnn_cell/cell_0/basic_lstm_cell/";
    shard("Variable");
    shard("embedding", 2, 3);
    shard(cell + (firstGeneration ? "weights" : "kernel"), 5, 8);
    shard(cell + (firstGeneration ? "biases" : "bias"), 8);
    shard("rnnlm/softmax_w", 2, 2);
    shard("rnnlm/softmax_b", 2);
    Files.writeString(folder.resolve("manifest.json"), "{" + String.join(",", manifest) + "}");
  }

  private void shard(String name, int... shape) throws IOException {
    int columns = shape.length == 0 ? 1 : shape[shape.length - 1];
    int rows = shape.length == 2 ? shape[0] : 1;
    ByteBuffer bytes = ByteBuffer.allocate(4 * rows * columns).order(ByteOrder.LITTLE_ENDIAN);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        bytes.putFloat(100 * row + column);
      }
    }
    String file = name.replace('/', '_');
    Files.write(folder.resolve(file), bytes.array());
    manifest.add(
        String.format(
            Locale.ROOT,
            "\"%s\": {\"filename\": \"%s\", \"shape\": %s}",
            name,
            file,
            Arrays.toString(shape)));
  }
}
