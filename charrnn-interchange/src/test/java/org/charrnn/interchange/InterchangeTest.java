package org.charrnn.interchange;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.charrnn.interchange.RandomModels.Head;
import org.charrnn.interchange.failure.InterchangeException;
import org.charrnn.interchange.safetensors.SafetensorsFile;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InterchangeTest {

  @TempDir Path folder;

  static List<Arguments> models() {
    List<Arguments> models = new ArrayList<>();
    for (String cell : List.of("gru", "gru-reset-after", "lstm", "rnn")) {
      for (int layers : new int[] {1, 3}) {
        for (Head head : Head.values()) {
          models.add(Arguments.of(cell, layers, head));
        }
      }
    }
    return models;
  }

  @ParameterizedTest(name = "{0}, {1} layers, {2}")
  @MethodSource("models")
  void folder_roundTrip_givesTheSameBytes(String cell, int layers, Head head) {
    SavedModel model = RandomModels.of(cell, layers, head);
    Interchange.exportFolder(model, folder);
    assertSameModel(model, Interchange.importModel(folder, ImportOptions.NONE));
  }

  @ParameterizedTest(name = "{0}, {1} layers, {2}")
  @MethodSource("models")
  void onnx_roundTrip_givesTheSameBytes(String cell, int layers, Head head) {
    SavedModel model = RandomModels.of(cell, layers, head);
    for (boolean fused : new boolean[] {true, false}) {
      Path file = folder.resolve("model.onnx");
      Interchange.exportOnnx(model, file, new OnnxOptions(fused, false));
      assertSameModel(model, Interchange.importModel(file, ImportOptions.NONE));
    }
  }

  private static void assertSameModel(SavedModel expected, SavedModel actual) {
    assertEquals(expected.config().model(), actual.config().model());
    assertEquals(
        expected.vocabulary().entries().stream().map(it -> it.symbol()).toList(),
        actual.vocabulary().entries().stream().map(it -> it.symbol()).toList());
    assertEquals(List.copyOf(expected.tensors().keySet()), List.copyOf(actual.tensors().keySet()));
    expected
        .tensors()
        .forEach((name, tensor) -> {
          HostTensor read = actual.tensors().get(name);
          assertEquals(tensor.shape(), read.shape(), name);
          assertArrayEquals(tensor.values(), read.values(), name);
        });
  }

  @Test
  void exportFolder_tokenizer_isReadByHuggingFace() throws IOException {
    Interchange.exportFolder(RandomModels.of("lstm", 1, Head.UNTIED), folder);
    try (HuggingFaceTokenizer tokenizer =
        HuggingFaceTokenizer.newInstance(folder.resolve("tokenizer.json"))) {
      String text = "选择 a\n😀\u2028\\\"{é0选";
      Encoding encoding = tokenizer.encode(text, false, false);
      assertArrayEquals(new long[] {0, 1, 3, 4, 2, 7, 8, 6, 5, 11, 10, 12, 0}, encoding.getIds());
      assertEquals(text, tokenizer.decode(encoding.getIds()));
    }
  }

  @Test
  void exportFolder_tiedWeights_areWrittenOnce() {
    Interchange.exportFolder(RandomModels.of("lstm", 1, Head.TIED), folder);
    SafetensorsFile file = SafetensorsFile.read(folder.resolve("model.safetensors"));
    assertTrue(file.tensors().containsKey("encoder.weight"));
    assertFalse(file.tensors().containsKey("decoder.weight"));
    assertEquals("pt", file.metadata().get("format"));
  }

  @Test
  void importModel_otherPrefixes_areRecognized() throws IOException {
    SavedModel model = RandomModels.of("gru-reset-after", 2, Head.UNTIED);
    Interchange.exportFolder(model, folder);
    Map<String, HostTensor> renamed = new java.util.LinkedHashMap<>();
    SafetensorsFile.read(folder.resolve("model.safetensors"))
        .tensors()
        .forEach((name, tensor) ->
            renamed.put(
                "net." + name.replace("rnn.", "gru_layer.").replace("decoder", "fc_out"), tensor));
    Path other = Files.createDirectory(folder.resolve("other")).resolve("weights.safetensors");
    new SafetensorsFile(Map.of(), renamed).write(other);
    assertSameModel(
        model,
        Interchange.importModel(
            other, new ImportOptions(Optional.of(folder.resolve("tokenizer.json")), Map.of())));
  }

  @Test
  void importModel_bidirectional_isRefusedByName() throws IOException {
    Map<String, HostTensor> tensors = exported("lstm");
    tensors.put("rnn.weight_ih_l0_reverse", tensors.get("rnn.weight_ih_l0"));
    assertRefused(tensors, "bidirectional");
  }

  @Test
  void importModel_projectedLstm_isRefusedByName() throws IOException {
    Map<String, HostTensor> tensors = exported("lstm");
    tensors.put("rnn.weight_hr_l0", tensors.get("rnn.weight_hh_l0"));
    assertRefused(tensors, "projected");
  }

  @Test
  void importModel_tensorsOfNoPart_areRefusedByName() throws IOException {
    Map<String, HostTensor> tensors = exported("lstm");
    tensors.put("attention.key", tensors.get("rnn.weight_hh_l0"));
    assertRefused(tensors, "attention.key");
  }

  @Test
  void importModel_aPickle_isRefusedWithTheWayOut() throws IOException {
    Path file = Files.writeString(folder.resolve("model.pt"), "x");
    InterchangeException e =
        assertThrows(
            InterchangeException.class, () -> Interchange.importModel(file, ImportOptions.NONE));
    assertTrue(String.valueOf(e.getMessage()).contains("save_file"), e.getMessage());
  }

  @Test
  void importModel_withoutVocabulary_asksForIt() throws IOException {
    exported("rnn");
    Files.delete(folder.resolve("tokenizer.json"));
    InterchangeException e =
        assertThrows(
            InterchangeException.class, () -> Interchange.importModel(folder, ImportOptions.NONE));
    assertTrue(String.valueOf(e.getMessage()).contains("--vocabulary"), e.getMessage());
  }

  private Map<String, HostTensor> exported(String cell) {
    Interchange.exportFolder(RandomModels.of(cell, 1, Head.UNTIED), folder);
    return new java.util.LinkedHashMap<>(
        SafetensorsFile.read(folder.resolve("model.safetensors")).tensors());
  }

  private void assertRefused(Map<String, HostTensor> tensors, String reason) throws IOException {
    new SafetensorsFile(Map.of(), tensors).write(folder.resolve("model.safetensors"));
    InterchangeException e =
        assertThrows(
            InterchangeException.class, () -> Interchange.importModel(folder, ImportOptions.NONE));
    assertTrue(String.valueOf(e.getMessage()).contains(reason), e.getMessage());
  }
}
