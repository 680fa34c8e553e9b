package org.charrnn.testkit.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.charrnn.api.Optimizer;
import org.charrnn.api.SeededRandom;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.BufferNames;
import org.charrnn.api.network.Network;
import org.charrnn.api.network.StateResets;
import org.charrnn.api.network.StepSpec;
import org.charrnn.graph.Role;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.charrnn.testkit.cases.SampleCell;
import org.charrnn.testkit.gradient.GradientProbe;
import org.charrnn.testkit.reference.ReferenceInterpreter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A window of several documents gives the results of each document alone, from a zero state. */
class DocumentResetTest {

  private static final int VOCABULARY = 5;
  private static final int[] STARTS = {0, 3, 4, 9, 12}; // the last element is the end

  private final Optimizer probe = new GradientProbe();
  private final SeededRandom random = new SeededRandom(23);
  private final int[] ids = random.ints(STARTS[4] + 1, 0, VOCABULARY).toArray();

  private Network network(int layers) {
    return new Network(new Architecture(VOCABULARY, 0, 4, layers, false), new SampleCell());
  }

  private StepSpec step(int steps, boolean carryState, boolean resets) {
    return StepSpec.builder(steps, 1)
        .carryState(carryState)
        .resets(resets ? StateResets.MASKED : StateResets.NONE)
        .build();
  }

  private ReferenceInterpreter filled(Program program, int from) {
    ReferenceInterpreter interpreter = new ReferenceInterpreter(program);
    SeededRandom weights = new SeededRandom(5);
    for (Buffer buffer : program.buffers(Role.PARAMETER)) {
      Arrays.setAll(interpreter.floats(buffer.name()), _ -> weights.nextGaussian());
    }
    int steps = interpreter.ints("ids").length;
    System.arraycopy(ids, from, interpreter.ints("ids"), 0, steps);
    System.arraycopy(ids, from + 1, interpreter.ints("targets"), 0, steps);
    return interpreter;
  }

  private static double[] kept(int from, int to) {
    double[] kept = new double[to - from];
    Arrays.setAll(kept, t -> Arrays.stream(STARTS).anyMatch(start -> start == from + t) ? 0 : 1);
    return kept;
  }

  private static void write(double[] values, double[] into) {
    System.arraycopy(values, 0, into, 0, values.length);
  }

  @ParameterizedTest(name = "{0} layers, state carried: {1}")
  @CsvSource({"1, false", "1, true", "2, false", "3, true"})
  void train_gradientsAndLoss_equalThoseOfSeparateDocuments(int layers, boolean carryState) {
    Network network = network(layers);
    ReferenceInterpreter whole = filled(network.train(step(12, carryState, true), probe), 0);
    write(kept(0, 12), whole.floats(BufferNames.STATE_MASK));
    for (Buffer state : whole.program().buffers(Role.CARRIED_STATE)) {
      Arrays.fill(whole.floats(state.name()), 7); // as left by another document
    }
    whole.run();

    double loss = 0;
    ReferenceInterpreter[] alone = new ReferenceInterpreter[4];
    for (int document = 0; document < 4; document++) {
      int length = STARTS[document + 1] - STARTS[document];
      alone[document] = filled(network.train(step(length, false, false), probe), STARTS[document]);
      alone[document].run();
      loss += length * alone[document].floats("loss")[0];
    }
    assertEquals(loss / 12, whole.floats("loss")[0], 1e-12);
    for (String name : network.parameters().keySet()) {
      double[] sum = new double[whole.floats(name).length];
      for (ReferenceInterpreter document : alone) {
        double[] gradient = document.floats(name + ".gradient");
        Arrays.setAll(sum, i -> sum[i] + gradient[i]);
      }
      assertArrayEquals(sum, whole.floats(name + ".gradient"), 1e-11, name);
      assertTrue(Arrays.stream(sum).anyMatch(it -> Math.abs(it) > 1e-3), name);
    }
  }

  /** Some documents extend over the end of a window, others do not. */
  @Test
  void evaluate_windowsCarryTheState() {
    Network network = network(2);
    ReferenceInterpreter windows = filled(network.evaluate(4, 1, StateResets.MASKED), 0);
    double[] losses = new double[12];
    for (int from = 0; from < 12; from += 4) {
      System.arraycopy(ids, from, windows.ints("ids"), 0, 4);
      System.arraycopy(ids, from + 1, windows.ints("targets"), 0, 4);
      write(kept(from, from + 4), windows.floats(BufferNames.STATE_MASK));
      windows.run();
      System.arraycopy(windows.floats("losses"), 0, losses, from, 4);
    }
    for (int document = 0; document < 4; document++) {
      int from = STARTS[document];
      int to = STARTS[document + 1];
      ReferenceInterpreter alone = filled(network.evaluate(to - from, 1, StateResets.NONE), from);
      alone.run();
      assertArrayEquals(alone.floats("losses"), Arrays.copyOfRange(losses, from, to), 1e-12);
    }
  }

  @Test
  void programs_withoutResets_haveNoStateMask() {
    Network network = network(1);
    for (Program program :
        List.of(
            network.train(step(4, true, false), probe),
            network.evaluate(4, 2, StateResets.NONE),
            network.generate(2, StateResets.NONE))) {
      assertFalse(program.toString().contains(BufferNames.STATE_MASK), program::toString);
    }
    assertTrue(network.generate(2, StateResets.MASKED).toString().contains(BufferNames.STATE_MASK));
  }
}
