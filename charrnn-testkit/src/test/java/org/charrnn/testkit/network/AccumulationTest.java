package org.charrnn.testkit.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.charrnn.api.Optimizer;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.Network;
import org.charrnn.api.network.StepSpec;
import org.charrnn.testkit.cases.SampleCell;
import org.charrnn.testkit.gradient.GradientProbe;
import org.charrnn.testkit.reference.ReferenceInterpreter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A training step of several windows against single windows, in double precision. */
class AccumulationTest {

  private static final int VOCABULARY = 40; // larger than a window: the first table is sparse
  private static final double TOLERANCE = 1e-12;

  private final Network network =
      new Network(new Architecture(VOCABULARY, 0, 5, 2, false), new SampleCell());
  private final Optimizer probe = new GradientProbe();

  private static StepSpec step(double clipNorm) {
    return StepSpec.builder(4, 3).carryState(true).meanLoss(true).clipNorm(clipNorm).build();
  }

  /** Writes the window with the given number. */
  private static void window(ReferenceInterpreter program, int number) {
    SeededRandom random = new SeededRandom(number);
    Arrays.setAll(program.ints("ids"), _ -> random.nextInt(VOCABULARY));
    Arrays.setAll(program.ints("targets"), _ -> random.nextInt(VOCABULARY));
  }

  private void initialize(ReferenceInterpreter program) {
    SeededRandom random = new SeededRandom(7);
    network
        .parameters()
        .keySet()
        .forEach(name -> Arrays.setAll(program.floats(name), _ -> random.nextGaussian() / 2));
  }

  private Map<String, double[]> meanOfSingleGradients(int windows) {
    ReferenceInterpreter single =
        new ReferenceInterpreter(network.train(step(Double.POSITIVE_INFINITY), probe));
    initialize(single);
    Map<String, double[]> means = new LinkedHashMap<>();
    for (int i = 0; i < windows; i++) {
      window(single, i);
      single.run(); // the probe changes no parameter; the state is carried over
      network
          .parameters()
          .forEach((name, spec) -> {
            double[] gradient = single.floats(name + ".gradient");
            double[] mean = means.computeIfAbsent(name, _ -> new double[gradient.length]);
            Arrays.setAll(mean, j -> mean[j] + gradient[j] / windows);
          });
    }
    return means;
  }

  /** Both programs of a step; their common memory is copied from one to the other. */
  private final class Accumulating {
    final ReferenceInterpreter reading = new ReferenceInterpreter(network.accumulate(step(1)));
    final ReferenceInterpreter updating;

    Accumulating(double clipNorm) {
      updating = new ReferenceInterpreter(network.applyAccumulated(step(clipNorm), probe));
      initialize(reading);
      initialize(updating);
    }

    void run(int windows) {
      for (int i = 0; i < windows; i++) {
        window(reading, i);
        reading.run();
      }
      copyAccumulated(reading, updating);
      updating.floats(BufferNames.WINDOW_COUNT)[0] = windows;
      updating.run();
      copyAccumulated(updating, reading);
    }

    private void copyAccumulated(ReferenceInterpreter from, ReferenceInterpreter to) {
      for (String name : network.accumulators()) {
        System.arraycopy(from.floats(name), 0, to.floats(name), 0, from.floats(name).length);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void gradient_isTheMeanOverTheWindows(int windows) {
    Accumulating accumulating = new Accumulating(Double.POSITIVE_INFINITY);
    accumulating.run(windows);
    meanOfSingleGradients(windows)
        .forEach((name, mean) ->
            assertArrayEquals(
                mean, accumulating.updating.floats(name + ".gradient"), TOLERANCE, name));
  }

  @Test
  void step_clearsTheAccumulators() {
    Accumulating accumulating = new Accumulating(Double.POSITIVE_INFINITY);
    accumulating.run(3);
    for (String name : network.accumulators()) {
      double[] zeros = new double[accumulating.reading.floats(name).length];
      assertArrayEquals(zeros, accumulating.reading.floats(name), name);
    }
  }

  /** The mean is clipped, not the gradient of each window. */
  @Test
  void clipping_appliesToTheMean() {
    double norm =
        Math.sqrt(
            meanOfSingleGradients(2).values().stream()
                .flatMapToDouble(Arrays::stream)
                .map(element -> element * element)
                .sum());
    Accumulating accumulating = new Accumulating(norm / 4);
    accumulating.run(2);
    assertEquals(norm, accumulating.updating.floats("gradientNorm")[0], TOLERANCE);
    meanOfSingleGradients(2)
        .forEach((name, mean) ->
            assertArrayEquals(
                Arrays.stream(mean).map(element -> element / 4).toArray(),
                accumulating.updating.floats(name + ".gradient"),
                TOLERANCE,
                name));
  }
}
