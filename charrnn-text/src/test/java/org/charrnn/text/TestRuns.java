package org.charrnn.text;

import org.charrnn.api.AcceleratorOptions;
import org.charrnn.text.config.Schedule;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Corpus;

/** Small training runs. */
final class TestRuns {

  /** A short text of its own kind, in which much returns. */
  static final Corpus CORPUS =
      Corpus.of(
          """
          ^山前有水，水上有桥，桥边有人家。人家门前种花，花开时有人来，花落时无人扫。
          ^山后有路，路边有树，树下有人坐。坐久了天色晚，天色晚了有人归，归来时月上山。
          ^水边有舟，舟上有灯，灯下有人读。读到夜深人静，人静时听水声，水声里有山色。
          """);

  private TestRuns() {}

  /** On plain Java, unless another accelerator is to be tested. */
  static CharRnn charRnn() {
    return CharRnn.create()
        .withAccelerator(System.getProperty("charrnn.test.accelerator", "java"))
        .withOptions(AcceleratorOptions.defaults().withThreads(1));
  }

  /**
   * Two layers, a carried state, clipping, three windows a step: whatever a checkpoint has to hold.
   */
  static TrainingConfig config() {
    return TrainingConfig.builder()
        .model(it -> it.embeddingSize(0).tieWeights(false))
        .optimizer(it -> it.name("adagrad").schedule(new Schedule.Constant()).dropout(0))
        .watch(it -> it.noPatience())
        .model(it -> it.hiddenSize(6).layers(2))
        .windows(it -> it.seqLength(4).batchSize(3))
        .run(it -> it.epochs(3))
        .optimizer(it -> it.learningRate(0.1))
        .run(it -> it.validation(0.2).seed(11))
        .sample(it -> it.length(12))
        .build();
  }
}
