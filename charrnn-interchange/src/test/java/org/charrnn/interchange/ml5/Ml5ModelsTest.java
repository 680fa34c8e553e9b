package org.charrnn.interchange.ml5;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.charrnn.api.SeededRandom;
import org.charrnn.interchange.ImportOptions;
import org.charrnn.interchange.Interchange;
import org.charrnn.interchange.huggingface.VocabularyFile;
import org.charrnn.text.CharRnn;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.generation.GenerationRequest;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Imported models of ml5.js write the text that their own formulas give. */
class Ml5ModelsTest {

  /** A folder with models of ml5.js, such as those of ml5js/ml5-data-and-models. */
  private static final String FOLDER = "CHARRNN_TEST_ML5";

  private static final int LENGTH = 200;

  /** Far more than single precision rounds logits of 30 by. */
  private static final double CLEAR = 1e-3;

  @TempDir Path temporary;

  @ParameterizedTest(name = "first generation of names: {0}")
  @ValueSource(booleans = {true, false})
  void smallModel_writesTheSameText(boolean firstGeneration) throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("ml5"));
    write(folder, firstGeneration);
    assertSameText(folder);
  }

  static List<Path> publicModels() throws IOException {
    try (Stream<Path> folders = Files.list(Path.of(System.getenv(FOLDER)))) {
      return folders.filter(Ml5Folder::isOne).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("publicModels")
  @EnabledIfEnvironmentVariable(named = FOLDER, matches = ".+")
  void publicModel_writesTheSameText(Path folder) throws IOException {
    System.out.printf("%s: %s%n", folder.getFileName(), assertSameText(folder));
  }

  /** Compares greedy texts. */
  private String assertSameText(Path folder) throws IOException {
    List<String> symbols = symbols(folder);
    Path symbolsFile =
        Files.writeString(
            temporary.resolve("symbols.json"), JsonMapper.shared().writeValueAsString(symbols));
    Path checkpoint = temporary.resolve("model.ckpt");
    Interchange.importModel(folder, new ImportOptions(Optional.of(symbolsFile), Map.of()))
        .write(checkpoint);
    List<Integer> ids = clearText(folder, symbols.size());
    StringBuilder expected = new StringBuilder();
    ids.forEach(id -> expected.append(symbols.get(id)));
    try (LanguageModel imported = CharRnn.create().withAccelerator("java").load(checkpoint)) {
      assertEquals(
          expected.toString(),
          imported.generate(GenerationRequest.greedy(symbols.get(ids.getFirst()), LENGTH)));
    }
    return expected.toString();
  }

  /** A greedy text in which no two symbols are so equally probable that rounding decides. */
  private static List<Integer> clearText(Path folder, int symbols) throws IOException {
    for (int first = 0; first < symbols; first++) {
      BasicLstm loops = new BasicLstm(folder);
      assertEquals(symbols, loops.vocabularySize());
      List<Integer> ids = new ArrayList<>(List.of(first));
      while (ids.size() <= LENGTH) {
        double[] logits = loops.read(ids.getLast());
        int best = largest(logits, -1);
        if (logits[best] - logits[largest(logits, best)] < CLEAR) {
          break;
        }
        ids.add(best);
      }
      if (ids.size() > LENGTH) {
        return ids;
      }
    }
    throw new AssertionError("all texts of " + folder + " depend on rounding");
  }

  private static int largest(double[] values, int except) {
    int best = except == 0 ? 1 : 0;
    for (int i = 0; i < values.length; i++) {
      best = i != except && values[i] > values[best] ? i : best;
    }
    return best;
  }

  /** Those of the file; private characters in place of odd ones. */
  private static List<String> symbols(Path folder) {
    List<String> symbols = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String symbol : VocabularyFile.read(folder.resolve("vocab.json"))) {
      boolean isOdd = symbol.codePointCount(0, symbol.length()) != 1 || !seen.add(symbol);
      symbols.add(isOdd ? Character.toString(0xE000 + symbols.size()) : symbol);
    }
    return symbols;
  }

  // ---- a small model of two layers

  private static void write(Path folder, boolean firstGeneration) throws IOException {
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
  }
}
