package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.charrnn.accel.tornado.SdkProcess.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With an SDK, a C compiler and the headers of OpenCL: devices that report that they are GPUs, and
 * with the profile oclgrind the simulator Oclgrind, which reports races, uninitialized reads,
 * invalid accesses and errors of the API.
 */
class SimulatedGpuTest {

  /** Oclgrind 21.10 reports an instruction of newer compilers that its check does not know. */
  private static final String UNKNOWN_INSTRUCTION = "Unsupported instruction: freeze";

  @TempDir private Path folder;

  private Path gpu;

  @BeforeEach
  void compileLibrary() throws Exception {
    RealDevice.requireOnlyOpenCl();
    assumeTrue(Files.exists(Path.of("/usr/include/CL/cl.h")), "no headers of OpenCL");
    gpu = folder.resolve("libgpu-device.so");
    List<String> command =
        List.of("cc", "-shared", "-fPIC", "-o", gpu.toString(), "src/test/native/gpu-device.c");
    Process compiler;
    try {
      compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "no C compiler: " + e.getMessage());
      return;
    }
    String output = new String(compiler.getInputStream().readAllBytes());
    assertEquals(0, compiler.waitFor(), output);
  }

  private static SdkProcess process() {
    return new SdkProcess(SimulatedTraining.class);
  }

  @Test
  void refusedLaunch_endsTheStep_andNamesTheKernel() throws Exception {
    Outcome outcome =
        process()
            .environment("LD_PRELOAD", gpu)
            .environment("REFUSE_FROM", "16384")
            .run("gru", SimulatedTraining.LARGE_VOCABULARY);
    assertEquals(1, outcome.exitCode(), outcome::output);
    assertTrue(
        outcome.output().contains("DeviceException: The driver of device "), outcome::output);
    assertTrue(outcome.output().contains("kernel 'product'"), outcome::output);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gru", "gru-reset-after", "lstm"})
  void oclgrind_everyKernel_reportsNothing(String cell) throws Exception {
    assertReportsNothing(cell, 30);
  }

  @Test
  void oclgrind_largeTiles_reportNothing() throws Exception {
    assertReportsNothing("gru", SimulatedTraining.LARGE_VOCABULARY);
  }

  private void assertReportsNothing(String cell, int vocabulary) throws Exception {
    String library = System.getProperty("charrnn.oclgrind", "");
    assumeTrue(!library.isEmpty(), "run with -Poclgrind");
    assumeTrue(Files.exists(Path.of(library)), () -> "no Oclgrind: " + library);
    Path log = folder.resolve("oclgrind.log");
    Outcome outcome =
        process()
            .environment("LD_PRELOAD", gpu + ":" + library)
            .environment("OCLGRIND_DATA_RACES", "1")
            .environment("OCLGRIND_UNINITIALIZED", "1")
            .environment("OCLGRIND_UNIFORM_WRITES", "1")
            .environment("OCLGRIND_CHECK_API", "1")
            .environment("OCLGRIND_GLOBAL_MEM_SIZE", "2000000000")
            .environment("OCLGRIND_LOG", log)
            .run(cell, vocabulary);
    assertEquals(0, outcome.exitCode(), outcome::output);
    assertEquals("Oclgrind Simulator", outcome.lines("device ").getFirst().substring(7));
    List<String> reports =
        Arrays.stream(Files.readString(log).strip().split("\n\\s*\n"))
            .filter(report -> !report.isBlank() && !report.contains(UNKNOWN_INSTRUCTION))
            .toList();
    assertEquals(List.of(), reports);
  }
}
