package org.charrnn.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * charrnn-bom has no parent, so it repeats the version and the repository, and it lists the modules
 * that the parent builds and publishes.
 */
class BillOfMaterialsTest {

  private static final Path ROOT = Path.of("..");
  private static final Pattern MODULE = Pattern.compile("<module>(charrnn[a-z-]*)</module>");
  private static final Pattern ARTIFACT =
      Pattern.compile(
          "<groupId>org\\.charrnn</groupId>\\s*<artifactId>([a-z-]+)</artifactId>\\s*"
              + "<version>\\$\\{project\\.version}</version>");
  private static final Pattern VERSION = Pattern.compile("</artifactId>\\s*<version>([^<$]+)<");
  private static final Pattern REPOSITORY =
      Pattern.compile("(<charrnn\\.(?:repository|developers|developers\\.url)>[^<]+<)");
  private static final Set<String> NO_LIBRARIES =
      Set.of("charrnn-bom", "charrnn-dist", "charrnn-architecture-tests");

  @Test
  void modules_areThoseOfTheParent() throws IOException {
    Set<String> built = matches(MODULE, "pom.xml");
    built.removeAll(NO_LIBRARIES);
    assertTrue(built.size() > 10, built::toString);
    assertEquals(built, matches(ARTIFACT, "charrnn-bom/pom.xml"));
  }

  @Test
  void version_isThatOfTheParent() throws IOException {
    assertEquals(version("pom.xml"), version("charrnn-bom/pom.xml"));
  }

  @Test
  void repository_isThatOfTheParent() throws IOException {
    Set<String> values = matches(REPOSITORY, "pom.xml");
    assertEquals(3, values.size(), values::toString);
    assertEquals(values, matches(REPOSITORY, "charrnn-bom/pom.xml"));
  }

  private static String version(String file) throws IOException {
    var version = VERSION.matcher(Files.readString(ROOT.resolve(file)));
    assertTrue(version.find(), file);
    return version.group(1);
  }

  private static Set<String> matches(Pattern pattern, String file) throws IOException {
    return pattern
        .matcher(Files.readString(ROOT.resolve(file)))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
