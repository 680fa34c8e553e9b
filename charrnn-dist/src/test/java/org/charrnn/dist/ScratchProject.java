package org.charrnn.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A Maven project outside the repository. Its Maven is offline: it takes the artifacts of this
 * build from {@link Build#repository} and those of others from the local repository of this build,
 * and keeps its own local repository in the target folder.
 */
final class ScratchProject {

  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>org.example</groupId>
        <artifactId>scratch</artifactId>
        <version>1</version>
        <properties>
          <maven.compiler.release>25</maven.compiler.release>
          <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
        </properties>
        %s
        <build>
          <pluginManagement>
            <plugins>
              %s
            </plugins>
          </pluginManagement>
          <plugins>
            %s
          </plugins>
        </build>
      </project>
      """;

  private static final String PLUGIN =
      """
      <plugin>
        <groupId>%s</groupId>
        <artifactId>%s</artifactId>
        <version>%s</version>
      </plugin>
      """;

  private static final String SETTINGS =
      """
      <settings>
        <localRepository>%s</localRepository>
        <profiles>
          <profile>
            <id>this-build</id>
            <repositories>
              <repository><id>this-build</id><url>%s</url></repository>
              <repository><id>central</id><url>%s</url></repository>
            </repositories>
            <pluginRepositories>
              <pluginRepository><id>central</id><url>%s</url></pluginRepository>
            </pluginRepositories>
          </profile>
        </profiles>
        <activeProfiles><activeProfile>this-build</activeProfile></activeProfiles>
      </settings>
      """;

  private final Path folder;

  /**
   * Creates the project.
   *
   * @param folder an empty folder
   * @param dependencies the elements {@code dependencies} and {@code dependencyManagement}
   * @param plugins elements {@code plugin}, in addition to those of Maven
   */
  ScratchProject(Path folder, String dependencies, String plugins) throws IOException {
    this.folder = folder;
    List<String> managed = new ArrayList<>();
    for (String name : List.of("compiler", "resources", "jar", "surefire", "dependency")) {
      String artifact = "maven-" + name + "-plugin";
      managed.add(
          String.format(
              Locale.ROOT,
              PLUGIN,
              "org.apache.maven.plugins",
              artifact,
              Build.versionOfPlugin(artifact)));
    }
    managed.add(
        String.format(
            Locale.ROOT,
            PLUGIN,
            "org.codehaus.mojo",
            "exec-maven-plugin",
            Build.versionOfPlugin("exec-maven-plugin")));
    Files.writeString(
        folder.resolve("pom.xml"),
        String.format(Locale.ROOT, POM, dependencies, String.join("", managed), plugins));
    String others = Path.of(Build.property("charrnn.maven.repository")).toUri().toString();
    Files.writeString(
        folder.resolve("settings.xml"),
        String.format(
            Locale.ROOT, SETTINGS, Build.downloads(), Build.repository().toUri(), others, others));
    deleteEarlierBuild();
  }

  /** Snapshots that an earlier build has left in the downloads. */
  private static void deleteEarlierBuild() throws IOException {
    Path earlier = Build.downloads().resolve("org/charrnn");
    if (Files.exists(earlier)) {
      try (var files = Files.walk(earlier)) {
        for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  Path folder() {
    return folder;
  }

  /** Writes a source file. */
  void write(String file, String source) throws IOException {
    Path path = folder.resolve("src/main/java").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, source);
  }

  /** Runs Maven. */
  Programs.Result maven(String... arguments) throws IOException, InterruptedException {
    String settings = folder.resolve("settings.xml").toString();
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(Build.property("charrnn.maven.home"), "bin", "mvn").toString(),
                "--offline",
                "-Daether.offline.protocols=file",
                "--batch-mode",
                "--quiet",
                "--settings",
                settings,
                "--global-settings",
                settings));
    command.addAll(List.of(arguments));
    return Programs.run(
        folder,
        Map.of("JAVA_HOME", Build.JAVA_HOME.toString(), "MAVEN_OPTS", "", "MAVEN_ARGS", ""),
        command);
  }
}
