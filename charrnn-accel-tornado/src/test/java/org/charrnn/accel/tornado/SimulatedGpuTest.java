package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.charrnn.accel.tornado.SdkProcess.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * With an SDK, a C compiler and the headers of OpenCL: devices that report that they are GPUs, and
 * with the profile oclgrind the simulator Oclgrind, which reports races, uninitialized reads,
 * invalid accesses and errors of the API, and must compute what plain Java computes.
 */
class SimulatedGpuTest {

  /**
   * Optimized code has an instruction, {@code freeze}, that ends a launch in Oclgrind 21.10 without
   * further checks.
   */
  private static final String NOT_OPTIMIZED = "-cl-opt-disable";

  @TempDir private Path folder;

  private Path gpu;

  @BeforeEach
  void compileLibrary() throws Exception {
    gpu = SimulatedGpu.library(folder);
  }

  @Test
  void refusedLaunch_endsTheStep_andNamesTheKernel() throws Exception {
    Outcome outcome =
        new SdkProcess(SimulatedTraining.class)
            .environment("LD_PRELOAD", gpu)
            .environment("REFUSE_FROM", "16384")
            .run("gru", 1, SimulatedTraining.LARGE_VOCABULARY, 6, 5, "adagrad");
    assertEquals(1, outcome.exitCode(), outcome::output);
    assertTrue(
        outcome.output().contains("DeviceException: The driver of device "), outcome::output);
    assertTrue(outcome.output().contains("kernel 'product'"), outcome::output);
  }

  /** The kernel is one that the self-check does not launch with as many work items. */
  @Test
  void refusedLaunch_endsTheCommand_andNothingIsSaved() throws Exception {
    StringBuilder characters = new StringBuilder();
    for (int i = 0; i < 4000; i++) {
      characters.appendCodePoint(0x4E00 + i % 2000);
    }
    Path text = Files.writeString(folder.resolve("text.txt"), characters);
    Path model = folder.resolve("model");
    Outcome outcome =
        new BinCharrnn(folder.resolve("checkout"))
            .environment("LD_PRELOAD", gpu)
            .environment("REFUSE_FROM", "70000")
            .run(
                "train",
                text,
                "--out",
                model,
                "--accelerator",
                "tornado",
                "--max-steps",
                3,
                "--hidden-size",
                8,
                "--batch-size",
                32,
                "--seq-length",
                20,
                "--validation",
                0);
    assertNotEquals(0, outcome.exitCode(), outcome::output);
    List<String> message = outcome.lines("charrnn: The driver of device ");
    assertEquals(1, message.size(), outcome::output);
    assertTrue(message.getFirst().contains("kernel 'product'"), outcome::output);
    try (Stream<Path> files = Files.exists(model) ? Files.walk(model) : Stream.empty()) {
      assertEquals(List.of(), files.filter(file -> file.toString().contains(".ckpt")).toList());
    }
  }

  /** Each cell in one and two layers, with dropout, clipping and both optimizers. */
  @ParameterizedTest
  @CsvSource({
    "gru, 1",
    "gru, 2",
    "gru-reset-after, 1",
    "gru-reset-after, 2",
    "lstm, 1",
    "lstm, 2",
    "min-gru, 1",
    "min-gru, 2",
  })
  void oclgrind_everyCell_reportsNothing(String cell, int layers) throws Exception {
    assertReportsNothing(SimulatedTraining.class, cell, layers, 30, 6, 5, "adagrad,adam");
  }

  /** Of the parameters, none is so large that it is transferred in pieces of a million elements. */
  @Test
  void oclgrind_largeTiles_reportNothing() throws Exception {
    Outcome outcome =
        assertReportsNothing(
            SimulatedTraining.class, "gru", 1, SimulatedTraining.LARGE_VOCABULARY, 5, 5, "adagrad");
    String kernels = kernels(outcome);
    assertTrue(kernels.matches(".*product in large tiles.*product in large tiles.*"), kernels);
  }

