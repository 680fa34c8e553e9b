package org.charrnn.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The packages that are neither compared with earlier versions nor documented. */
class CompatibilityCheckTest {

  private static final Pattern LIST =
      Pattern.compile("<charrnn\\.internal\\.packages>([^<]+)</charrnn\\.internal\\.packages>");

  @Test
  void internalPackages_areThoseThatAreNotExported() throws IOException {
    Set<String> hidden = new TreeSet<>();
    for (ModuleReference module : ProjectModules.onTheClassPath().values()) {
      hidden.addAll(module.descriptor().packages());
      module.descriptor().exports().stream()
          .filter(exports -> !exports.isQualified())
          .forEach(exports -> hidden.remove(exports.source()));
    }
    hidden.removeIf(name -> !name.startsWith("org.charrnn."));
    assertTrue(hidden.size() > 20, hidden::toString);
    Matcher list = LIST.matcher(Files.readString(Path.of("../pom.xml")));
    assertTrue(list.find());
    assertEquals(
        hidden,
        new TreeSet<>(List.of(list.group(1).strip().split(";\\s*"))),
        "charrnn.internal.packages in pom.xml");
  }
}
