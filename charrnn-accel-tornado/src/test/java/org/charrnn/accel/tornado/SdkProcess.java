package org.charrnn.accel.tornado;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A Java program with the launch arguments of the SDK, as a user starts it, in its own process. */
final class SdkProcess {

  private final Class<?> main;
  private final List<String> flags = new ArrayList<>();
  private final Map<String, String> environment = new LinkedHashMap<>();

  /**
   * The result of a process.
   *
   * @param exitCode its exit code
   * @param output its standard output and error
   */
  record Outcome(int exitCode, String output) {

    /** The lines that start with {@code prefix}. */
    List<String> lines(String prefix) {
      return output.lines().filter(line -> line.startsWith(prefix)).toList();
    }
  }

  SdkProcess(Class<?> main) {
    this.main = main;
  }

  /** Adds a flag of the JVM, after those of the SDK. */
  SdkProcess flag(String flag) {
    flags.add(flag);
    return this;
  }

  SdkProcess environment(String variable, Object value) {
    environment.put(variable, value.toString());
    return this;
  }

  Outcome run(Object... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + System.getenv("TORNADOVM_HOME") + File.separator + "tornado-argfile");
    command.add("-D" + Devices.FALLBACK + "=false");
    command.addAll(flags);
    command.add("-cp");
    String ofTests = System.getProperty("surefire.test.class.path");
    command.add(ofTests != null ? ofTests : System.getProperty("java.class.path"));
    command.add(main.getName());
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }
}
