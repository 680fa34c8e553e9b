package org.charrnn.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The compiled main classes of all modules, of examples and of benchmarks. */
final class ProjectClasses {

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.charrnn");

  private static final Path ROOT = Path.of("..");
  private static final int MAX_DEPTH = 4; // ../examples/essay/target/test-classes

  private ProjectClasses() {}

  static JavaClasses all() {
    return ALL;
  }

  /** The compiled tests of all other modules that were built. */
  static JavaClasses tests() {
    List<Path> folders;
    try (Stream<Path> files = Files.walk(ROOT, MAX_DEPTH)) {
      folders =
          files
              .filter(path -> path.endsWith("target/test-classes"))
              .filter(path ->
                  !path.toAbsolutePath().normalize().startsWith(Path.of("").toAbsolutePath()))
              .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    assertTrue(!folders.isEmpty(), "no compiled tests");
    return new ClassFileImporter().importPaths(folders);
  }

  /** The classes of a module; never empty, because a rule without classes proves nothing. */
  static List<JavaClass> of(ModuleRule module) {
    List<JavaClass> classes = ALL.stream().filter(module::contains).toList();
    assertTrue(!classes.isEmpty(), () -> "no classes of " + module.module());
    return classes;
  }

  /** The number of top-level classes in each package. */
  static Map<String, Long> topLevelClassesByPackage() {
    return ALL.stream()
        .filter(JavaClass::isTopLevelClass)
        .filter(type -> !type.getSimpleName().endsWith("-info"))
        .collect(
            Collectors.groupingBy(JavaClass::getPackageName, TreeMap::new, Collectors.counting()));
  }
}
