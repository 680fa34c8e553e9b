package org.charrnn.interchange.ml5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A model of ml5.js's charRNN as loops in double precision over its own files, independent of the
 * importer: TensorFlow's BasicLSTMCell.
 *
 * <pre>
 * i, j, f, o = [x, h] kernel + bias
 * c = c * sigmoid(f + 1) + sigmoid(i) * tanh(j)
 * h = tanh(c) * sigmoid(o)
 * </pre>
 */
final class BasicLstm {

  private final Map<String, double[][]> matrices = new LinkedHashMap<>();
  private final List<double[]> h = new ArrayList<>();
  private final List<double[]> c = new ArrayList<>();

  BasicLstm(Path folder) throws IOException {
    JsonNode manifest =
        JsonMapper.shared().readTree(Files.readString(folder.resolve("manifest.json")));
    for (Map.Entry<String, JsonNode> entry : manifest.properties()) {
      String name = entry.getKey().replace("weights", "kernel").replace("biases", "bias");
      JsonNode shape = entry.getValue().path("shape");
      int rows = shape.size() < 2 ? 1 : shape.get(0).intValue();
      int columns = shape.isEmpty() ? 1 : shape.get(shape.size() - 1).intValue();
      ByteBuffer bytes =
          ByteBuffer.wrap(
                  Files.readAllBytes(folder.resolve(entry.getValue().path("filename").asString())))
              .order(ByteOrder.LITTLE_ENDIAN);
      double[][] matrix = new double[rows][columns];
      for (double[] row : matrix) {
        for (int i = 0; i < columns; i++) {
          row[i] = bytes.getFloat();
        }
      }
      matrices.put(name.substring(name.indexOf("cell_") < 0 ? 0 : name.indexOf("cell_")), matrix);
    }
    for (int layer = 0; matrices.containsKey(cell(layer) + "kernel"); layer++) {
      int hidden = matrix(cell(layer) + "bias")[0].length / 4;
      h.add(new double[hidden]);
      c.add(new double[hidden]);
    }
  }

  private static String cell(int layer) {
    return "cell_" + layer + "/basic_lstm_cell/";
  }

  private double[][] matrix(String name) {
    return Objects.requireNonNull(matrices.get(name), name);
  }

  int vocabularySize() {
    return matrix("rnnlm/softmax_b")[0].length;
  }

  /** Reads an id; the logits of the next one. */
  double[] read(int id) {
    double[] x = matrix("embedding")[id];
    for (int layer = 0; layer < h.size(); layer++) {
      x = step(layer, x);
    }
    return product(x, matrix("rnnlm/softmax_w"), matrix("rnnlm/softmax_b")[0]);
  }

  private double[] step(int layer, double[] x) {
    int hidden = h.get(layer).length;
    double[] both = new double[x.length + hidden];
    System.arraycopy(x, 0, both, 0, x.length);
    System.arraycopy(h.get(layer), 0, both, x.length, hidden);
    double[] gates = product(both, matrix(cell(layer) + "kernel"), matrix(cell(layer) + "bias")[0]);
    double[] state = c.get(layer);
    double[] output = new double[hidden];
    for (int k = 0; k < hidden; k++) {
      state[k] =
          state[k] * sigmoid(gates[2 * hidden + k] + 1)
              + sigmoid(gates[k]) * Math.tanh(gates[hidden + k]);
      output[k] = Math.tanh(state[k]) * sigmoid(gates[3 * hidden + k]);
    }
    h.set(layer, output);
    return output;
  }

  private static double[] product(double[] row, double[][] matrix, double[] bias) {
    double[] result = bias.clone();
    for (int i = 0; i < row.length; i++) {
      for (int j = 0; j < result.length; j++) {
        result[j] += row[i] * matrix[i][j];
      }
    }
    return result;
  }

  private static double sigmoid(double value) {
    return 1 / (1 + Math.exp(-value));
  }
}
