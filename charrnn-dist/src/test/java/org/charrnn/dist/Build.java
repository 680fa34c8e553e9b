package org.charrnn.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What this build has made: the artifacts of its modules, and the settings that Maven told us. */
final class Build {

  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  static final String VERSION = property("charrnn.version");
  static final Path JAVA_HOME = Path.of(System.getProperty("java.home"));

  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Pattern MODULE = Pattern.compile("<module>(charrnn[a-z-]*)</module>");

  private Build() {}

  static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new AssertionError(
          "Run these tests with Maven, which sets " + name + ": mvn verify -Pslow");
    }
    return value;
  }

  /** The zip. */
  static Path distribution() {
    return TARGET.resolve("charrnn-" + VERSION + ".zip");
  }

  /** A folder for the artifacts that scratch projects download, shared by all of them. */
  static Path downloads() {
    return TARGET.resolve("downloads");
  }

  /** The version of a Maven plugin in the parent pom. */
  static String versionOfPlugin(String artifact) throws IOException {
    Matcher version =
        Pattern.compile("<artifactId>" + artifact + "</artifactId>\\s*<version>([^<]+)<")
            .matcher(Files.readString(ROOT.resolve("pom.xml")));
    if (!version.find()) {
      throw new AssertionError("the parent pom has no version of " + artifact);
    }
    return version.group(1);
  }

  /** The modules of the parent pom that are published. */
  static List<String> modules() throws IOException {
    try (Stream<String> modules =
        MODULE
            .matcher(Files.readString(ROOT.resolve("pom.xml")))
            .results()
            .map(module -> module.group(1))) {
      return modules
          .filter(module -> !List.of("charrnn-dist", "charrnn-architecture-tests").contains(module))
          .toList();
    }
  }

  /** A repository with the poms and jars of this build, as if they had been deployed. */
  static Path repository() throws IOException {
    Path repository = TARGET.resolve("repository");
    deploy(repository, "charrnn-parent", ROOT, "pom");
    for (String module : modules()) {
      Path folder = ROOT.resolve(module);
      deploy(repository, module, folder, "pom");
      if (!Files.readString(folder.resolve("pom.xml")).contains("<packaging>pom</packaging>")) {
        deploy(repository, module, folder, "jar");
      }
    }
    return repository;
  }

  private static void deploy(Path repository, String artifact, Path folder, String type)
      throws IOException {
    Path to =
        repository.resolve(
            String.format(
                Locale.ROOT,
                "org/charrnn/%s/%s/%s-%s.%s",
                artifact,
                VERSION,
                artifact,
                VERSION,
                type));
    Files.createDirectories(to.getParent());
    Path from =
        type.equals("pom")
            ? folder.resolve("pom.xml")
            : folder.resolve("target/" + artifact + "-" + VERSION + ".jar");
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
  }
}
