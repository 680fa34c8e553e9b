package org.charrnn.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;
import org.charrnn.spark.training.SparkTraining;
import org.charrnn.text.CharRnn;
import org.charrnn.text.Trainer;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.training.TrainingListener;

/** A training of five rounds and a bit, in different places; all give the same file. */
final class TestTraining {

  private TestTraining() {}

  static final int ROUND = 8;
  static final int STEPS = 5 * ROUND + 3;

  /** A text of several lines that do not repeat exactly. */
  static Path text(Path folder) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      text.append("第")
          .append(i)
          .append("行 the cat sat on mat ")
          .append(i * 7919L % 1000)
          .append('\n');
    }
    try {
      return Files.writeString(folder.resolve("text.txt"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TrainingConfig config(int workers) {
    return TrainingConfig.builder()
        .model(it -> it.hiddenSize(48))
        .optimizer(it -> it.learningRate(0.005).dropout(0.1))
        .windows(it -> it.seqLength(24).batchSize(4))
        .run(it -> it.epochs(1).maxSteps(STEPS).validation(0.02).seed(7))
        .sample(it -> it.length(10))
        .watch(it -> it.saveEverySteps(2 * ROUND))
        .rounds(it -> it.workers(workers).outerEvery(ROUND))
        .build();
  }

  /** The checkpoint of a training on one machine. */
  static byte[] onOneMachine(Path text, TrainingConfig config, Path file) {
    return run(CharRnn.create(), Corpus.read(text), config, file, TrainingListener.silent());
  }

  static byte[] onSpark(SparkSession spark, Path text, TrainingConfig config, Path file) {
    return onSpark(spark, text, config, file, TrainingListener.silent());
  }

  static byte[] onSpark(
      SparkSession spark, Path text, TrainingConfig config, Path file, TrainingListener listener) {
    SparkTraining training = SparkTraining.of(spark, text.toString());
    return run(training.charRnn(), training.corpus(), config, file, listener);
  }

  private static byte[] run(
      CharRnn charRnn, Corpus corpus, TrainingConfig config, Path file, TrainingListener listener) {
    try (Trainer trainer = charRnn.trainer(corpus, config)) {
      trainer.run(file, listener);
    }
    return bytes(file);
  }

  static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
