package org.charrnn.architecture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The compiled main classes of all modules, of examples and of benchmarks. */
final class ProjectClasses {

  private static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.charrnn");

  private ProjectClasses() {}

  static JavaClasses all() {
    return ALL;
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
