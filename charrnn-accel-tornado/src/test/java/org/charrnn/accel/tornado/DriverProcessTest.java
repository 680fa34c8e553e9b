package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.charrnn.accel.tornado.SdkProcess.Outcome;
import org.charrnn.api.Availability;
import org.charrnn.api.discovery.Accelerators;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With an SDK but without a working driver, the accelerator reports why it is unavailable, and an
 * automatic choice takes another one.
 */
class DriverProcessTest {

  private static final String NO_PLATFORM =
      "TornadoVM's runtime does not start (TornadoBailoutRuntimeException: No OpenCL platforms found.)";

  @TempDir private Path folder;

  @BeforeAll
  static void needsAnSdk() {
    RealDevice.requireOnlyOpenCl();
  }

  @Test
  void noDriver_findsNoDevice() throws Exception {
    assertUnavailable(process().environment("OCL_ICD_VENDORS", folder), NO_PLATFORM);
  }

  @Test
  void driverIsNoLibrary_findsNoDevice() throws Exception {
    Path library = Files.writeString(folder.resolve("libbroken.so"), "this is no library");
    Files.writeString(folder.resolve("broken.icd"), library + "\n");
    assertUnavailable(process().environment("OCL_ICD_VENDORS", folder), NO_PLATFORM);
  }

  @Test
  void nativeLibraryIsMissing_saysSo() throws Exception {
    assertUnavailable(
        process().flag("-Djava.library.path=" + folder),
        "a native library of TornadoVM or of the driver cannot be loaded");
  }

  private static SdkProcess process() {
    return new SdkProcess(AutomaticChoice.class);
  }

  private static void assertUnavailable(SdkProcess process, String reason) throws Exception {
    Outcome outcome = process.run();
    assertEquals(0, outcome.exitCode(), outcome::output);
    String tornado = outcome.lines("tornado: ").getFirst();
    assertTrue(tornado.contains(reason), tornado);
    assertTrue(tornado.contains("TORNADOVM_HOME"), tornado);
    String chosen = outcome.lines("chosen: ").getFirst();
    assertTrue(chosen.startsWith("chosen: java"), chosen); // or "java-vector", if available
  }

  /** Prints the availability of the accelerator, and which one is chosen automatically. */
  static final class AutomaticChoice {

    private AutomaticChoice() {}

    public static void main(String[] arguments) {
      System.out.println(
          switch (new TornadoAccelerator().availability()) {
            case Availability.Available(String device) -> "tornado: available, " + device;
            case Availability.Unavailable(String reason, String remedy) ->
                String.format(Locale.ROOT, "tornado: %s. %s.", reason, remedy);
          });
      System.out.println("chosen: " + Accelerators.choose(Optional.empty()).name());
    }
  }
}
