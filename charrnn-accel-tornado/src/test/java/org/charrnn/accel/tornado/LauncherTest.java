package org.charrnn.accel.tornado;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How bin/charrnn starts Java if there is an SDK: a copy of it, in a built checkout, with a Java
 * that prints its arguments.
 */
class LauncherTest {

  private static final Path BASH = Path.of("/bin/bash");

  @TempDir private Path folder;

  @BeforeEach
  void checkout() throws IOException {
    assumeTrue(Files.isExecutable(BASH), "no bash here: bin/charrnn cannot be started");
    Path built = folder.resolve("examples/essay/target/classpath");
    Files.createDirectories(built);
    Files.createDirectories(folder.resolve("bin"));
    Files.copy(Path.of("../bin/charrnn"), folder.resolve("bin/charrnn"));
    executable("jdk/bin/java", "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    executable("jdk/bin/javac", "#!/bin/sh\n");
    Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.1\"\n");
    Files.createDirectories(folder.resolve("sdk"));
    Files.writeString(folder.resolve("sdk/tornado-argfile"), "-XX:+UseParallelGC\n");
    Files.createFile(folder.resolve("examples/essay/target/classpath.stamp"));
  }

  private void executable(String name, String content) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    assertTrue(file.toFile().setExecutable(true), name);
  }

  private List<String> arguments(String... words) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(BASH.toString(), folder.resolve("bin/charrnn").toString());
    builder.command().addAll(List.of(words));
    builder.redirectErrorStream(true);
    builder.environment().put("CHARRNN_JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().put("TORNADOVM_HOME", folder.resolve("sdk").toString());
    builder.environment().remove("CHARRNN_ACCELERATOR");
    builder.environment().remove("CHARRNN_JAVA_OPTS");
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output.lines().toList();
  }

  private void assertStartsTornado(List<String> arguments) {
    assertTrue(
        arguments.contains("@" + folder.resolve("sdk/tornado-argfile")), arguments::toString);
    assertTrue(arguments.contains("-D" + Devices.FALLBACK + "=false"), arguments::toString);
    // The SDK's arguments select a garbage collector, and Java refuses two. Options that speed up
    // C2
    // slow down the compiler of kernels.
    assertTrue(
        arguments.stream().noneMatch(argument -> argument.startsWith("-XX:")), arguments::toString);
  }

  @Test
  void acceleratorTornado_startsWithTheSdkArguments() throws Exception {
    assertStartsTornado(arguments("train", "text.txt", "--accelerator", "tornado"));
    assertStartsTornado(arguments("generate", "model", "--accelerator=tornado"));
  }

  @Test
  void accelerators_listsItsDevices_andSaysThatTheyAreUsedOnRequest() throws Exception {
    String onRequest = "-Dcharrnn.accelerators.onRequest=tornado";
    List<String> arguments = arguments("accelerators");
    assertStartsTornado(arguments);
    assertTrue(arguments.contains(onRequest), arguments::toString);
    assertFalse(
        arguments("train", "text.txt", "--accelerator", "tornado").contains(onRequest),
        arguments::toString);
  }

  @Test
  void otherAccelerator_startsWithoutSdkArguments() throws Exception {
    List<String> arguments = arguments("train", "text.txt", "--accelerator", "java");
    assertFalse(
        arguments.stream().anyMatch(argument -> argument.startsWith("@")), arguments::toString);
    assertTrue(arguments.contains("-XX:+UseSerialGC"), arguments::toString);
  }
}
