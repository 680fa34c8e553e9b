package org.charrnn.text.snapshot;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.charrnn.graph.Shape;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.config.TrainingConfig;
import org.charrnn.text.corpus.Vocabulary;

/** A small checkpoint of which every number is known. */
final class CheckpointFixture {

  static final String FINGERPRINT = "0123456789abcdef";

  private CheckpointFixture() {}

  static Snapshot checkpoint() {
    TrainingConfig config =
        TrainingConfig.builder()
            .optimizer(it -> it.name("adagrad"))
            .model(it -> it.hiddenSize(2))
            .optimizer(it -> it.learningRate(0.1).hyperparameter("epsilon", 1e-7))
            .run(it -> it.maxSteps(123))
            .sample(it -> it.prompt("选"))
            .run(it -> it.seed(-5))
            .build();
    Vocabulary vocabulary =
        Vocabulary.of(
            List.of(
                new Vocabulary.Entry("\n", 3),
                new Vocabulary.Entry("\"", 1),
                new Vocabulary.Entry("选", 4_000_000_000L),
                new Vocabulary.Entry("\ud840\udc00", 1)));
    Map<String, HostTensor> parameters = new LinkedHashMap<>();
    parameters.put("gru.0.W", tensor(Shape.of(4, 2), 1));
    parameters.put("output.bias", tensor(Shape.of(4), -0f));
    Map<String, HostTensor> states = new LinkedHashMap<>();
    states.put("gru.0.W.squares", tensor(Shape.of(4, 2), 1e-30f));
    states.put("counter", new HostTensor(Shape.SCALAR, new float[] {7}));
    states.put("state.0.h", tensor(Shape.of(1, 2), Float.MAX_VALUE));
    Progress progress =
        new Progress(
            77,
            3,
            2,
            12.3456789012345678,
            Long.MIN_VALUE + 1,
            new Validations(OptionalDouble.of(1.234567890123456789), 70, 2, 1, 3));
    return new Snapshot(
        new SavedModel(config, vocabulary, parameters),
        Optional.of(new TrainingState(progress, FINGERPRINT, states)));
  }

  private static HostTensor tensor(Shape shape, float first) {
    float[] values = new float[shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = first / (i + 1);
    }
    return new HostTensor(shape, values);
  }
}
