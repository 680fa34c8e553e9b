package org.example.charrnn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.charrnn.text.CharRnn;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.Trainer;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;
import org.charrnn.text.generation.GenerationRequest;
import org.charrnn.text.training.EpochReport;
import org.charrnn.text.training.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plugins are found by name, in training and when the model is loaded. */
class TrainingTest {

  private static final Corpus CORPUS = Corpus.of("one two three four, ".repeat(60));

  @TempDir private Path folder;

  @Test
  void simpleRnnWithPlainSgd_learnsASentence() {
    TrainingConfig config =
        TrainingConfig.builder()
            .model(it -> it.cell("simple-rnn"))
            .optimizer(it -> it.name("plain-sgd"))
            .model(it -> it.hiddenSize(32))
            .windows(it -> it.seqLength(10).batchSize(4))
            .run(it -> it.epochs(20).validation(0))
            .sample(it -> it.prompt("one"))
            .build();
    List<Double> losses = new ArrayList<>();
    Path model = folder.resolve("numbers.ckpt");
    try (Trainer trainer = CharRnn.create().withAccelerator("java").trainer(CORPUS, config)) {
      trainer.run(
          model,
          new TrainingListener() {
            @Override
            public void epoch(EpochReport report) {
              losses.add(report.training().nats());
            }
          });
    }
    assertTrue(losses.getLast() < losses.getFirst() / 4, losses.toString());
    try (LanguageModel loaded = CharRnn.create().withAccelerator("java").load(model)) {
      assertEquals("simple-rnn", loaded.config().model().cell());
      assertEquals("one two three four, one", loaded.generate(GenerationRequest.greedy("one", 20)));
    }
  }
}
