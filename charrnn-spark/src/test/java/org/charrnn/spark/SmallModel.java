package org.charrnn.spark;

import java.nio.file.Path;
import org.charrnn.text.CharRnn;
import org.charrnn.text.LanguageModel;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;

/** A model that has learned a little in a second. */
final class SmallModel {

  static final String TEXT = "\nthe cat sat on the mat\nthe dog sat on the log\n".repeat(40);

  private SmallModel() {}

  static Path save(Path file) {
    TrainingConfig config =
        TrainingConfig.builder()
            .model(it -> it.hiddenSize(24))
            .optimizer(it -> it.learningRate(0.01).dropout(0))
            .windows(it -> it.seqLength(16).batchSize(4))
            .run(it -> it.epochs(4).validation(0).seed(1))
            .sample(it -> it.length(0))
            .watch(it -> it.noPatience())
            .build();
    try (LanguageModel model = CharRnn.create().train(Corpus.of(TEXT), config)) {
      model.save(file);
    }
    return file;
  }
}
