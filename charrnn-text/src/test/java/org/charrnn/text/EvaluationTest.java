package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.Network;
import org.charrnn.testkit.reference.ReferenceAccelerator;
import org.charrnn.text.checkpoint.HostTensor;
import org.charrnn.text.device.DeviceModel;
import org.charrnn.text.device.EvaluationProgram;
import org.charrnn.text.device.OpenSession;
import org.charrnn.text.encoding.Documents;
import org.charrnn.text.encoding.Ids;
import org.charrnn.text.training.Loss;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationTest {

  private static final int VOCABULARY = 7;

  private final DeviceModel model =
      new DeviceModel(
          OpenSession.of(() -> new ReferenceAccelerator().open(AcceleratorOptions.defaults())),
          new Network(new Architecture(VOCABULARY, 0, 5, 2, false), Plugins.cells().get("gru")));

  @AfterEach
  void close() {
    model.close();
  }

  private static int[] text(int length) {
    RandomGenerator random = new SeededRandom(length);
    return random.ints(length, 0, VOCABULARY).toArray();
  }

  private Loss measure(int[] text, int steps, int batchSize) {
    return new EvaluationProgram(model, steps, batchSize, Documents.NONE).measure(Ids.of(text));
  }

  /**
   * With the output bias alone each id has its own loss, so the mean shows which were counted how
   * often.
   */
  @ParameterizedTest
  @CsvSource({
    "2, 5, 1",
    "6, 5, 1",
    "7, 5, 1",
    "100, 7, 1",
    "100, 100, 1",
    "100, 7, 4",
    "101, 7, 4",
    "102, 25, 4",
    "10, 3, 8",
    "2, 3, 4",
    "50, 1, 3",
    "57, 60, 2"
  })
  void measure_everyIdButTheFirstCountsOnce(int length, int steps, int batchSize) {
    Map<String, HostTensor> parameters = new LinkedHashMap<>();
    model
        .shapes()
        .forEach((name, shape) ->
            parameters.put(name, new HostTensor(shape, new float[shape.elements()])));
    float[] bias = parameters.get("output.bias").values();
    double sum = 0;
    for (int id = 0; id < VOCABULARY; id++) {
      bias[id] = id * id * 0.1f;
      sum += Math.exp(bias[id]);
    }
    model.write(parameters);
    int[] text = text(length);
    double expected = 0;
    for (int i = 1; i < length; i++) {
      expected += Math.log(sum) - bias[text[i]];
    }
    Loss loss = measure(text, steps, batchSize);
    assertEquals(length - 1, loss.characters());
    assertEquals(expected / (length - 1), loss.nats(), 1e-6);
  }

  @Test
  void measure_lengthOfTheWindowsDoesNotMatter() {
    model.initialize(new SeededRandom(1), OptionalDouble.of(1));
    int[] text = text(100);
    double expected = measure(text, 1, 1).nats();
    assertEquals(expected, measure(text, 7, 1).nats(), 1e-6);
    assertEquals(expected, measure(text, 99, 1).nats(), 1e-6);
    assertEquals(expected, measure(text, 300, 1).nats(), 1e-6);
  }

  @Test
  void measure_eachTextBeginsFromZero() {
    model.initialize(new SeededRandom(1), OptionalDouble.of(1));
    EvaluationProgram program = new EvaluationProgram(model, 7, 1, Documents.NONE);
    Loss first = program.measure(Ids.of(text(100)));
    program.measure(Ids.of(text(50)));
    assertEquals(first, program.measure(Ids.of(text(100))));
  }

  @Test
  void measure_streamsComeNearToASingleOne() {
    model.initialize(new SeededRandom(1), OptionalDouble.of(1));
    int[] text = text(400);
    double single = measure(text, 20, 1).nats();
    double streams = measure(text, 20, 4).nats();
    assertEquals(single, streams, 1e-3);
    assertNotEquals(single, streams); // they are an approximation, so this test tests one
  }

  @Test
  void measure_nothingToPredict() {
    assertThrows(IllegalArgumentException.class, () -> measure(new int[1], 5, 1));
  }

  @Test
  void streams_byLength() {
    assertEquals(1, EvaluationProgram.streams(2, 32));
    assertEquals(1, EvaluationProgram.streams(1999, 32));
    assertEquals(2, EvaluationProgram.streams(2000, 32));
    assertEquals(32, EvaluationProgram.streams(Integer.MAX_VALUE, 32));
  }

  @Test
  void loss_inOtherUnits() {
    Loss loss = new Loss(10, Math.log(8));
    assertEquals(3, loss.bits(), 1e-12);
    assertEquals(8, loss.perplexity(), 1e-12);
  }
}
