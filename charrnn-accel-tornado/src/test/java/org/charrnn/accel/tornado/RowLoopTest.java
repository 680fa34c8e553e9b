package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.kernel.RowLoopKernel;
import org.charrnn.accel.tornado.lowering.Programs;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.Network;
import org.charrnn.graph.program.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loops that a work-group runs for its rows compute what plain Java computes. */
class RowLoopTest {

  private static final int VOCABULARY = 11;

  /** The last number is the number of work-groups. */
  @ParameterizedTest
  @CsvSource({
    "gru, 20, 3, 6, 6",
    "gru-reset-after, 21, 3, 5, 5",
    "lstm, 19, 2, 5, 5",
    "gru, 300, 2, 1, 1", // several columns for each work item
    "gru, 5, 2, 17, 9", // two rows for each group, of which the last one has one
    "lstm, 5, 2, 260, 65", // at most four
  })
  void training_agreesWithJava(String cell, int hidden, int steps, int batch, int groups) {
    Network network =
        new Network(new Architecture(VOCABULARY, 0, hidden, 1, false), Plugins.cells().get(cell));
    Program program = Programs.training(network, steps, batch);
    List<Launch> loops =
        Programs.launches(program, true).stream()
            .filter(launch -> launch.kernel() instanceof RowLoopKernel)
            .toList();
    assertEquals(2, loops.size());
    for (Launch loop : loops) {
      assertEquals(groups, loop.grid().globalX() / loop.grid().localX());
      assertTrue(loop.grid().localX() >= Math.min(hidden, 64), () -> loop.grid().toString());
    }
    OneStep.assertAgreesWithJava(program, VOCABULARY, new JavaAccelerator.Gpu());
  }

  /** Several columns for each work item, of which some have fewer than the others. */
  @Test
  void loopOfManyColumns_agreesWithJava() {
    Program program = Programs.narrow(3, 2, 300);
    assertEquals(2, Collections.frequency(Programs.kernels(program, true), "loop"));
    OneStep.assertAgreesWithJava(program, VOCABULARY, new JavaAccelerator.Gpu());
  }

  @Test
  void loopWhoseRowsDependOnOneAnother_runsStepByStep_andAgreesWithJava() {
    Program program = Programs.mixing(3, 5, 20);
    assertEquals(0, Collections.frequency(Programs.kernels(program, true), "loop"));
    OneStep.assertAgreesWithJava(program, VOCABULARY, new JavaAccelerator.Gpu());
  }
}
