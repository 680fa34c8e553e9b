package org.charrnn.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a float64 implementation of the seed's model computed, from the resource beside this class.
 */
final class SeedGolden {

  /** Sums over the elements of a tensor. */
  record Checksum(double sum, double sumOfSquares) {
    static Checksum of(double[] values) {
      double sum = 0;
      double squares = 0;
      for (double value : values) {
        sum += value;
        squares += value * value;
      }
      return new Checksum(sum, squares);
    }
  }

  private final JsonNode root;

  private SeedGolden(JsonNode root) {
    this.root = root;
  }

  static SeedGolden read() {
    try (InputStream in = SeedGolden.class.getResourceAsStream("seed_gru_golden.json")) {
      return new SeedGolden(JsonMapper.shared().readTree(Objects.requireNonNull(in)));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  String text() {
    return root.path("text").asString();
  }

  List<String> vocabulary() {
    List<String> symbols = new ArrayList<>();
    root.path("vocabulary").forEach(symbol -> symbols.add(symbol.asString()));
    return symbols;
  }

  int[] ids() {
    return ints(root.path("ids"));
  }

  /** The sum of the losses of each of the first 40 windows. */
  double[] losses() {
    return doubles(root.path("losses"));
  }

  /** The sum of the losses of some windows up to number 1500, by number. */
  Map<Integer, Double> lossOfWindow() {
    Map<Integer, Double> losses = new LinkedHashMap<>();
    root.path("loss_of_window")
        .forEachEntry((n, loss) -> losses.put(Integer.valueOf(n), loss.asDouble()));
    return losses;
  }

  Map<String, Double> gradientNormsOfFirstWindow() {
    Map<String, Double> norms = new LinkedHashMap<>();
    root.path("gradient_norms_of_first_window")
        .forEachEntry((name, norm) -> norms.put(name, norm.asDouble()));
    return norms;
  }

  Map<String, Checksum> parametersAfter40Windows() {
    return checksums(root.path("parameters_after_40_windows"));
  }

  Map<String, Checksum> accumulatorsAfter40Windows() {
    return checksums(root.path("accumulators_after_40_windows"));
  }

  Map<String, Checksum> parametersAfter1500Windows() {
    return checksums(root.path("parameters_after_1500_windows"));
  }

  Map<String, Checksum> initialChecksums() {
    return checksums(root.path("initialization").path("checksums"));
  }

  Map<String, double[]> firstValues() {
    Map<String, double[]> values = new LinkedHashMap<>();
    root.path("initialization")
        .path("first_values")
        .forEachEntry((name, first) -> values.put(name, doubles(first)));
    return values;
  }

  String sampleBegin() {
    return root.path("sample").path("begin").asString();
  }

  int[] sampleIds() {
    return ints(root.path("sample").path("ids"));
  }

  String sampleText() {
    return root.path("sample").path("text").asString();
  }

  /** The documented initialization: weights from a hash of place and tensor, biases zero. */
  double[] initial(String name, int elements) {
    double[] values = new double[elements];
    int k = order().indexOf(name) + 1;
    double scale = isBias(name) ? 0 : root.path("initialization").path("scale").asDouble();
    for (int n = 0; n < elements; n++) {
      int h = n + 1 + 1_000_003 * k;
      h ^= h >>> 16;
      h *= 0x85ebca6b;
      h ^= h >>> 13;
      h *= 0xc2b2ae35;
      h ^= h >>> 16;
      values[n] = scale * (Integer.toUnsignedLong(h) / 0x1p31 - 1);
    }
    return values;
  }

  private List<String> order() {
    List<String> names = new ArrayList<>();
    root.path("initialization").path("order").forEach(name -> names.add(name.asString()));
    return names;
  }

  private static boolean isBias(String name) {
    return name.equals("output.bias") || name.contains(".b");
  }

  private static Map<String, Checksum> checksums(JsonNode node) {
    Map<String, Checksum> checksums = new LinkedHashMap<>();
    node.forEachEntry((name, sums) ->
        checksums.put(
            name, new Checksum(sums.path("sum").asDouble(), sums.path("sumsq").asDouble())));
    return checksums;
  }

  private static double[] doubles(JsonNode node) {
    double[] values = new double[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = node.get(i).asDouble();
    }
    return values;
  }

  private static int[] ints(JsonNode node) {
    int[] values = new int[node.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = node.get(i).asInt();
    }
    return values;
  }
}
