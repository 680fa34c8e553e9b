package org.charrnn.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
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

  /** Java, as far as it lists classes and writes an archive of a list. */
  private static final String ECHO_WITH_CACHE =
      ECHO
          + """
          archive=
          for argument; do
            case $argument in
              -XX:DumpLoadedClassList=*) printf '%s\\n' Main '@cp Main 1' >"${argument#*=}" ;;
              -Xshare:dump) archive=1 ;;
              -XX:SharedClassListFile=*) [ "$(cat "${argument#*=}")" = Main ] || exit 1 ;;
              -XX:SharedArchiveFile=*) [ -z "$archive" ] || echo written >"${argument#*=}" ;;
            esac
          done
          """;

  @TempDir private Path folder;

  private Path checkout;
  private Path caches;
  private final Map<String, String> environment = new HashMap<>();

  /** The result of a script. */
  private record Result(int exitCode, String out, String err) {}

  @BeforeEach
  void createCheckout() throws IOException {
    checkout = Files.createDirectory(folder.toRealPath().resolve("checkout"));
    caches = checkout.resolve("target/startup");
    copyScript("bin/charrnn");
    copyScript(".ci/run");
    Files.createFile(checkout.resolve("pom.xml"));
    Path target = checkout.resolve("examples/essay/target");
    Files.createDirectories(target.resolve("classpath"));
    Files.createFile(target.resolve("classpath/charrnn.jar"));
    Files.createFile(target.resolve("classpath.stamp"));
    Files.setLastModifiedTime(
        target.resolve("classpath.stamp"), FileTime.from(Instant.now().plusSeconds(60)));
    Path jdk = folder.toRealPath().resolve("jdk");
    writeProgram(jdk.resolve("bin/java"), ECHO);
    writeProgram(jdk.resolve("bin/javac"), ECHO);
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
    writeProgram(folder.resolve("programs/mvn"), ECHO);
    environment.put("JAVA_HOME", jdk.toString());
    environment.put("PATH", folder.resolve("programs") + ":/usr/local/bin:/usr/bin:/bin");
    environment.put("HOME", folder.toString());
    environment.put("LC_ALL", "C.UTF-8");
    environment.put("CHARRNN_STARTUP_CACHE", "off");
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

  private static void writeProgram(Path file, String script) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, script);
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
        result
            .out()
            .contains("\n-cp\n" + checkout + "/examples/essay/target/classpath/charrnn.jar\n"),
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

  @EnabledIfSystemProperty(
      named = "sun.jnu.encoding",
      matches = "UTF-8",
      disabledReason = "Java cannot pass arguments beyond ASCII to a process in this locale")
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
  void acceleratorJava_needsNoIncubatorModule() throws Exception {
    Result byOption = run("bin/charrnn", "generate", "a", "--accelerator", "java");
    assertFalse(byOption.out().contains("jdk.incubator.vector"), byOption::out);
    environment.put("CHARRNN_ACCELERATOR", "java");
    Result byVariable = run("bin/charrnn", "generate", "a");
    assertFalse(byVariable.out().contains("jdk.incubator.vector"), byVariable::out);
    Result other = run("bin/charrnn", "generate", "a", "--accelerator=java-vector");
    assertTrue(other.out().contains("--add-modules\njdk.incubator.vector\n"), other::out);
  }

  @Test
  void generate_compilesItsKernelsEarly_otherCommandsAllClassesOfTheAccelerator() throws Exception {
    String early = "-XX:CompileCommand=CompileThresholdScaling,org.charrnn.accel.java.";
    String tiles = early + "vector.matmul.RegisterTileCode*::*,0.001";
    String all = early + "*::*,0.001";
    Result generate = run("bin/charrnn", "generate", "model");
    assertTrue(generate.out().lines().anyMatch(tiles::equals), generate::out);
    assertFalse(generate.out().lines().anyMatch(all::equals), generate::out);
    for (Result result :
        List.of(
            run("bin/charrnn", "train", "text"),
            run("bin/charrnn", "generate", "model", "--accelerator=java"))) {
      assertTrue(result.out().lines().anyMatch(all::equals), result::out);
      assertFalse(result.out().lines().anyMatch(tiles::equals), result::out);
    }
  }

  /** Of two sizes of the young generation, Java takes the last one. */
  @Test
  void serve_collectsTheObjectsOfStreamsWhileTheyAreYoung() throws Exception {
    for (var expected : Map.of("serve", "-Xmn64m", "train", "-Xmn16m").entrySet()) {
      Result result = run("bin/charrnn", expected.getKey(), "model");
      String last = result.out().lines().filter(it -> it.startsWith("-Xmn")).toList().getLast();
      assertEquals(expected.getValue(), last, result::out);
    }
  }

  private void enableStartupCache() throws IOException {
    environment.remove("CHARRNN_STARTUP_CACHE");
    writeProgram(folder.toRealPath().resolve("jdk/bin/java"), ECHO_WITH_CACHE);
  }

  /** Runs a command, and returns when the process in the background has written the cache. */
  private Result runAndWait() throws Exception {
    Result result = run("bin/charrnn", "inspect", "a");
    assertStarted(result, "inspect", "a");
    assertEquals("", result.err());
    assertTimeoutPreemptively(Duration.ofMinutes(1), this::awaitCache);
    return result;
  }

  private void awaitCache() throws Exception {
    while (true) {
      try (Stream<Path> files = Files.list(caches)) {
        List<String> names = files.map(file -> file.getFileName().toString()).toList();
        if (!names.isEmpty() && names.stream().noneMatch(name -> name.endsWith(".lock"))) {
          return;
        }
      }
      Thread.sleep(20);
    }
  }

  private static boolean usesCache(Result result) {
    return result.out().contains("\n-XX:SharedArchiveFile=");
  }

  @Test
  void startupCache_isWrittenInTheBackground_andUsedFromThenOn() throws Exception {
    enableStartupCache();
    assertFalse(usesCache(runAndWait()));
    assertTrue(usesCache(runAndWait()));
  }

  @Test
  void startupCache_isWrittenAgain_ifAJarIsNewer() throws Exception {
    enableStartupCache();
    runAndWait();
    Files.setLastModifiedTime(
        checkout.resolve("examples/essay/target/classpath/charrnn.jar"),
        FileTime.from(Instant.now().plusSeconds(600)));
    assertFalse(usesCache(runAndWait()));
    assertTrue(usesCache(runAndWait()), "a jar from the future is no reason to write it each time");
  }

  @Test
  void startupCache_belongsToOneJdk() throws Exception {
    enableStartupCache();
    runAndWait();
    Files.writeString(
        folder.resolve("jdk/release"), "JAVA_VERSION=\"25.0.4\"\nIMPLEMENTOR=\"Another\"\n");
    assertFalse(usesCache(runAndWait()));
    assertTrue(usesCache(runAndWait()));
  }

  @Test
  void startupCache_whoseWriterWasKilled_isWrittenAgain() throws Exception {
    enableStartupCache();
    runAndWait();
    Path cache = startupFiles().getFirst();
    Files.delete(cache);
    Path lock = Files.createDirectory(cache.resolveSibling(cache.getFileName() + ".lock"));
    Files.writeString(lock.resolve("pid"), "none\n");
    run("bin/charrnn", "inspect", "a");
    assertEquals(List.of(), startupFiles(), "the lock is removed");
    runAndWait();
    assertTrue(usesCache(runAndWait()));
  }

  private List<Path> startupFiles() throws IOException {
    try (Stream<Path> files = Files.list(caches)) {
      return files.toList();
    }
  }

  @Test
  void startupCache_thatJavaCannotWrite_isTriedOnce() throws Exception {
    environment.remove("CHARRNN_STARTUP_CACHE");
    runAndWait();
    List<Path> written = startupFiles();
    FileTime time = Files.getLastModifiedTime(written.getFirst());
    assertFalse(usesCache(runAndWait()));
    assertEquals(written, startupFiles());
    assertEquals(time, Files.getLastModifiedTime(written.getFirst()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HOME", "XDG_CACHE_HOME"})
  void startupCache_ofAReadOnlyCheckout_isInTheFolderOfTheUser(String name) throws Exception {
    enableStartupCache();
    Files.createFile(checkout.resolve("target"));
    Path user = folder.resolve("user");
    environment.put(name, user.toString());
    caches = user.resolve(name.equals("HOME") ? ".cache/charrnn" : "charrnn");
    assertFalse(usesCache(runAndWait()));
    assertTrue(usesCache(runAndWait()));
  }

  @Test
  void startupCache_withoutAFolderThatCanBeWritten_isLeftOut() throws Exception {
    enableStartupCache();
    Files.createFile(checkout.resolve("target"));
    environment.remove("HOME");
    Result result = run("bin/charrnn", "inspect", "a");
    assertStarted(result, "inspect", "a");
    assertEquals("", result.err());
    assertFalse(usesCache(result), result::out);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "--help", "-V", "train --help", "inspect a", "report a", "baseline a"})
  void commandsWithoutAnAccelerator_startWithoutTheIncubatorModule(String command)
      throws Exception {
    List<String> words = new ArrayList<>(List.of("bin/charrnn"));
    Arrays.stream(command.split(" ")).filter(word -> !word.isEmpty()).forEach(words::add);
    Result result = run(words.toArray(String[]::new));
    assertFalse(result.out().contains("jdk.incubator.vector"), result::out);
  }

  @Test
  void distribution_runsItsJars_withoutACompiler() throws Exception {
    Path unpacked = folder.toRealPath().resolve("charrnn-1");
    Files.createDirectories(unpacked.resolve("bin"));
    Files.createDirectories(unpacked.resolve("lib"));
    Files.createFile(unpacked.resolve("lib/charrnn-cli.jar"));
    Files.copy(
        checkout.resolve("bin/charrnn"),
        unpacked.resolve("bin/charrnn"),
        StandardCopyOption.COPY_ATTRIBUTES);
    Files.delete(folder.resolve("jdk/bin/javac"));
    Result result = run(unpacked.resolve("bin/charrnn").toString(), "inspect", "a");
    assertEquals(0, result.exitCode(), result::err);
    assertTrue(result.out().contains("\n-cp\n" + unpacked + "/lib/charrnn-cli.jar\n"), result::out);
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
    writeProgram(folder.resolve("programs/chromium"), ECHO); // else it would be installed
    writeProgram(folder.resolve("programs/chromedriver"), ECHO);
    Result result = run("bash", ".ci/run");
    assertEquals(0, result.exitCode(), result::err);
    assertEquals("LC_ALL=C.UTF-8\n-B\n-ntp\n-Pslow\nverify\n", result.out());
  }
}
