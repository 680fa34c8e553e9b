package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.charrnn.accel.tornado.SdkProcess.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With an SDK: the OpenCL C that TornadoVM's compiler makes of the kernels for GPUs. */
class EmittedCodeTest {

  private static final Pattern START = Pattern.compile("(?m)^#pragma OPENCL|^__kernel void");

  /** An index that TornadoVM computed as an offset in bytes plus the header of a Java array. */
  private static final Pattern OFFSET_IN_LOCAL_ARRAY = Pattern.compile("adf_\\d+\\[u?l_\\d+\\]");

  @TempDir private Path folder;
  private Path gpu;

  @BeforeEach
  void compileLibrary() throws Exception {
    gpu = SimulatedGpu.library(folder);
  }

  /**
   * The source of each kernel of a network, of a large vocabulary if there are to be large tiles.
   */
  private List<String> kernels(String cell, int vocabulary) throws Exception {
    Outcome outcome =
        new SdkProcess(SimulatedTraining.class)
            .flag("-Dtornado.printKernel=True")
            .environment("LD_PRELOAD", gpu)
            .run(cell, 1, vocabulary, 6, 5, "adagrad,adam");
    assertEquals(0, outcome.exitCode(), outcome::output);
    List<String> kernels =
        Arrays.stream(START.split(outcome.output()))
            .filter(part -> part.contains("__global uchar"))
            .map(part -> "__kernel void" + part.substring(0, part.lastIndexOf('}') + 1))
            .toList();
    assertTrue(kernels.size() > 30, () -> kernels.size() + " kernels in " + outcome.output());
    return kernels;
  }

  private List<String> kernels() throws Exception {
    List<String> kernels = new ArrayList<>(kernels("lstm", 30));
    kernels.addAll(kernels("gru", SimulatedTraining.LARGE_VOCABULARY));
    return kernels;
  }

  @Test
  void kernels_keepTheRulesOfGpus_andCompileForThem() throws Exception {
    List<String> kernels = kernels();
    for (String kernel : kernels) {
      assertFalse(OFFSET_IN_LOCAL_ARRAY.matcher(kernel).find(), kernel);
      assertFalse(kernel.contains("double"), kernel);
      assertTrue(!kernel.contains("__local float") || kernel.contains("barrier("), kernel);
    }
    assertTrue(kernels.stream().anyMatch(kernel -> kernel.contains("__local float adf_")));
    assertTrue(kernels.stream().anyMatch(kernel -> kernel.contains("CLK_GLOBAL_MEM_FENCE")));
    Path source =
        Files.writeString(folder.resolve("kernels.cl"), String.join("\n", renamed(kernels)));
    assertCompile(source, "spir64-unknown-unknown");
    assertCompile(source, "nvptx64-nvidia-nvcl", "-Xclang", "-target-cpu", "-Xclang", "sm_75");
    assertCompile(source, "amdgcn-amd-amdhsa", "-Xclang", "-target-cpu", "-Xclang", "gfx1030");
  }

  /** Kernels have the same name. */
  private static List<String> renamed(List<String> kernels) {
    List<String> renamed = new ArrayList<>();
    for (int i = 0; i < kernels.size(); i++) {
      renamed.add(kernels.get(i).replaceFirst("__kernel void \\w+", "__kernel void kernel" + i));
    }
    return renamed;
  }

  private void assertCompile(Path source, String target, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(List.of(clang(), "-x", "cl", "-cl-std=CL1.2", "-nogpulib", "-O2", "-S"));
    command.addAll(List.of("-Xclang", "-finclude-default-header", "-target", target));
    command.addAll(List.of(options));
    command.addAll(List.of("-emit-llvm", "-o", folder.resolve("out.ll").toString()));
    command.add(source.toString());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor(), target + ": " + output);
  }

  private static String clang() {
    for (int version = 30; version >= 12; version--) {
      if (Files.isExecutable(Path.of("/usr/bin/clang-" + version))) {
        return "clang-" + version;
      }
    }
    assumeTrue(false, "no clang: the code was checked, but not compiled");
    return "clang";
  }
}
