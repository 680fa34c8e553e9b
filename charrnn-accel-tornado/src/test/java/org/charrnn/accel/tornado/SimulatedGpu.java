package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A library that makes each device of OpenCL report that it is a GPU. */
final class SimulatedGpu {

  private SimulatedGpu() {}

  /** Compiles the library into a folder; skips the test where that is not possible. */
  static Path library(Path folder) throws IOException, InterruptedException {
    RealDevice.requireOnlyOpenCl();
    assumeTrue(Files.exists(Path.of("/usr/include/CL/cl.h")), "no headers of OpenCL");
    Path library = folder.resolve("libgpu-device.so");
    List<String> command =
        List.of("cc", "-shared", "-fPIC", "-o", library.toString(), "src/test/native/gpu-device.c");
    Process compiler;
    try {
      compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "no C compiler: " + e.getMessage());
      return library;
    }
    String output = new String(compiler.getInputStream().readAllBytes());
    assertEquals(0, compiler.waitFor(), output);
    return library;
  }
}
