package org.charrnn.interchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.charrnn.api.SeededRandom;
import tools.jackson.databind.json.JsonMapper;

/** A small model in the format of ml5.js, with random weights. */
public final class SmallMl5Model {

  private SmallMl5Model() {}

  /**
   * Writes a model of two layers.
   *
   * @param firstGeneration whether its tensors have the older names
   */
  public static Path write(Path folder, boolean firstGeneration) throws IOException {
    Files.createDirectory(folder);
    RandomGenerator random = new SeededRandom(17);
    Map<String, int[]> shapes = new LinkedHashMap<>();
    shapes.put("Variable", new int[] {});
    shapes.put("embedding", new int[] {7, 4});
    for (int layer = 0; layer < 2; layer++) {
      String cell = "rnnlm/multi_rnn_cell/cell_" + layer + "/basic_lstm_cell/";
      shapes.put(
          cell + (firstGeneration ? "weights" : "kernel"), new int[] {layer == 0 ? 9 : 10, 20});
      shapes.put(cell + (firstGeneration ? "biases" : "bias"), new int[] {20});
    }
    shapes.put("rnnlm/softmax_w", new int[] {5, 7});
    shapes.put("rnnlm/softmax_b", new int[] {7});
    Map<String, Object> manifest = new LinkedHashMap<>();
    for (Map.Entry<String, int[]> shape : shapes.entrySet()) {
      int elements = 1;
      for (int size : shape.getValue()) {
        elements *= size;
      }
      ByteBuffer bytes = ByteBuffer.allocate(4 * elements).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < elements; i++) {
        bytes.putFloat((float) (2 * random.nextGaussian()));
      }
      String file = shape.getKey().replace('/', '_');
      Files.write(folder.resolve(file), bytes.array());
      manifest.put(shape.getKey(), Map.of("filename", file, "shape", shape.getValue()));
    }
    JsonMapper json = JsonMapper.shared();
    Files.writeString(folder.resolve("manifest.json"), json.writeValueAsString(manifest));
    Files.writeString(
        folder.resolve("vocab.json"),
        "{\"a\": 0, \"b\": 1, \"\\n\": 2, \" \": 3, \"选\": 4, \"\\r\": 5, \"\\\"\": 6}");
    return folder;
  }
}
