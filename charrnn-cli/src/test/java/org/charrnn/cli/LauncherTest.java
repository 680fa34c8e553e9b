package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The scripts bin/charrnn and .ci/run in unusual environments, in a checkout of empty folders, with
 * programs in place of Java and Maven that print their arguments.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the scripts need bash")
class LauncherTest {

  private static final String ECHO =
      """
      #!/usr/bin/env bash
      printf 'LC_ALL=%s\\n' "${LC_ALL-}"
      printf '%s\\n' "$@"
      """;

  @TempDir private Path folder;

  private Path checkout;
  private final Map<String, String> environment = new HashMap<>();

  /** The result of a script. */
  private record Result(int exitCode, String out, String err) {}

  @BeforeEach
  void createCheckout() throws IOException {
    checkout = Files.createDirectory(folder.toRealPath().resolve("checkout"));
    copyScript("bin/charrnn");
    copyScript(".ci/run");
    Files.createFile(checkout.resolve("pom.xml"));
    Path target = checkout.resolve("examples/essay/target");
    Files.createDirectories(target.resolve("classpath"));
    Files.createFile(target.resolve("classpath.stamp"));
    Files.setLastModifiedTime(
        target.resolve("classpath.stamp"), FileTime.from(Instant.now().plusSeconds(60)));
    Path jdk = folder.toRealPath().resolve("jdk");
    writeProgram(jdk.resolve("bin/java"));
    writeProgram(jdk.resolve("bin/javac"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
    writeProgram(folder.resolve("programs/mvn"));
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("PATH", folder.resolve("programs") + ":/usr/local/bin:/usr/bin:/bin");
    environment.put("HOME", folder.toString());
    environment.put("LC_ALL", "C.UTF-8");
  }

  private void copyScript(String name) throws IOException {
    Path copy = checkout.resolve(name);
    Files.createDirectories(copy.getParent());
    Files.copy(root().resolve(name), copy, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static Path root() {
    Path place = Path.of("").toAbsolutePath();
    while (!Files.exists(place.resolve("bin/charrnn"))) {
      place = Objects.requireNonNull(place.getParent(), "no checkout above the working directory");
    }
    return place;
  }

  private static void writeProgram(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, ECHO);
    assertTrue(file.toFile().setExecutable(true));
  }

  private Result run(String... command) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Path err = folder.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(checkout.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    int exitCode = builder.start().waitFor();
    return new Result(
        exitCode,
        Files.readString(out, StandardCharsets.UTF_8),
        Files.readString(err, StandardCharsets.UTF_8));
  }

  /** Java was started with the class path of the checkout and the arguments. */
  private void assertStarted(Result result, String... arguments) {
    assertEquals(0, result.exitCode(), result::err);
    String end = "\norg.charrnn.cli.Main\n" + String.join("\n", arguments) + "\n";
    assertTrue(result.out().endsWith(end), result::out);
    assertTrue(
        result.out().contains("\n-cp\n" + checkout + "/examples/essay/target/classpath/*:"),
        result::out);
  }

  private Set<String> filesOfTheCheckout() throws IOException {
    try (Stream<Path> files = Files.list(checkout)) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HOME", "LC_ALL", "PATH"})
  void start_withoutAVariable(String name) throws Exception {
    environment.remove(name);
    assertStarted(run("/bin/bash", "bin/charrnn", "generate", "a b"), "generate", "a b");
  }

  @Test
  void start_withoutHome_searchesJava() throws Exception {
    environment.remove("HOME");
    environment.put("PATH", environment.remove("JAVA_HOME") + "/bin:" + environment.get("PATH"));
    assertStarted(run("bin/charrnn", "accelerators"), "accelerators");
  }

  @Test
  void start_withCdPath_usesTheCheckout() throws Exception {
    environment.put("CDPATH", ".:/usr");
    Set<String> before = filesOfTheCheckout();
    assertStarted(run("bin/charrnn", "accelerators"), "accelerators");
    assertEquals(before, filesOfTheCheckout());
  }

  @Test
  void start_withShellOptions_ofTheEnvironment() throws Exception {
    environment.put("SHELLOPTS", "errexit:noglob");
    assertStarted(run("bin/charrnn", "accelerators"), "accelerators");
  }

  @Test
  void start_throughALink_fromAnotherFolder() throws Exception {
    Path link =
        Files.createSymbolicLink(folder.resolve("-linked"), checkout.resolve("bin/charrnn"));
    assertStarted(run(link.toString(), "accelerators"), "accelerators");
  }

  @ParameterizedTest
  @ValueSource(strings = {"LANG", "LC_CTYPE", "LC_ALL"})
  void locale_notInstalled_becomesUtf8(String name) throws Exception {
    environment.remove("LC_ALL");
    environment.put(name, "xx_XX.UTF-8");
    Result result = run("bin/charrnn", "generate", "--prompt", "选");
    assertStarted(result, "generate", "--prompt", "选");
    assertTrue(result.out().matches("(?s)LC_ALL=C\\.(UTF-8|utf8)\n.*"), result::out);
    assertEquals("", result.err().replaceAll("(?m)^.*setlocale.*\n", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "POSIX", ""})
  void locale_notUtf8_becomesUtf8(String locale) throws Exception {
    environment.put("LC_ALL", locale);
    Result result = run("bin/charrnn", "accelerators");
    assertTrue(result.out().matches("(?s)LC_ALL=C\\.(UTF-8|utf8)\n.*"), result::out);
  }

  @Test
  void locale_utf8_isKept() throws Exception {
    environment.remove("LC_ALL");
    environment.put("LANG", "C.UTF-8");
    Result result = run("bin/charrnn", "accelerators");
    assertTrue(result.out().startsWith("LC_ALL=\n"), result::out);
  }

  @Test
  void readOnlyCheckout_runsTheLastBuild() throws Exception {
    Files.createFile(checkout.resolve("target")); // root may write to a folder without permissions
    assertStarted(run("bin/charrnn", "accelerators"), "accelerators");
  }

  @Test
  void readOnlyCheckout_withNewerSources_runsTheLastBuild_andSaysSo() throws Exception {
    Files.createFile(checkout.resolve("target"));
    makeSourcesNewer();
    Result result = run("bin/charrnn", "accelerators");
    assertStarted(result, "accelerators");
    assertTrue(result.err().contains("running the last build"), result::err);
  }

  @Test
  void readOnlyCheckout_withoutABuild_fails() throws Exception {
    Files.createFile(checkout.resolve("target"));
    Files.delete(checkout.resolve("examples/essay/target/classpath.stamp"));
    Result result = run("bin/charrnn", "accelerators");
    assertEquals(1, result.exitCode());
    assertTrue(
        result.err().startsWith("charrnn: cannot write to " + checkout + "/target"), result::err);
  }

  @Test
  void newerSources_areBuilt() throws Exception {
    makeSourcesNewer();
    Result result = run("bin/charrnn", "accelerators");
    assertTrue(result.err().startsWith("Building charrnn (sources changed)... "), result::err);
    assertTrue(Files.exists(checkout.resolve("examples/essay/target/classpath.stamp")));
    assertFalse(result.err().contains("failed"), result::err);
  }

  private void makeSourcesNewer() throws IOException {
    Files.setLastModifiedTime(
        checkout.resolve("pom.xml"), FileTime.from(Instant.now().plusSeconds(120)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"export", "import"})
  void commandsThatUseNativeLibraries_mayLoadThem(String command) throws Exception {
    Result result = run("bin/charrnn", command, "essays.ckpt");
    assertStarted(result, command, "essays.ckpt");
    assertTrue(result.out().contains("\n--enable-native-access=ALL-UNNAMED\n"), result::out);
    assertFalse(
        run("bin/charrnn", "accelerators").out().contains("--enable-native-access"),
        "other commands load none");
  }

  @Test
  void pathWithAColon_isRefused() throws Exception {
    Path copy = Files.createDirectories(folder.resolve("a:b/bin"));
    Files.copy(
        checkout.resolve("bin/charrnn"),
        copy.resolve("charrnn"),
        StandardCopyOption.COPY_ATTRIBUTES);
    Result result = run(copy.resolve("charrnn").toString());
    assertEquals(1, result.exitCode());
    assertTrue(result.err().contains("must not contain ':'"), result::err);
  }

  @Test
  void continuousIntegration_withoutHome_withCdPath_callsMaven() throws Exception {
    environment.remove("HOME");
    environment.put("CDPATH", ".:/usr");
    Result result = run("bash", ".ci/run");
    assertEquals(0, result.exitCode(), result::err);
    assertEquals("LC_ALL=C.UTF-8\n-B\n-ntp\nverify\n", result.out());
  }
}
