package org.charrnn.accel.java.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.charrnn.api.Availability;
import org.junit.jupiter.api.Test;

class AvailabilityTest {

  @Test
  void availability_noModule_namesFlag() {
    assertUnavailable(
        "--add-modules jdk.incubator.vector",
        VectorAccelerator.availability(false, "mixed mode, sharing"));
  }

  @Test
  void availability_interpreter_namesFlag() {
    assertUnavailable("-Xint", VectorAccelerator.availability(true, "interpreted mode, sharing"));
  }

  @Test
  void availability_noC2_namesFlag() {
    assertUnavailable(
        "-XX:TieredStopAtLevel",
        VectorAccelerator.availability(true, "mixed mode, emulated-client, sharing"));
  }

  @Test
  void availability_here_asTheModuleIsThere() {
    boolean hasModule = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    Availability availability = new VectorAccelerator().availability();
    if (!hasModule) {
      assertUnavailable("--add-modules jdk.incubator.vector", availability);
    }
    assertEquals(
        hasModule,
        VectorAccelerator.availability(hasModule, "mixed mode").equals(availability) && hasModule);
  }

  private static void assertUnavailable(String flag, Availability availability) {
    Availability.Unavailable unavailable =
        assertInstanceOf(Availability.Unavailable.class, availability);
    assertTrue(unavailable.remedy().contains(flag), unavailable.toString());
  }
}
