package org.charrnn.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The zip, unpacked into a folder outside the repository. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "bin/charrnn needs bash")
class DistributionTest {

  @TempDir private Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private Path program;

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream file = Files.newInputStream(Build.distribution());
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = folder.resolve(entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(zip, target);
        }
      }
    }
    program = folder.resolve("charrnn-" + Build.VERSION).resolve("bin/charrnn");
    environment.put("CHARRNN_JAVA_HOME", Build.JAVA_HOME.toString());
    environment.put("CHARRNN_STARTUP_CACHE", "off");
  }

  private Programs.Result charrnn(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", program.toString()));
    command.addAll(List.of(arguments));
    return Programs.run(folder, environment, command);
  }

  @Test
  void commands_trainGenerateAndExport_fromAnyFolder() throws Exception {
    Files.writeString(folder.resolve("text.txt"), "选择一条路，也就选择了路边的风景。\n".repeat(200));
    charrnn("train", "text.txt", "--out", "m.ckpt", "--epochs", "1", "--prompt", "选")
        .requireSuccess();
    String text = charrnn("generate", "m.ckpt", "--length", "5").requireSuccess().output();
    assertTrue(text.contains("选"), text);
    charrnn("export", "m.ckpt", "--to", "onnx", "--out", "m.onnx").requireSuccess();
    assertTrue(Files.size(folder.resolve("m.onnx")) > 0);
  }

  @Test
  void laterCommands_loadTheirClassesFromTheCache() throws Exception {
    environment.remove("CHARRNN_STARTUP_CACHE");
    String first = charrnn("--help").requireSuccess().output();
    assertTimeoutPreemptively(Duration.ofMinutes(2), this::awaitCache);
    environment.put("CHARRNN_JAVA_OPTS", "-Xlog:class+load:file=classes.txt");
    String second = charrnn("--help").requireSuccess().output();
    List<String> classes =
        Files.readAllLines(folder.resolve("classes.txt")).stream()
            .filter(line -> line.contains(" org.charrnn."))
            .toList();
    long cached = classes.stream().filter(line -> line.contains("shared objects file")).count();
    assertTrue(cached > 20 && cached > 0.9 * classes.size(), classes::toString);
    assertEquals(first, second);
  }

  private void awaitCache() throws Exception {
    Path caches = program.getParent().resolveSibling("startup");
    while (true) {
      try (Stream<Path> files = Files.list(caches)) {
        List<String> names = files.map(file -> file.getFileName().toString()).toList();
        if (!names.isEmpty() && names.stream().noneMatch(name -> name.endsWith(".lock"))) {
          return;
        }
      }
      Thread.sleep(100);
    }
  }

  @Test
  void files_areThoseOfAnInstallation() throws Exception {
    Path root = program.getParent().getParent();
    for (String file : List.of("LICENSE", "README.md", "CHANGELOG.md", "docs/commands.md")) {
      assertTrue(Files.isRegularFile(root.resolve(file)), file);
    }
    try (var jars = Files.list(root.resolve("lib"))) {
      List<String> names = jars.map(jar -> jar.getFileName().toString()).toList();
      assertTrue(names.contains("charrnn-cli-" + Build.VERSION + ".jar"), names::toString);
      assertFalse(names.stream().anyMatch(name -> name.contains("junit")), names::toString);
    }
  }
}
