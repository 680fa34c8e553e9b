package org.charrnn.examples.scoring;

import java.util.List;
import org.charrnn.text.CharRnn;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;

/** Trains a model on a few lines in seconds. */
final class SmallModel {

  private SmallModel() {}

  static LanguageModel train(List<String> lines, int epochs) {
    TrainingConfig config =
        TrainingConfig.builder()
            .model(it -> it.hiddenSize(64))
            .optimizer(it -> it.learningRate(0.01).dropout(0))
            .windows(it -> it.seqLength(32).batchSize(4))
            .run(it -> it.epochs(epochs).validation(0).seed(1))
            .sample(it -> it.length(0))
            .watch(it -> it.noPatience())
            .build();
    return CharRnn.create().train(Corpus.of("\n" + String.join("\n", lines) + "\n"), config);
  }
}
