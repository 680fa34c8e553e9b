package org.charrnn.interchange.ml5;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.charrnn.interchange.ImportOptions;
import org.charrnn.interchange.Interchange;
import org.charrnn.interchange.SmallMl5Model;
import org.charrnn.interchange.huggingface.VocabularyFile;
import org.charrnn.text.CharRnn;
import org.charrnn.text.Checkpoint;
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
    assertSameText(SmallMl5Model.write(temporary.resolve("ml5"), firstGeneration));
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
    System.out.printf(Locale.ROOT, "%s: %s%n", folder.getFileName(), assertSameText(folder));
  }

  /** Compares greedy texts. */
  private String assertSameText(Path folder) throws IOException {
    List<String> symbols = symbols(folder);
    Path symbolsFile =
        Files.writeString(
            temporary.resolve("symbols.json"), JsonMapper.shared().writeValueAsString(symbols));
    Path checkpoint = temporary.resolve("model.ckpt");
    Checkpoint.writeModel(
        Interchange.importModel(folder, new ImportOptions(Optional.of(symbolsFile), Map.of())),
        checkpoint);
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
}
