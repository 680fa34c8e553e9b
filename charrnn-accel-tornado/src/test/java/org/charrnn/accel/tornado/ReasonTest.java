package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Messages for a runtime that does not start. */
class ReasonTest {

  @Test
  void reason_innermostCause_withoutColorsAndTags() {
    Throwable cause =
        new IllegalStateException(
            "\u001B[31m[WARNING] No OpenCL platforms found. Deoptimizing to sequential execution.\u001B[0m\nmore");
    assertEquals(
        "TornadoVM's runtime does not start (IllegalStateException: No OpenCL platforms found.)",
        Devices.reason(new ExceptionInInitializerError(cause)));
  }

  @Test
  void reason_missingLibrary() {
    assertEquals(
        "a native library of TornadoVM or of the driver cannot be loaded (OpenCL JNI Library not found)",
        Devices.reason(new IllegalStateException("[ERROR] OpenCL JNI Library not found")));
    assertEquals(
        "a native library of TornadoVM or of the driver cannot be loaded (libcuda.so.1: no such file)",
        Devices.reason(new UnsatisfiedLinkError("libcuda.so.1: no such file")));
  }

  @Test
  void reason_missingClass() {
    assertEquals(
        "TornadoVM's runtime is not on the module path or class path (a/b/Runtime)",
        Devices.reason(new NoClassDefFoundError("a/b/Runtime")));
  }

  @Test
  void reason_noMessage_namesTheException() {
    assertEquals(
        "TornadoVM's runtime does not start (NullPointerException: NullPointerException)",
        Devices.reason(new NullPointerException()));
  }
}