  /** A loop by rows whose groups have several rows, of which the last one has fewer. */
  @Test
  void oclgrind_loopsOfSeveralRows_reportNothing() throws Exception {
    assertLoops(assertReportsNothing(SimulatedTraining.class, "gru", 1, 30, 4, 17, "adagrad"));
  }

  /** A loop by rows whose work items have several columns, of which some have fewer. */
  @Test
  void oclgrind_loopsOfSeveralColumns_reportNothing() throws Exception {
    assertLoops(assertReportsNothing(SimulatedLoop.class, SimulatedLoop.NARROW, 2, 300));
  }

  /** A loop whose steps have launches of their own, which read the step from the device. */
  @Test
  void oclgrind_loopStepByStep_reportsNothing() throws Exception {
    Outcome outcome = assertReportsNothing(SimulatedLoop.class, SimulatedLoop.MIXING, 5, 20);
    String kernels = kernels(outcome);
    assertTrue(kernels.matches("((?!loop).)*product in tiles((?!loop).)*"), kernels);
  }

  /** Forward and backward. */
  private static void assertLoops(Outcome outcome) {
    String kernels = kernels(outcome);
    assertTrue(kernels.matches(".*\\bloop\\b.*\\bloop\\b.*"), kernels);
  }

  /** The kernels of the first program. */
  private static String kernels(Outcome outcome) {
    return outcome.lines("kernels ").getFirst();
  }

  /** Each form of product with large tiles, in all transpositions. */
  @Test
  void oclgrind_productsInLargeTiles_reportNothing() throws Exception {
    assertReportsNothing(SimulatedProducts.class);
  }

  /** The simulator would report a fault. */
  @ParameterizedTest
  @CsvSource({
    "race, data race at global memory",
    "raceInLocalMemory, data race at local memory",
    "beyondTheMemory, Invalid write of size 4 at global memory",
    "beyondTheLocalArray, Invalid write of size 4 at local memory",
    "uninitialized, Uninitialized value",
  })
  void oclgrind_faultyKernel_isReported(String fault, String report) throws Exception {
    Simulation simulation = simulate(SimulatedFault.class, fault);
    assertTrue(simulation.reports().contains(report), simulation::toString);
  }

  private Outcome assertReportsNothing(Class<?> main, Object... arguments) throws Exception {
    Simulation simulation = simulate(main, arguments);
    assertEquals(0, simulation.outcome().exitCode(), simulation.outcome()::output);
    assertEquals("", simulation.reports());
    return simulation.outcome();
  }

  /** The outcome of a program in the simulator, and what the simulator reported. */
  private record Simulation(Outcome outcome, String reports) {}

  private Simulation simulate(Class<?> main, Object... arguments) throws Exception {
    String library = System.getProperty("charrnn.oclgrind", "");
    assumeTrue(!library.isEmpty(), "run with -Poclgrind");
    assumeTrue(Files.exists(Path.of(library)), () -> "no Oclgrind: " + library);
    Path log = folder.resolve("oclgrind.log");
    Outcome outcome =
        new SdkProcess(main)
            .environment("LD_PRELOAD", gpu + ":" + library)
            .environment("OCLGRIND_DATA_RACES", "1")
            .environment("OCLGRIND_UNINITIALIZED", "1")
            .environment("OCLGRIND_UNIFORM_WRITES", "1")
            .environment("OCLGRIND_CHECK_API", "1")
            .environment("OCLGRIND_BUILD_OPTIONS", NOT_OPTIMIZED)
            .environment("OCLGRIND_GLOBAL_MEM_SIZE", "2000000000")
            .environment("OCLGRIND_LOG", log)
            .run(arguments);
    assertEquals(List.of("device Oclgrind Simulator"), outcome.lines("device "), outcome::output);
    return new Simulation(outcome, Files.readString(log));
  }
}
