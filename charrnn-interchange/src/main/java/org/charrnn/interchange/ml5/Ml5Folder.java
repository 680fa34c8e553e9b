package org.charrnn.interchange.ml5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.charrnn.graph.Shape;
import org.charrnn.interchange.failure.InterchangeException;
import org.charrnn.interchange.layout.ImportedWeights;
import org.charrnn.interchange.layout.Matrices;
import org.charrnn.text.checkpoint.HostTensor;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a model of ml5.js's charRNN.
 *
 * <p>The kernel of a layer, {@code [I + H, 4 H]}, multiplies the input and the state together: its
 * first I rows are the weights of the input. Its columns are the gates i, j, f, o, where j is the
 * candidate. TensorFlow's BasicLSTMCell adds 1 to the forget gate when it runs, which is not in the
 * file. Two generations of TensorFlow name the tensors {@code weights} and {@code biases} or {@code
 * kernel} and {@code bias}.
 *
 * <p>Source: BasicLSTMCell of TensorFlow 1, and the public models of ml5js/ml5-data-and-models.
 */
public final class Ml5Folder {

  private static final String MANIFEST = "manifest.json";
  private static final Pattern LAYER =
      Pattern.compile(".*cell_(\\d+)/basic_lstm_cell/(weights|kernel|biases|bias)");

  /** Columns of a kernel, in order, by the suffix of the gate here. */
  private static final List<String> GATES = List.of("_i", "_g", "_f", "_o");

  private static final float FORGET_BIAS = 1;

  private Ml5Folder() {}

  /** Whether a folder has a manifest. */
  public static boolean isOne(Path folder) {
    return Files.isRegularFile(folder.resolve(MANIFEST));
  }

  /** The file with the symbols. */
  public static Path vocabulary(Path folder) {
    return folder.resolve("vocab.json");
  }

  /**
   * Reads the weights.
   *
   * @throws InterchangeException if a file is missing, of another size than the manifest says, or
   *     not part of such a model
   */
  public static ImportedWeights read(Path folder) {
    Map<String, HostTensor> kernels = new LinkedHashMap<>();
    Map<String, HostTensor> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : manifest(folder).properties()) {
      String name = entry.getKey();
      Matcher layer = LAYER.matcher(name);
      if (layer.matches()) {
        String kind = layer.group(2).startsWith("b") ? "bias" : "kernel";
        kernels.put(layer.group(1) + kind, tensor(folder, name, entry.getValue()));
      } else if (name.equals("embedding")) {
        parameters.put("embedding", tensor(folder, name, entry.getValue()));
      } else if (name.endsWith("softmax_w")) {
        parameters.put("output.weight", tensor(folder, name, entry.getValue()));
      } else if (name.endsWith("softmax_b")) {
        parameters.put("output.bias", tensor(folder, name, entry.getValue()));
      } else if (!name.equals("Variable")) { // that is the learning rate
        throw new InterchangeException(
            folder.resolve(MANIFEST),
            String.format(Locale.ROOT, "names '%s', which such a model does not have", name));
      }
    }
    for (int layer = 0; kernels.containsKey(layer + "kernel"); layer++) {
      addLayer(folder, layer, kernels, parameters);
    }
    return new ImportedWeights(folder.toString(), "lstm", parameters);
  }

  private static void addLayer(
      Path folder, int layer, Map<String, HostTensor> kernels, Map<String, HostTensor> parameters) {
    HostTensor kernel = kernels.get(layer + "kernel");
    HostTensor bias = kernels.get(layer + "bias");
    if (kernel == null || bias == null) {
      throw new InterchangeException(
          folder.resolve(MANIFEST), "lacks the kernel or the bias of layer " + layer);
    }
    int hidden = bias.shape().elements() / GATES.size();
    int inputs = kernel.shape().rows() - hidden;
    if (inputs < 1 || kernel.shape().columns() != GATES.size() * hidden) {
      throw new InterchangeException(
          folder.resolve(MANIFEST),
          String.format(
              Locale.ROOT,
              "has a kernel %s and a bias %s in layer %d, which do not fit",
              kernel.shape(),
              bias.shape(),
              layer));
    }
    for (int gate = 0; gate < GATES.size(); gate++) {
      String name = "lstm." + layer + ".";
      String suffix = GATES.get(gate);
      HostTensor columns = Matrices.columns(kernel, gate * hidden, hidden);
      parameters.put(name + "W" + suffix, Matrices.rows(columns, 0, inputs));
      parameters.put(name + "U" + suffix, Matrices.rows(columns, inputs, hidden));
      HostTensor added = Matrices.piece(bias, gate, GATES.size());
      if (suffix.equals("_f")) {
        for (int i = 0; i < hidden; i++) {
          added.values()[i] += FORGET_BIAS;
        }
      }
      parameters.put(name + "b" + suffix, added);
    }
  }

  private static JsonNode manifest(Path folder) {
    Path file = folder.resolve(MANIFEST);
    try {
      JsonNode root = JsonMapper.builder().build().readTree(Files.readString(file));
      if (root.isObject()) {
        return root;
      }
    } catch (IOException e) {
      throw new InterchangeException(file, "cannot be read: " + e, e);
    } catch (JacksonException e) {
      throw new InterchangeException(file, "is not JSON: " + e.getOriginalMessage(), e);
    }
    throw new InterchangeException(file, "is not an object of tensors by name");
  }

  private static HostTensor tensor(Path folder, String name, JsonNode node) {
    String shard = node.path("filename").asString("");
    Path file = folder.resolve(shard);
    if (shard.isEmpty() || !file.normalize().startsWith(folder.normalize())) {
      throw new InterchangeException(
          folder.resolve(MANIFEST),
          String.format(Locale.ROOT, "names an impossible file for '%s'", name));
    }
    long elements = 1;
    int[] sizes = new int[node.path("shape").size()];
    for (int axis = 0; axis < sizes.length; axis++) {
      JsonNode size = node.path("shape").get(axis);
      if (!size.isIntegralNumber() || !size.canConvertToInt() || size.intValue() < 1) {
        throw new InterchangeException(
            folder.resolve(MANIFEST),
            String.format(Locale.ROOT, "has an impossible shape for '%s'", name));
      }
      sizes[axis] = size.intValue();
      elements *= sizes[axis];
      if (elements > Integer.MAX_VALUE / Float.BYTES) {
        throw new InterchangeException(
            folder.resolve(MANIFEST),
            String.format(Locale.ROOT, "has an impossible shape for '%s'", name));
      }
    }
    try {
      if (Files.size(file) != elements * Float.BYTES) {
        throw new InterchangeException(
            file,
            String.format(
                Locale.ROOT,
                "has %d bytes, expected %d",
                Files.size(file),
                elements * Float.BYTES));
      }
      float[] values = new float[(int) elements];
      ByteBuffer.wrap(Files.readAllBytes(file))
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values);
      HostTensor tensor = new HostTensor(Shape.of(sizes), values);
      if (!tensor.isFinite()) {
        throw InterchangeException.notFinite(file.toString(), name);
      }
      return tensor;
    } catch (IOException e) {
      throw new InterchangeException(file, "cannot be read: " + e, e);
    }
  }
}
