package org.charrnn.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.charrnn.api.CharRnnException;
import org.charrnn.text.CharRnn;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.generation.Sampler;
import org.charrnn.text.scoring.ScoringOptions;
import org.charrnn.text.scoring.TextScore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stages of Spark ML and the function of SQL give what the library gives. */
class ScoringTest {

  private static final List<String> TEXTS =
      Arrays.asList("the cat sat", null, "", "xylophone 木", "the dog sat on the log", "tac eht");

  private static final ScoringOptions PRICED =
      ScoringOptions.standard().withUnknownPrice(ScoringOptions.ANY_CODE_POINT_NATS);

  @TempDir private static Path folder;

  private static SparkSession spark;
  private static Path file;
  private static LanguageModel model;

  @BeforeAll
  static void start() {
    spark = SparkSessions.local(2);
    file = SmallModel.save(folder.resolve("small.ckpt"));
    model = CharRnn.create().load(file);
  }

  @AfterAll
  static void stop() {
    model.close();
    spark.stop();
  }

  private static Dataset<Row> frame(List<String> texts, int partitions) {
    return spark.createDataset(texts, Encoders.STRING()).toDF("text").repartition(partitions);
  }

  private static CharRnnScorer scorer() {
    return new CharRnnScorer().setModelPath(file.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void scores_areThoseOfTheLibrary_forAnyPartitions(int partitions) {
    List<Row> rows = scorer().transform(frame(TEXTS, partitions)).collectAsList();
    assertEquals(TEXTS.size(), rows.size());
    for (Row row : rows) {
      if (row.isNullAt(0)) {
        assertNull(row.get(1));
        continue;
      }
      TextScore expected = model.score(row.getString(0), PRICED);
      Row score = row.getStruct(1);
      assertEquals(expected.logProbability(), score.getDouble(0));
      assertEquals(expected.bitsPerCharacter(), score.getDouble(1));
      assertEquals(expected.perplexity(), score.getDouble(2));
      assertEquals(expected.unknown(), score.getInt(3));
    }
  }

  @Test
  void manyTexts_keepTheirOrder() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      many.add(i % 7 == 0 ? null : "the cat sat on the mat".substring(i % 11) + i % 3);
    }
    List<Row> rows = scorer().transform(frame(many, 1).coalesce(1)).collectAsList();
    for (int i = 0; i < many.size(); i++) {
      assertEquals(rows.get(i).isNullAt(0), rows.get(i).isNullAt(1));
      if (!rows.get(i).isNullAt(0)) {
        String surprising = rows.get(i).getStruct(1).getString(4);
        assertTrue(rows.get(i).getString(0).contains(surprising), surprising);
      }
    }
    assertEquals(many.size(), rows.size());
  }

  @Test
  void mostSurprisingSpan_isTheOneWithTheLeastProbableSymbols() {
    Row row =
        scorer()
            .setSpanLength(3)
            .transform(frame(List.of("the cat zzz on the mat"), 1))
            .select("score.surprising", "score.surprising_start", "score.surprising_bits")
            .first();
    TextScore score = model.score("the cat zzz on the mat", PRICED);
    double[] p = score.logProbabilities();
    int start = row.getInt(1);
    double found = -(p[start] + p[start + 1] + p[start + 2]) / Math.log(2) / 3;
    assertEquals(found, row.getDouble(2), 1e-12);
    for (int i = 0; i + 3 <= p.length; i++) {
      assertTrue(-(p[i] + p[i + 1] + p[i + 2]) / Math.log(2) / 3 <= found + 1e-12);
    }
    assertTrue(row.getString(0).contains("z"), row::toString);
  }

  @Test
  void unknownCharacters_failTheJob_ifTheyHaveNoPrice() {
    Dataset<Row> scored = scorer().setUnknownNats(-1).transform(frame(List.of("木"), 1));
    Exception failure = assertThrows(Exception.class, scored::collectAsList);
    assertTrue(String.valueOf(failure.getMessage()).contains("木"), failure::toString);
  }

  @Test
  void columnsThatDoNotFit_areRefusedBeforeTheJob() {
    Dataset<Row> frame = frame(List.of("a"), 1);
    assertThrows(
        InvalidOptionException.class, () -> scorer().setOutputCol("text").transform(frame));
    assertThrows(
        InvalidOptionException.class, () -> scorer().transform(frame.selectExpr("1 AS text")));
    assertThrows(CharRnnException.class, () -> new CharRnnScorer().transform(frame));
    assertThrows(
        CharRnnException.class,
        () -> scorer().setModelPath(folder + "/none.ckpt").transform(frame));
  }

  @Test
  void savedPipeline_hasItsModelWithIt() throws Exception {
    Path copy = folder.resolve("moved.ckpt");
    Files.copy(file, copy);
    Dataset<Row> frame = frame(List.of("the cat sat", "the mat"), 1);
    CharRnnScorer scorer = new CharRnnScorer().setModelPath(copy.toString()).setOutputCol("s");
    CharRnnGenerator generator =
        new CharRnnGenerator().setModelPath(copy.toString()).setLength(5).setTemperature(0);
    String saved = folder.resolve("pipeline").toString();
    new Pipeline()
        .setStages(new PipelineStage[] {scorer, generator})
        .fit(frame)
        .write()
        .overwrite()
        .save(saved);
    List<Row> before = generator.transform(scorer.transform(frame)).collectAsList();
    Files.delete(copy);
    assertEquals(before, PipelineModel.load(saved).transform(frame).collectAsList());
  }

  @Test
  void sqlFunction_scoresAsTheTransformer() {
    frame(TEXTS, 2).createOrReplaceTempView("lines");
    CharRnnSql.register(spark, file.toString());
    List<Row> rows =
        spark.sql("SELECT text, charrnn_score(text) AS score FROM lines").collectAsList();
    assertEquals(
        scorer().transform(frame(TEXTS, 2)).collectAsList().stream()
            .map(Row::toString)
            .sorted()
            .toList(),
        rows.stream().map(Row::toString).sorted().toList());
    Row constant = spark.sql("SELECT charrnn_score('the cat sat').perplexity").first();
    assertEquals(model.score("the cat sat").perplexity(), constant.getDouble(0));
  }

  @Test
  void generatedTexts_areThoseOfTheLibrary() {
    Dataset<Row> prompts =
        frame(Arrays.asList("the c", null, "the d", "on"), 2)
            .selectExpr("text", "CAST(length(text) AS BIGINT) AS seed");
    List<Row> rows =
        new CharRnnGenerator()
            .setModelPath(file.toString())
            .setLength(20)
            .setSeedCol("seed")
            .transform(prompts)
            .collectAsList();
    assertEquals(4, rows.size());
    for (Row row : rows) {
      if (row.isNullAt(0)) {
        assertTrue(row.isNullAt(2));
      } else {
        assertEquals(
            model.generate(
                new GenerationRequest(row.getString(0), 20, Sampler.standard(), row.getLong(1))),
            row.getString(2));
      }
    }
  }

  @Test
  void failureOfAPrompt_failsTheJob() {
    Dataset<Row> generated =
        new CharRnnGenerator().setModelPath(file.toString()).transform(frame(List.of("木"), 1));
    Exception failure = assertThrows(Exception.class, generated::collectAsList);
    assertTrue(String.valueOf(failure.getMessage()).contains("木"), failure::toString);
    assertFalse(spark.sparkContext().isStopped());
  }
}
