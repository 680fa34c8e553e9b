package org.charrnn.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Map;
import org.charrnn.api.Cell;
import org.charrnn.api.Hyperparameters;
import org.charrnn.api.Optimizer;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.Network;
import org.charrnn.api.network.StateResets;
import org.charrnn.api.network.StepSpec;
import org.charrnn.testkit.reference.ReferenceInterpreter;
import org.charrnn.text.SeedGolden.Checksum;
import org.charrnn.text.encoding.Ids;
import org.charrnn.text.encoding.Windows;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The programs of the seed's model, in double precision, against what the seed's formulas give. */
class SeedReferenceTest {

  private static final int STEPS = 25;
  private static final int HIDDEN = 100;
  private static final double TOLERANCE = 1e-10;

  /**
   * After so long the order of a sum shows: what was 1e-16 at window 100 is 1e-10 at window 1500.
   */
  private static final double TOLERANCE_OF_LONG_RUN = 1e-8;

  private final SeedGolden golden = SeedGolden.read();
  private final Network network = network();
  private final Windows windows = new Windows(Ids.of(golden.ids()), STEPS, 1);
  private final ReferenceInterpreter train =
      new ReferenceInterpreter(network.train(step(), adagrad()));
  private int window;

  @BeforeEach
  void initialize() {
    network
        .parameters()
        .forEach((name, spec) -> {
          double[] values = golden.initial(name, spec.shape().elements());
          System.arraycopy(values, 0, train.floats(name), 0, values.length);
        });
    train.floats("learningRate")[0] = 0.005;
  }

  private Network network() {
    Cell cell = Plugins.cells().get("gru");
    return new Network(new Architecture(golden.vocabulary().size(), 0, HIDDEN, 1, false), cell);
  }

  private static Optimizer adagrad() {
    return Plugins.optimizers().get("adagrad");
  }

  private static StepSpec step() {
    return StepSpec.builder(STEPS, 1).optimizer(Hyperparameters.defaultsOf(adagrad())).build();
  }

  /** Trains on the next window and returns the sum of its losses. */
  private double next() {
    windows.fill(window++ % windows.count(), train.ints("ids"), train.ints("targets"));
    train.run();
    return train.floats("loss")[0] * STEPS;
  }

  @Test
  void initialization_isTheDocumentedOne() {
    golden
        .firstValues()
        .forEach((name, first) ->
            assertArrayEquals(first, Arrays.copyOf(train.floats(name), first.length), 0, name));
    assertChecksums(golden.initialChecksums(), "", TOLERANCE);
  }

  @Test
  void firstWindow_gradientNorms() {
    next();
    golden
        .gradientNormsOfFirstWindow()
        .forEach((name, norm) -> {
          double squares = Arrays.stream(train.floats(name + ".squares")).sum();
          assertEquals(1, Math.sqrt(squares) / norm, TOLERANCE, name);
        });
  }

  @Test
  void fortyWindows_lossesChecksumsAndSample() {
    double[] losses = golden.losses();
    for (int i = 0; i < losses.length; i++) {
      assertEquals(1, next() / losses[i], TOLERANCE, "window " + (i + 1));
    }
    assertChecksums(golden.parametersAfter40Windows(), "", TOLERANCE);
    assertChecksums(golden.accumulatorsAfter40Windows(), ".squares", TOLERANCE);
    assertArrayEquals(golden.sampleIds(), sample(golden.sampleIds().length));
  }

  @Test
  void fifteenHundredWindows_lossesAndChecksums() {
    for (Map.Entry<Integer, Double> expected : golden.lossOfWindow().entrySet()) {
      double loss = Double.NaN;
      while (window < expected.getKey()) {
        loss = next();
      }
      assertEquals(1, loss / expected.getValue(), TOLERANCE, "window " + window);
    }
    assertChecksums(golden.parametersAfter1500Windows(), "", TOLERANCE_OF_LONG_RUN);
  }

  private void assertChecksums(Map<String, Checksum> expected, String suffix, double tolerance) {
    expected.forEach((name, sums) -> {
      Checksum actual = Checksum.of(train.floats(name + suffix));
      double floor = Math.sqrt(sums.sumOfSquares());
      assertEquals(sums.sum(), actual.sum(), tolerance * (Math.abs(sums.sum()) + floor), name);
      assertEquals(
          sums.sumOfSquares(), actual.sumOfSquares(), tolerance * sums.sumOfSquares(), name);
    });
  }

  /** Always the most probable id, from a zero state. */
  private int[] sample(int length) {
    ReferenceInterpreter generate = new ReferenceInterpreter(network.generate(1, StateResets.NONE));
    network.parameters().keySet().forEach(name -> generate.bind(name, train.floats(name)));
    int[] written = new int[length];
    int id = golden.vocabulary().indexOf(golden.sampleBegin());
    for (int i = 0; i < length; i++) {
      generate.ints("ids")[0] = id;
      generate.run();
      double[] logits = generate.floats("logits");
      id = 0;
      for (int candidate = 1; candidate < logits.length; candidate++) {
        id = logits[candidate] > logits[id] ? candidate : id;
      }
      written[i] = id;
    }
    return written;
  }
}
