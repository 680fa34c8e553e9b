package org.charrnn.interchange;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.charrnn.api.Accelerator;
import org.charrnn.api.discovery.Accelerators;
import org.charrnn.api.network.Norm;
import org.charrnn.interchange.RandomModels.Head;
import org.charrnn.interchange.failure.InterchangeException;
import org.charrnn.interchange.safetensors.SafetensorsFile;
import org.charrnn.text.Checkpoint;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.ReadingDirection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InterchangeTest {

  @TempDir Path folder;

  static List<Arguments> modelsOfPyTorch() {
    return models(List.of("gru", "gru-reset-after", "lstm", "rnn"));
  }

  static List<Arguments> models() {
    return models(RandomModels.cells());
  }

  private static List<Arguments> models(List<String> cells) {
    List<Arguments> models = new ArrayList<>();
    for (String cell : cells) {
      for (int layers : new int[] {1, 3}) {
        for (Head head : Head.values()) {
          models.add(Arguments.of(cell, layers, head));
        }
      }
    }
    return models;
  }

  @ParameterizedTest(name = "{0}, {1} layers, {2}")
  @MethodSource("modelsOfPyTorch")
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

  @ParameterizedTest
  @ValueSource(strings = {"min-gru", "min-lstm", "sru", "mogrifier-lstm"})
  void onnx_roundTripOfACellWithoutAnOperator_givesTheSameBytes(String cell) {
    SavedModel model = RandomModels.of(cell, 2, Head.TIED);
    Path file = folder.resolve("model.onnx");
    Interchange.exportOnnx(model, file, OnnxOptions.DEFAULT);
    assertSameModel(model, Interchange.importModel(file, ImportOptions.NONE));
  }

  private static void assertSameModel(SavedModel expected, SavedModel actual) {
    assertSameWeights(expected, actual);
    assertEquals(expected.config(), actual.config());
    assertEquals(expected.vocabulary().entries(), actual.vocabulary().entries());
  }

  private static void assertSameWeights(SavedModel expected, SavedModel actual) {
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
    SavedModel imported =
        Interchange.importModel(
            other, new ImportOptions(Optional.of(folder.resolve("tokenizer.json")), Map.of()));
    assertSameWeights(model, imported);
    assertEquals(
        Optional.of(new SavedModel.Origin.Imported("safetensors", false)),
        imported.origin(),
        "nothing says how it was trained");
    assertEquals(0, imported.vocabulary().entries().getFirst().count());
  }

  @Test
  void importModel_ofAnExport_isMarkedAsImported() {
    SavedModel model = RandomModels.of("lstm", 1, Head.TIED);
    Interchange.exportFolder(model, folder.resolve("hf"));
    Path onnx = folder.resolve("model.onnx");
    Interchange.exportOnnx(model, onnx, OnnxOptions.DEFAULT);
    assertEquals(
        Optional.of(new SavedModel.Origin.Imported("a folder for PyTorch", true)),
        Interchange.importModel(folder.resolve("hf"), ImportOptions.NONE).origin());
    SavedModel imported = Interchange.importModel(onnx, ImportOptions.NONE);
    assertEquals(Optional.of(new SavedModel.Origin.Imported("ONNX", true)), imported.origin());
    Path checkpoint = folder.resolve("model.ckpt");
    Checkpoint.writeModel(imported, checkpoint);
    assertEquals(imported.origin(), Checkpoint.readModel(checkpoint).origin());
  }

  @Test
  void exportOnnx_thatComputesSomethingElse_writesNothing() throws IOException {
    SavedModel model = RandomModels.of(FickleCell.NAME, 1, Head.UNTIED);
    Path file = folder.resolve("model.onnx");
    Accelerator accelerator = Accelerators.choose(Optional.of("java"));
    InterchangeException e =
        assertThrows(
            InterchangeException.class,
            () -> Interchange.exportOnnx(model, file, OnnxOptions.DEFAULT, accelerator));
    assertTrue(String.valueOf(e.getMessage()).contains("it was not written"), e.getMessage());
    assertEquals(List.of(), files());

    SavedModel good = RandomModels.of("lstm", 1, Head.UNTIED);
    Interchange.exportOnnx(good, file, OnnxOptions.DEFAULT, accelerator);
    assertThrows(
        InterchangeException.class,
        () -> Interchange.exportOnnx(model, file, OnnxOptions.DEFAULT, accelerator));
    assertEquals(List.of("model.onnx"), files());
    assertSameModel(good, Interchange.importModel(file, ImportOptions.NONE));
  }

  @Test
  void exportFolder_modelCard_hasTheFiguresOfTheTraining() throws IOException {
    SavedModel model = RandomModels.of("lstm", 1, Head.UNTIED);
    Path card = folder.resolve("README.md");
    Interchange.exportFolder(
        new SavedModel(
            model.config(),
            model.vocabulary(),
            model.tensors(),
            Optional.of(new SavedModel.Origin.Run("id", 1200, OptionalDouble.of(1.5)))),
        folder);
    assertTrue(
        Files.readString(card)
            .contains(
                "| steps | 1200 |\n"
                    + "| loss on held-out text | 1.5000 nats per character, perplexity 4.48 |"),
        () -> card.toString());
    Interchange.exportFolder(
        new SavedModel(
            model.config(),
            model.vocabulary(),
            model.tensors(),
            Optional.of(new SavedModel.Origin.Imported("ml5.js", false))),
        folder);
    String unknown = Files.readString(card);
    assertTrue(unknown.contains("| training | unknown; imported from ml5.js |"), unknown);
    assertFalse(unknown.contains("| optimizer |"), unknown);
  }

  @Test
  void exportFolder_ofACellThatPyTorchLacks_writesNothing() throws IOException {
    SavedModel model = RandomModels.of("sru", 1, Head.UNTIED);
    InterchangeException e =
        assertThrows(
            InterchangeException.class,
            () -> Interchange.exportFolder(model, folder.resolve("hf")));
    assertTrue(String.valueOf(e.getMessage()).contains("--to onnx"), e.getMessage());
    assertEquals(List.of(), files());
  }

  @Test
  void exportFolder_overAnExistingOne_replacesItsFilesAndKeepsOthers() throws IOException {
    Path hf = folder.resolve("hf");
    Interchange.exportFolder(RandomModels.of("lstm", 1, Head.UNTIED), hf);
    Files.writeString(hf.resolve("notes.txt"), "mine");
    SavedModel model = RandomModels.of("rnn", 2, Head.TIED);
    Interchange.exportFolder(model, hf);
    assertEquals("mine", Files.readString(hf.resolve("notes.txt")));
    assertSameModel(model, Interchange.importModel(hf, ImportOptions.NONE));
    assertEquals(List.of("hf"), files());
  }

  /** What reads ids does not know their direction; a tokenizer would have to reverse the text. */
  @Test
  void export_ofAModelThatReadsBackward_isOnnxAlone() throws IOException {
    SavedModel forward = RandomModels.of("lstm", 1, Head.UNTIED);
    SavedModel model =
        new SavedModel(
            forward.config().toBuilder()
                .model(it -> it.direction(ReadingDirection.BACKWARD))
                .build(),
            forward.vocabulary(),
            forward.tensors());
    assertRefused(
        "direction backward", () -> Interchange.exportFolder(model, folder.resolve("hf")));
    assertEquals(List.of(), files());
    Path onnx = folder.resolve("model.onnx");
    Interchange.exportOnnx(model, onnx, OnnxOptions.DEFAULT);
    assertSameModel(model, Interchange.importModel(onnx, ImportOptions.NONE));
  }

  @Test
  void export_residualConnectionsAndNorms_areRefusedByName() {
    SavedModel plain = RandomModels.of("min-gru", 2, Head.TIED);
    SavedModel deep =
        new SavedModel(
            plain.config().toBuilder().model(it -> it.residual(true)).build(),
            plain.vocabulary(),
            plain.tensors());
    assertRefused("residual true", () -> Interchange.exportFolder(deep, folder.resolve("hf")));
    assertRefused(
        "residual true",
        () -> Interchange.exportOnnx(deep, folder.resolve("x.onnx"), OnnxOptions.DEFAULT));
    SavedModel normalized =
        new SavedModel(
            plain.config().toBuilder().model(it -> it.norm(Norm.RMS)).build(),
            plain.vocabulary(),
            plain.tensors());
    assertRefused(
        "norm rms",
        () -> Interchange.exportOnnx(normalized, folder.resolve("x.onnx"), OnnxOptions.DEFAULT));
  }

  @Test
  void exportOnnx_overAnotherFile_isRefused() throws IOException {
    Path corpus = Files.writeString(folder.resolve("essays.txt"), "a text that took years");
    assertThrows(
        InterchangeException.class,
        () ->
            Interchange.exportOnnx(
                RandomModels.of("lstm", 1, Head.UNTIED), corpus, OnnxOptions.DEFAULT));
    assertEquals("a text that took years", Files.readString(corpus));
  }

  @Test
  void export_weightsThatAreNotFinite_areRefusedByName() throws IOException {
    SavedModel model = RandomModels.of("lstm", 1, Head.UNTIED);
    model.tensors().get("lstm.0.U_f").values()[3] = Float.NaN;
    assertRefused(
        "lstm.0.U_f",
        () -> Interchange.exportOnnx(model, folder.resolve("model.onnx"), OnnxOptions.DEFAULT));
    assertRefused("lstm.0.U_f", () -> Interchange.exportFolder(model, folder.resolve("hf")));
    assertEquals(List.of(), files());
  }

  @Test
  void importModel_weightsThatAreNotFinite_areRefusedByName() throws IOException {
    SavedModel model = RandomModels.of("lstm", 1, Head.UNTIED);
    Path onnx = folder.resolve("model.onnx");
    Interchange.exportOnnx(model, onnx, OnnxOptions.DEFAULT);
    Map<String, HostTensor> tensors = exported("lstm");
    tensors.get("rnn.weight_hh_l0").values()[5] = Float.POSITIVE_INFINITY;
    assertRefused(tensors, "'rnn.weight_hh_l0' with values that are not finite");

    byte[] bytes = Files.readAllBytes(onnx);
    byte[] known =
        ByteBuffer.allocate(4)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putFloat(model.tensors().get("output.bias").values()[0])
            .array();
    int at = new String(bytes, ISO_8859_1).indexOf(new String(known, ISO_8859_1));
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putFloat(at, Float.NaN);
    Files.write(onnx, bytes);
    assertRefused(
        "'output.bias' with values that are not finite",
        () -> Interchange.importModel(onnx, ImportOptions.NONE));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(it -> String.valueOf(it.getFileName())).toList();
    }
  }

  private static void assertRefused(String reason, Executable action) {
    InterchangeException e = assertThrows(InterchangeException.class, action);
    assertTrue(String.valueOf(e.getMessage()).contains(reason), e.getMessage());
  }

  @Test
  void importModel_bidirectional_isRefusedByName() throws IOException {
    Map<String, HostTensor> tensors = exported("lstm");
    tensors.put("rnn.weight_ih_l0_reverse", tensors.get("rnn.weight_ih_l0"));
    assertRefused(tensors, "bidirectional");
  }

  @Test
  void importModel_layerOfAnAbsurdNumber_isRefusedByName() throws IOException {
    Map<String, HostTensor> tensors = exported("lstm");
    tensors.put("rnn.weight_ih_l99999999999", tensors.get("rnn.weight_ih_l0"));
    assertRefused(tensors, "rnn.weight_ih_l99999999999");
    tensors.remove("rnn.weight_ih_l99999999999");
    tensors.put("rnn.weight_ih_l999", tensors.get("rnn.weight_ih_l0"));
    assertRefused(tensors, "lacks 'rnn.weight_ih_l1'");
  }

  @Test
  void importModel_symbolsTwiceInOnnx_areRefused() throws IOException {
    Path onnx = folder.resolve("model.onnx");
    Interchange.exportOnnx(RandomModels.of("lstm", 1, Head.UNTIED), onnx, OnnxOptions.DEFAULT);
    String text = new String(Files.readAllBytes(onnx), ISO_8859_1);
    Files.write(onnx, text.replace("\" \",\"a\"", "\"a\",\"a\"").getBytes(ISO_8859_1));
    assertRefused(
        "a vocabulary that is impossible", () -> Interchange.importModel(onnx, ImportOptions.NONE));
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
