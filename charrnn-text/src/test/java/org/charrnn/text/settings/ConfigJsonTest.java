package org.charrnn.text.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.charrnn.text.config.DocumentConfig;
import org.charrnn.text.config.OptimizerConfig;
import org.charrnn.text.config.Profile;
import org.charrnn.text.config.Schedule;
import org.charrnn.text.config.TrainingConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigJsonTest {

  private static final TrainingConfig STANDARD = Profile.STANDARD.config();

  @TempDir private Path directory;

  private Path file(String json) throws IOException {
    return Files.writeString(directory.resolve("c.json"), json);
  }

  private TrainingConfig read(String json) throws IOException {
    return ConfigJson.read(file(json), STANDARD);
  }

  static Stream<TrainingConfig> configurations() {
    TrainingConfig.Builder all =
        TrainingConfig.builder()
            .optimizer(it -> it.name("adamw").hyperparameter("decay", 0.01))
            .model(it -> it.initialDeviation(0.02))
            .run(it -> it.maxSteps(12_345_678_901L))
            .watch(it -> it.validateEverySteps(50).patience(3).maxTime(Duration.ofMinutes(15)))
            .documents(it ->
                it.documentBegin("^")
                    .documentSeparator(DocumentConfig.Separator.BLANK_LINE)
                    .resetAtDocuments(true))
            .sample(it -> it.prompt("“选\n\\”😀"));
    return Stream.concat(
        Arrays.stream(Profile.values()).map(Profile::config),
        Stream.of(
                new Schedule.Constant(),
                new Schedule.Decay(3, 0.9),
                new Schedule.Staircase(100, Schedule.Staircase.Unit.STEPS, 0.5),
                new Schedule.Cosine(10, 0.1),
                new Schedule.Plateau(2, 0.5))
            .map(schedule -> all.optimizer(it -> it.schedule(schedule)).build()));
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void write_read_isTheSame_whateverItIsReadOver(TrainingConfig config) throws IOException {
    Path file = file(ConfigJson.write(config));
    for (Profile profile : Profile.values()) {
      assertEquals(config, ConfigJson.read(file, profile.config()));
    }
  }

  /** The values that the profiles had before they changed, for comparisons. */
  @ParameterizedTest
  @CsvSource({
    "small, 128, 1, 0.004, 0.0, 50, 5",
    "standard, 512, 1, 0.002, 0.3, 50, 6",
    "best, 512, 2, 0.002, 0.4, 64, 32"
  })
  void earlierProfiles_areFiles(
      String name,
      int hiddenSize,
      int layers,
      double learningRate,
      double dropout,
      int seqLength,
      int epochs) {
    TrainingConfig expected =
        TrainingConfig.builder()
            .model(it -> it.hiddenSize(hiddenSize).layers(layers).tieWeights(true))
            .optimizer(it -> it.name("adam").learningRate(learningRate).dropout(dropout))
            .optimizer(it -> it.schedule(new Schedule.Cosine(100, 0)).clipNorm(5))
            .windows(it -> it.seqLength(seqLength).batchSize(32).carryState(true))
            .run(it -> it.epochs(epochs).validation(0.1))
            .build();
    for (Profile profile : Profile.values()) {
      Path file = Path.of("../docs/profiles/earlier-" + name + ".json");
      assertEquals(expected, ConfigJson.read(file, profile.config()));
    }
  }

  @Test
  void nothing_changesNothing() throws IOException {
    assertEquals(STANDARD, read("{}"));
    assertEquals(STANDARD, read("{\"model\": {}, \"run\": {}}"));
  }

  @Test
  void part_leavesTheRest() throws IOException {
    TrainingConfig expected =
        STANDARD.toBuilder()
            .model(it -> it.hiddenSize(12))
            .run(it -> it.maxSteps(9))
            .optimizer(it -> it.noClipNorm())
            .build();
    assertEquals(
        expected,
        read(
            """
            {"model": {"hiddenSize": 12}, "run": {"maxSteps": 9}, "optimizer": {"clipNorm": null}}
            """));
  }

  @Test
  void anotherOptimizer_hasItsOwnDefaults() throws IOException {
    OptimizerConfig optimizer = read("{\"optimizer\": {\"name\": \"sgd\"}}").optimizer();
    assertEquals(OptionalDouble.empty(), optimizer.learningRate());
    assertEquals(STANDARD.optimizer().clipNorm(), optimizer.clipNorm());
    OptimizerConfig told =
        read("{\"optimizer\": {\"name\": \"adam\", \"learningRate\": 0.002, \"hyperparameters\": {\"beta1\": 0.8}}}")
            .optimizer();
    assertEquals(OptionalDouble.of(0.002), told.learningRate());
    assertEquals(Map.of("beta1", 0.8), told.hyperparameters());
  }

  @Test
  void begin_isTheFormerNameOfPrompt() throws IOException {
    assertEquals(
        read("{\"sample\": {\"prompt\": \"a\"}}"), read("{\"sample\": {\"begin\": \"a\"}}"));
  }

  @Test
  void sameOptimizer_keepsItsRate() throws IOException {
    String name = STANDARD.optimizer().name();
    assertEquals(
        STANDARD, read(String.format(Locale.ROOT, "{\"optimizer\": {\"name\": \"%s\"}}", name)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"model": {"hidenSize": 3}} | , line 1, column 12: there is no 'model.hidenSize'. Did you mean model.hiddenSize? The names in model are: tokenizer, vocabularyOrder,
          {"hiddenSize": 3} | , line 1, column 2: there is no 'hiddenSize'. Did you mean model.hiddenSize?
          {"modle": {}} | , line 1, column 2: there is no 'modle'. Did you mean model?
          {"model": {"hiddenSize": 0}} | , line 1, column 12: model.hiddenSize must be at least 1: 0
          {"model": {"hiddenSize": "12"}} | , line 1, column 12: model.hiddenSize must be an integer: "12"
          {"model": {"hiddenSize": 1.5}} | , line 1, column 12: model.hiddenSize must be an integer: 1.5
          {"model": {"hiddenSize": 99999999999}} | , line 1, column 12: model.hiddenSize must be an integer: 99999999999
          {"model": {"hiddenSize": null}} | , line 1, column 12: model.hiddenSize must be an integer: null
          {"model": {"vocabularyOrder": "size"}} | , line 1, column 12: model.vocabularyOrder must be one of CODE_POINT, FREQUENCY: "size"
          {"model": 3} | , line 1, column 2: model must be an object in braces: 3
          {"optimizer": {"clipNorm": -1}} | , line 1, column 16: optimizer.clipNorm must be a number greater than 0: -1.0
          {"optimizer": {"clipNorm": "soft"}} | , line 1, column 16: optimizer.clipNorm must be a number, or null: "soft"
          {"optimizer": {"hyperparameters": {"a": "b"}}} | , line 1, column 36: optimizer.hyperparameters.a must be a number: "b"
          {"optimizer": {"meanLoss": 1}} | , line 1, column 16: optimizer.meanLoss must be true or false: 1
          {"optimizer": {"schedule": {"name": "decay", "rate": 0.5}}} | , line 1, column 16: optimizer.schedule.after: 'after' is missing
          {"optimizer": {"schedule": {"name": "decay", "after": 3, "rate": 0.5, "ater": 1}}} | , line 1, column 71: there is no 'optimizer.schedule.ater'. Did you mean after?
          {"optimizer": {"schedule": {"name": "decai", "after": 3, "rate": 0.5}}} | , line 1, column 16: optimizer.schedule: Could not resolve type id 'decai'
          {"optimizer": {"schedule": {"name": "decay", "after": 0, "rate": 0.5}}} | : decayAfter must be at least 1: 0
          {"sample": {"begin": ""}} | , line 1, column 13: sample.begin must be at least one symbol: ''
          {"sample": {"begin": "a", "prompt": "b"}} | : prompt is given twice
          {"run": {"seed": 1, "seed": 2}} | , line 1, column 27: this is not JSON: Duplicate Object property "seed"
          {"run": | : this is not JSON: Unexpected end-of-input
          {"run": {}} more | : this is not JSON:
          [3] | : it must be a JSON object
          """)
  void nonsense_isToldWithItsPlace(String json, String message) throws IOException {
    ConfigFileException failure = assertThrows(ConfigFileException.class, () -> read(json));
    String said = String.valueOf(failure.getMessage());
    String file = directory.resolve("c.json").toString();
    assertEquals(file, failure.file());
    assertTrue(said.startsWith(file), said);
    assertTrue(said.contains(message), said);
    assertTrue(!said.contains("\n") && !said.contains("Source:"), said);
  }

  @Test
  void secondLine_isTold() throws IOException {
    ConfigFileException failure =
        assertThrows(
            ConfigFileException.class, () -> read("{\n  \"run\": {\n    \"epochs\": 0\n  }\n}"));
    assertTrue(
        String.valueOf(failure.getMessage()).contains("line 3, column 5: run.epochs must be"),
        failure::getMessage);
  }

  @Test
  void read_byteOrderMark_asEditorsOnWindowsWriteIt() throws IOException {
    assertEquals(3, read("\uFEFF{\"run\": {\"epochs\": 3}}").run().epochs());
  }

  @Test
  void noSuchFile_folder_notUtf8() throws IOException {
    Path gone = directory.resolve("gone.json");
    assertTrue(
        String.valueOf(
                assertThrows(ConfigFileException.class, () -> ConfigJson.read(gone, STANDARD))
                    .getMessage())
            .contains("there is no such file"));
    assertTrue(
        String.valueOf(
                assertThrows(ConfigFileException.class, () -> ConfigJson.read(directory, STANDARD))
                    .getMessage())
            .contains("it is a directory"));
    Path bytes = Files.write(directory.resolve("b.json"), new byte[] {'{', (byte) 0xFF, '}'});
    assertTrue(
        String.valueOf(
                assertThrows(ConfigFileException.class, () -> ConfigJson.read(bytes, STANDARD))
                    .getMessage())
            .contains("it is not UTF-8. "));
  }

  @Test
  void nearestNames_byTheLastName_thenByTheRest() {
    List<String> known = List.of("model", "model.layers", "run.epochs", "windows.batchSize");
    assertEquals(List.of("run.epochs"), NearestNames.of("epoch", known));
    assertEquals(List.of("windows.batchSize"), NearestNames.of("run.batchsize", known));
    assertEquals(List.of("ab", "ac"), NearestNames.of("ax", List.of("ab", "xyz", "ac")));
  }

  @Test
  void parse_configurationOfAnEarlierVersion_hasTheValuesThatItTrainedWith() {
    String json = ConfigJson.write(STANDARD);
    String earlier =
        json.replaceAll(
            "(?m),?\\s*\"(direction|residual|norm|dropoutKind|recurrentDropout|steps)\"\\s*:\\s*[^,}\\s]+",
            "");
    assertFalse(earlier.contains("residual") || earlier.contains("dropoutKind"), earlier);
    assertEquals(STANDARD, ConfigJson.parse(earlier));
  }
}
