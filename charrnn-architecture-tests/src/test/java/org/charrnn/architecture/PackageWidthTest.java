package org.charrnn.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reports the packages with the most classes; about 20 in a package is the orientation. */
class PackageWidthTest {

  private static final Path REPORT = Path.of("target", "package-width.txt");

  @Test
  void report_listsEachPackage() throws IOException {
    Map<String, Long> widths = ProjectClasses.topLevelClassesByPackage();
    List<String> lines =
        widths.entrySet().stream()
            .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .toList();
    Files.createDirectories(REPORT.getParent());
    Files.write(REPORT, lines);
    for (ModuleRule module : ModuleRule.values()) {
      assertTrue(
          widths.keySet().stream().anyMatch(name -> name.startsWith(module.module())),
          () -> "the report has no package of " + module.module());
    }
  }
}
