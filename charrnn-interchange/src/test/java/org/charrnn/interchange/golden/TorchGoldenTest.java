package org.charrnn.interchange.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.charrnn.api.Hyperparameters;
import org.charrnn.api.Optimizer;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.StateResets;
import org.charrnn.api.network.StepSpec;
import org.charrnn.testkit.gradient.GradientProbe;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.checkpoint.SavedModel;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Models of {@code nn.GRU}, {@code nn.LSTM} and {@code nn.RNN} compute and learn here what they do
 * in PyTorch 2, from whose files they are imported: without an embedding, with one, and with one
 * that is also the weight of the output, after a projection.
 */
class TorchGoldenTest {

  /** In double precision all that differs is the rounding of what is stored. */
  private static final Map<String, Double> TOLERANCES = Map.of("reference", 3e-7, "java", 2e-6);

  /**
   * An optimizer divides by the root of squares, which enlarges the rounding of small gradients.
   */
  private static final double AFTER_STEPS = 10;

  private static final int STEPS = 3;

  @TempDir Path folder;

  static List<Arguments> models() {
    List<Arguments> models = new ArrayList<>();
    for (String layer : List.of("gru", "lstm", "rnn")) {
      for (int layers = 1; layers <= 3; layers++) {
        for (String accelerator : List.of("reference", "java")) {
          models.add(Arguments.of(layer, layers, accelerator));
        }
      }
    }
    return models;
  }

  static List<Arguments> trainings() {
    List<Arguments> trainings = new ArrayList<>();
    for (Arguments model : models()) {
      for (String optimizer :
          List.of("sgd", "adagrad-epsilon-outside", "adam", "adamw", "rmsprop")) {
        Object[] values = model.get();
        trainings.add(Arguments.of(values[0], values[1], values[2], optimizer));
      }
    }
    return trainings;
  }

  @ParameterizedTest(name = "{0}, {1} layers, {2}")
  @MethodSource("models")
  void logits_areThoseOfPyTorch(String layer, int layers, String accelerator) {
    TorchGolden golden = TorchGolden.of(layer, layers);
    SavedModel model = golden.model(folder);
    int batchSize = golden.batchSize();
    int[] ids = golden.ids("ids", 0);
    float[] expected = golden.values("logits");
    int columns = expected.length / ids.length * batchSize;
    try (RunningModel running =
        new RunningModel(
            model,
            RunningModel.network(model).generate(batchSize, StateResets.NONE),
            accelerator)) {
      for (int step = 0; step < ids.length / batchSize; step++) {
        running.run(Arrays.copyOfRange(ids, step * batchSize, (step + 1) * batchSize));
        float[] logits = running.read(BufferNames.LOGITS);
        assertClose(
            Arrays.copyOfRange(expected, step * columns, (step + 1) * columns),
            logits,
            tolerance(accelerator),
            "step " + step);
      }
    }
  }

  @ParameterizedTest(name = "{0}, {1} layers, {2}")
  @MethodSource("models")
  void greedyText_isThatOfPyTorch(String layer, int layers, String accelerator) {
    TorchGolden golden = TorchGolden.of(layer, layers);
    SavedModel model = golden.model(folder);
    List<Integer> written = new ArrayList<>();
    try (RunningModel running =
        new RunningModel(
            model, RunningModel.network(model).generate(1, StateResets.NONE), accelerator)) {
      int last = golden.ids("ids", 0)[0];
      for (int i = 0; i < golden.greedy().size(); i++) {
        running.run(last);
        float[] logits = running.read(BufferNames.LOGITS);
        last = 0;
        for (int id = 1; id < logits.length; id++) {
          last = logits[id] > logits[last] ? id : last;
        }
        written.add(last);
      }
    }
    assertEquals(golden.greedy(), written);
  }

  @ParameterizedTest(name = "{0}, {1} layers, {2}")
  @MethodSource("models")
  void lossAndGradients_areThoseOfPyTorch(String layer, int layers, String accelerator) {
    TorchGolden golden = TorchGolden.of(layer, layers);
    SavedModel model = golden.model(folder);
    float[] losses = golden.values("losses");
    try (RunningModel running =
        running(model, golden, new GradientProbe(), Hyperparameters.none(), accelerator)) {
      for (int step = STEPS; step >= 1; step--) {
        running.train(golden.ids("ids", step - 1), golden.ids("targets", step - 1), step, 0);
        float[] loss = running.read(BufferNames.LOSS);
        assertClose(new float[] {losses[step - 1]}, loss, tolerance(accelerator), "loss");
      }
      golden
          .parameters("gradients")
          .forEach((name, gradient) ->
              assertClose(
                  gradient.values(),
                  running.read(name + ".gradient"),
                  tolerance(accelerator),
                  name));
    }
  }

  @ParameterizedTest(name = "{0}, {1} layers, {2}, {3}")
  @MethodSource("trainings")
  void parametersAfterSteps_areThoseOfPyTorch(
      String layer, int layers, String accelerator, String optimizerName) {
    TorchGolden golden = TorchGolden.of(layer, layers);
    SavedModel model = golden.model(folder);
    Optimizer optimizer = Plugins.optimizers().get(optimizerName);
    Map<String, Double> settings = golden.settings(optimizerName);
    double learningRate = Objects.requireNonNull(settings.remove("lr"));
    Hyperparameters hyperparameters =
        Hyperparameters.resolve(optimizerName, optimizer.hyperparameters(), settings);
    try (RunningModel running = running(model, golden, optimizer, hyperparameters, accelerator)) {
      for (int step = 1; step <= STEPS; step++) {
        running.train(
            golden.ids("ids", step - 1), golden.ids("targets", step - 1), step, learningRate);
        if (step == 1 || step == STEPS) {
          Map<String, HostTensor> expected = golden.parameters(optimizerName + "/" + step);
          String after = " after step " + step;
          expected.forEach((name, tensor) ->
              assertClose(
                  tensor.values(),
                  running.read(name),
                  AFTER_STEPS * tolerance(accelerator),
                  name + after));
        }
      }
    }
  }

  private static RunningModel running(
      SavedModel model,
      TorchGolden golden,
      Optimizer optimizer,
      Hyperparameters hyperparameters,
      String accelerator) {
    int batchSize = golden.batchSize();
    StepSpec step =
        StepSpec.builder(golden.ids("ids", 0).length / batchSize, batchSize)
            .meanLoss(true)
            .optimizer(hyperparameters)
            .build();
    return new RunningModel(model, RunningModel.network(model).train(step, optimizer), accelerator);
  }

  private static double tolerance(String accelerator) {
    return Objects.requireNonNull(TOLERANCES.get(accelerator));
  }

  private static void assertClose(float[] expected, float[] actual, double tolerance, String what) {
    assertEquals(expected.length, actual.length, what);
    for (int i = 0; i < expected.length; i++) {
      double difference = Math.abs((double) expected[i] - actual[i]);
      int index = i;
      assertTrue(
          difference <= tolerance * Math.max(1, Math.abs(expected[i])),
          () -> what + "[" + index + "] is " + actual[index] + ", expected " + expected[index]);
    }
  }
}
