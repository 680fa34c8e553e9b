package org.charrnn.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.charrnn.api.CharRnnException;
import org.charrnn.spark.training.SparkTraining;
import org.charrnn.text.CharRnn;
import org.charrnn.text.Checkpoint;
import org.charrnn.text.Trainer;
import org.charrnn.text.config.RoundConfig;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.snapshot.Snapshot;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training on Spark in this process gives the bytes of a training on one machine. */
class LocalTrainingTest {

  @TempDir private static Path folder;

  private static SparkSession spark;
  private static Path text;

  @BeforeAll
  static void start() {
    spark = SparkSessions.local(2);
    text = TestTraining.text(folder);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private Path file(String name) {
    return folder.resolve(name + ".ckpt");
  }

  @Test
  void fourWorkers_onTwoSlots_trainAsOnOneMachine() {
    TrainingConfig config = TestTraining.config(4);
    assertArrayEquals(
        TestTraining.onOneMachine(text, config, file("one")),
        TestTraining.onSpark(spark, text, config, file("two-slots")));
    assertArrayEquals(
        TestTraining.bytes(Checkpoint.best(file("one"))),
        TestTraining.bytes(Checkpoint.best(file("two-slots"))));
  }

  @Test
  void stoppedTraining_isResumedThereAndBack_toTheSameBytes() {
    TrainingConfig config = TestTraining.config(3);
    byte[] whole = TestTraining.onOneMachine(text, config, file("whole"));
    Path file = file("stopped");
    SparkTraining training = SparkTraining.of(spark, text.toString());
    try (Trainer trainer = training.charRnn().trainer(training.corpus(), config)) {
      stopAt(trainer, file, TestTraining.ROUND);
    }
    try (Trainer trainer = CharRnn.create().resume(file, Corpus.read(text))) {
      stopAt(trainer, file, 3 * TestTraining.ROUND);
    }
    try (Trainer trainer = training.charRnn().resume(file, training.corpus())) {
      trainer.run(file, TrainingListener.silent());
    }
    assertArrayEquals(whole, TestTraining.bytes(file));
  }

  private static void stopAt(Trainer trainer, Path file, int step) {
    trainer.run(
        file,
        TrainingListener.onStep(report -> {
          if (report.step() >= step) {
            trainer.requestStop();
          }
        }));
    assertEquals(step, trainer.stepsDone());
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void gradientMode_isAccumulationOnOneMachine(int workers) {
    TrainingConfig alone =
        TestTraining.config(1).toBuilder()
            .optimizer(it -> it.accumulate(workers).dropout(0.2).clipNorm(0.5))
            .windows(it -> it.carryState(false))
            .rounds(it -> it.outerEvery(0))
            .run(it -> it.maxSteps(20))
            .build();
    TrainingConfig together =
        alone.toBuilder()
            .optimizer(it -> it.accumulate(1))
            .rounds(it -> it.workers(workers).roundMode(RoundConfig.Mode.GRADIENT))
            .build();
    TestTraining.onOneMachine(text, alone, file("accumulated" + workers));
    TestTraining.onSpark(spark, text, together, file("gradients" + workers));
    var expected = Snapshot.read(file("accumulated" + workers));
    var actual = Snapshot.read(file("gradients" + workers));
    expected
        .model()
        .tensors()
        .forEach((name, tensor) ->
            assertArrayEquals(tensor.values(), actual.model().tensors().get(name).values(), name));
    assertEquals(20, actual.training().orElseThrow().progress().step());
  }

  @Test
  void folderOfFiles_isOneText() throws Exception {
    String all = Files.readString(text);
    Path parts = Files.createDirectory(folder.resolve("parts"));
    byte[] bytes = all.getBytes(StandardCharsets.UTF_8);
    int cut = bytes.length / 3 + 1; // within a character of three bytes, for one of the cuts
    Files.write(parts.resolve("part-0"), Arrays.copyOfRange(bytes, 0, cut));
    Files.write(parts.resolve("part-1"), Arrays.copyOfRange(bytes, cut, 2 * cut + 1));
    Files.write(parts.resolve("part-2"), Arrays.copyOfRange(bytes, 2 * cut + 1, bytes.length));
    Files.writeString(parts.resolve("_SUCCESS"), "not a part");
    Corpus corpus = SparkTraining.of(spark, parts.toString()).corpus();
    assertEquals(Corpus.read(text).fingerprint(), corpus.fingerprint());
    assertEquals(all, corpus.text());
  }

  @Test
  void missingText_isNamed() {
    CharRnnException e =
        assertThrows(CharRnnException.class, () -> SparkTraining.of(spark, folder + "/none"));
    assertTrue(String.valueOf(e.getMessage()).contains("none"), e::toString);
  }

  @Test
  void estimator_givesAScorerOfItsModel() throws Exception {
    List<String> lines = Files.readAllLines(text);
    Dataset<Row> frame = spark.createDataset(lines, Encoders.STRING()).toDF("text").coalesce(1);
    String model = folder.resolve("estimated.ckpt").toString();
    CharRnnEstimator estimator =
        new CharRnnEstimator()
            .setModelPath(model)
            .setProfile("small")
            .setConfig(
                "{\"model\": {\"hiddenSize\": 32}, \"run\": {\"epochs\": 1, \"maxSteps\": 20}}")
            .setWorkers(2)
            .setOuterEvery(10);
    String saved = folder.resolve("estimator").toString();
    estimator.write().overwrite().save(saved);
    CharRnnScorer scorer = CharRnnEstimator.load(saved).fit(frame);
    assertTrue(Files.exists(Path.of(model)));
    assertTrue(Files.exists(Path.of(scorer.getModelPath())));
    Row row = scorer.transform(frame.limit(1)).selectExpr("score.bits_per_character").first();
    assertTrue(row.getDouble(0) > 0 && row.getDouble(0) < 12, row::toString);
    CharRnnException e = assertThrows(CharRnnException.class, () -> estimator.fit(frame));
    assertTrue(String.valueOf(e.getMessage()).contains("resume"), e::toString);
  }
}
