package org.charrnn.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the comparison of versions leaves out: the packages that no module exports. */
class CompatibilityCheckTest {

  private static final Pattern EXCLUDED =
      Pattern.compile("<exclude>(org\\.charrnn\\.[a-z.0-9]+)</exclude>");

  @Test
  void excludedPackages_areThoseThatAreNotExported() throws IOException {
    Set<String> hidden = new TreeSet<>();
    for (ModuleReference module : ProjectModules.onTheClassPath().values()) {
      hidden.addAll(module.descriptor().packages());
      module.descriptor().exports().stream()
          .filter(exports -> !exports.isQualified())
          .forEach(exports -> hidden.remove(exports.source()));
    }
    hidden.removeIf(name -> !name.startsWith("org.charrnn."));
    assertTrue(hidden.size() > 20, hidden::toString);
    Set<String> excluded =
        EXCLUDED
            .matcher(Files.readString(Path.of("../pom.xml")))
            .results()
            .map(exclude -> exclude.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(hidden, excluded, "the excludes of japicmp in pom.xml");
  }
}
