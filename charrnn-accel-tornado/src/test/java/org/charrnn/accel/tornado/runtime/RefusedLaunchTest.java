package org.charrnn.accel.tornado.runtime;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.lowering.Programs;
import org.charrnn.api.DeviceException;
import org.charrnn.api.Executable;
import org.charrnn.api.Memory;
import org.charrnn.api.network.BufferNames;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A launch that the driver refuses is detected when a result is read. */
class RefusedLaunchTest {

  private static final int STEPS = 3;

  /** Runs two training steps on memory that refuses launches by label and number. */
  private static void train(boolean isGpu, String label, IntPredicate isRefused) {
    JavaTarget device =
        new JavaTarget(
            isGpu,
            size ->
                new JavaMemory(size) {
                  private int seen;

                  @Override
                  protected boolean accepts(Launch launch) {
                    return !launch.label().equals(label) || !isRefused.test(seen++);
                  }
                });
    try (TornadoSession session = new TornadoSession(device)) {
      Program program = Programs.training(STEPS, 8, 5);
      Map<String, Memory> memories = new HashMap<>();
      for (Buffer buffer : program.externals()) {
        memories.put(buffer.name(), session.allocate(buffer.type(), buffer.shape()));
      }
      Executable executable = session.compile(program, memories);
      executable.run();
      executable.run();
      memories.get(BufferNames.LOSS).read(new float[1]);
    }
  }

  private static String message(boolean isGpu, String label, IntPredicate isRefused) {
    return assertThrows(DeviceException.class, () -> train(isGpu, label, isRefused)).getMessage();
  }

  @Test
  void read_everyLaunchRan_passes() {
    assertDoesNotThrow(() -> train(true, "product", _ -> false));
  }

  /** The first and a later product are in different graphs, and some are in the body of a loop. */
  @ParameterizedTest
  @CsvSource({
    "false, product, 0",
    "false, product, 1",
    "false, product, 2",
    "false, product, 3",
    "false, product, 20",
    "true, product, 0",
    "true, loop, 0",
    "true, loop, 1",
    "true, transpose, 2",
    "true, entropy, 0",
    "true, entropy, 1",
    "true, scatter, 0",
  })
  void read_oneLaunchDidNotRun_namesTheKernel(boolean isGpu, String label, int number) {
    String message = message(isGpu, label, seen -> seen == number);
    assertTrue(message.contains("kernel '" + label + "'"), message);
    assertTrue(message.contains("device plain Java"), message);
  }

  @Test
  void read_kernelIsAlwaysRefused_namesTheKernel() {
    String message = message(true, "entropy", _ -> true);
    assertTrue(message.contains("kernel 'entropy'"), message);
  }

  /** Runs a program that is a single launch. */
  private static String messageOfDoubling(Predicate<Launch> isAccepted) {
    JavaTarget device =
        new JavaTarget(
            true,
            size ->
                new JavaMemory(size) {
                  @Override
                  protected boolean accepts(Launch launch) {
                    return isAccepted.test(launch);
                  }
                });
    Graph graph = new Graph();
    Tensor w = graph.parameter("w", Shape.of(3));
    graph.update(w, w.times(2));
    Program doubling = Compiler.compile(graph, "doubling");
    assertEquals(1, Programs.launches(doubling, true).size());
    try (TornadoSession session = new TornadoSession(device)) {
      Memory memory = session.allocate(Type.F32, Shape.of(3));
      session.compile(doubling, Map.of("w", memory)).run();
      return assertThrows(DeviceException.class, () -> memory.read(new float[3])).getMessage();
    }
  }

  @Test
  void read_onlyLaunchDidNotRun_namesTheKernel() {
    String message = messageOfDoubling(launch -> !launch.label().equals("expression"));
    assertTrue(message.contains("kernel 'expression'"), message);
  }

  /** Graphs of which nothing ran leave no trace but the number of launches. */
  @Test
  void read_noLaunchRan_saysHowMany() {
    String message = messageOfDoubling(_ -> false);
    assertTrue(message.matches("(?s).*refused (\\d+) of \\1 launches.*"), message);
  }
}
