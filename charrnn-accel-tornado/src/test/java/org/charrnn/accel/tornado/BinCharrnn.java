package org.charrnn.accel.tornado;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.charrnn.accel.tornado.SdkProcess.Outcome;

/**
 * The launcher as a user calls it: a copy in a built checkout, whose program is the class path of
 * these tests.
 */
final class BinCharrnn {

  private final Path script;
  private final Map<String, String> environment = new LinkedHashMap<>();

  /** Makes the checkout in an empty folder. */
  BinCharrnn(Path checkout) throws IOException {
    Files.createDirectories(checkout.resolve("examples/essay/target/classpath"));
    script = Files.createDirectories(checkout.resolve("bin")).resolve("charrnn");
    Files.copy(Path.of("../bin/charrnn"), script);
    Files.createFile(checkout.resolve("examples/essay/target/classpath.stamp"));
    environment.put("CHARRNN_JAVA_HOME", System.getProperty("java.home"));
    environment.put("CHARRNN_CLASSPATH", program());
  }

  /** The class path of these tests without their own plugins. */
  private static String program() {
    String ofTests = System.getProperty("surefire.test.class.path");
    String all = ofTests != null ? ofTests : System.getProperty("java.class.path");
    return Arrays.stream(all.split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  BinCharrnn environment(String variable, Object value) {
    environment.put(variable, value.toString());
    return this;
  }

  /** Runs it with the given arguments. */
  Outcome run(Object... words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("/bin/bash", script.toString()));
    for (Object word : words) {
      command.add(word.toString());
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("CHARRNN_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), output);
  }
}
