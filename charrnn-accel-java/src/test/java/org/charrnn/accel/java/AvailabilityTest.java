package org.charrnn.accel.java;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import org.charrnn.api.Availability;
import org.charrnn.graph.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvailabilityTest {

  @Test
  void availability_noModule_namesFlag() {
    assertUnavailable(
        "--add-modules jdk.incubator.vector",
        VectorAccelerator.availability(false, "mixed mode, sharing", 4));
  }

  @Test
  void availability_interpreter_namesFlag() {
    assertUnavailable(
        "-Xint", VectorAccelerator.availability(true, "interpreted mode, sharing", 4));
  }

  @Test
  void availability_noC2_namesFlag() {
    assertUnavailable(
        "-XX:TieredStopAtLevel",
        VectorAccelerator.availability(true, "mixed mode, emulated-client, sharing", 4));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void availability_stopsBelowC2_namesFlag(int level) {
    assertUnavailable(
        "-XX:TieredStopAtLevel",
        VectorAccelerator.availability(true, "mixed mode, sharing", level));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "2", "3", "4"})
  void availability_jvmThatStopsThere_onlyWithC2(String level) throws Exception {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=" + level,
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                classPath(Printer.class, VectorAccelerator.class, Availability.class, Shape.class),
                Printer.class.getName())
            .redirectErrorStream(true)
            .start();
    String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, java.waitFor(), output);
    assertEquals(level.equals("4"), !output.contains("-XX:TieredStopAtLevel"), output);
  }

  /** The directories and jars that contain the classes. */
  private static String classPath(Class<?>... classes) throws Exception {
    StringJoiner path = new StringJoiner(File.pathSeparator);
    for (Class<?> type : classes) {
      String name = type.getName().replace('.', '/') + ".class";
      URI location = type.getResource('/' + name).toURI();
      String root =
          location.toString().replace("jar:", "").replaceAll("!?/" + Pattern.quote(name) + "$", "");
      path.add(Path.of(URI.create(root)).toString());
    }
    return path.toString();
  }

  /** Prints the availability in a JVM of its own. */
  static final class Printer {
    public static void main(String[] arguments) {
      System.out.println(new VectorAccelerator().availability());
    }
  }

  @Test
  void availability_thisJvm_dependsOnTheModule() {
    boolean hasModule = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    Availability availability = new VectorAccelerator().availability();
    if (!hasModule) {
      assertUnavailable("--add-modules jdk.incubator.vector", availability);
    }
    assertEquals(
        hasModule,
        VectorAccelerator.availability(hasModule, "mixed mode", 4).equals(availability)
            && hasModule);
  }

  private static void assertUnavailable(String flag, Availability availability) {
    Availability.Unavailable unavailable =
        assertInstanceOf(Availability.Unavailable.class, availability);
    assertTrue(unavailable.remedy().contains(flag), unavailable.toString());
  }
}
