package org.charrnn.interchange;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.charrnn.api.CharRnnException;
import org.charrnn.api.SeededRandom;
import org.charrnn.interchange.RandomModels.Head;
import org.charrnn.text.checkpoint.SavedModel;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever happened to a file, it is imported or refused with an exception of the project. */
class DamagedFilesTest {

  private static final int FILES = 300;

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "model.safetensors",
    "config.json",
    "tokenizer.json",
    "fused.onnx",
    "scan.onnx",
    "vocab.json",
    "manifest.json",
    "rnnlm_softmax_b",
  })
  void damagedFile_isImportedOrRefused(String name) throws IOException {
    Path path = write(name);
    Path file = Files.isDirectory(path) ? path.resolve(name) : path;
    byte[] good = Files.readAllBytes(file);
    Interchange.importModel(path, ImportOptions.NONE);
    RandomGenerator random = new SeededRandom(name.hashCode());
    int refused = 0;
    for (int i = 0; i < FILES; i++) {
      Files.write(file, damaged(good, random));
      try {
        Interchange.importModel(path, ImportOptions.NONE);
      } catch (CharRnnException e) {
        refused++;
        assertTrue(String.valueOf(e.getMessage()).length() < 5000, e::getMessage);
      }
    }
    assertTrue(refused > FILES / 20, refused + " were refused");
  }

  /** Cut, longer, with another byte, or with a piece of itself in another place. */
  private static byte[] damaged(byte[] good, RandomGenerator random) {
    byte[] bytes = good.clone();
    int place = random.nextInt(good.length);
    switch (random.nextInt(5)) {
      case 0 -> bytes = Arrays.copyOf(good, place);
      case 1 -> bytes = Arrays.copyOf(good, good.length + 1 + random.nextInt(9));
      case 2 -> bytes[place] = (byte) random.nextInt(256);
      case 3 -> bytes[place] ^= (byte) (1 << random.nextInt(8));
      default -> {
        int from = random.nextInt(good.length);
        int length = Math.min(1 + random.nextInt(8), good.length - Math.max(from, place));
        System.arraycopy(good, from, bytes, place, length);
      }
    }
    return bytes;
  }

  private Path write(String name) throws IOException {
    SavedModel model = RandomModels.of("gru-reset-after", 2, Head.UNTIED);
    if (name.endsWith(".onnx")) {
      Path file = folder.resolve(name);
      Interchange.exportOnnx(model, file, new OnnxOptions(name.startsWith("fused"), false));
      return file;
    }
    if (name.equals("vocab.json") || name.equals("manifest.json") || name.startsWith("rnnlm")) {
      return SmallMl5Model.write(folder.resolve("ml5"), true);
    }
    Interchange.exportFolder(model, folder.resolve("hf"));
    return folder.resolve("hf");
  }
}
