package org.charrnn.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The modules and what each may import: the one place where this is written down as a rule. A room
 * may import the rooms it names, whatever those may import of this project, and its own libraries.
 */
enum Room {
  GRAPH("org.charrnn.graph", List.of()),
  API("org.charrnn.api", List.of(GRAPH)),
  MODEL_GRU("org.charrnn.model.gru", List.of(API)),
  MODEL_LSTM("org.charrnn.model.lstm", List.of(API)),
  OPTIM_ADAGRAD("org.charrnn.optim.adagrad", List.of(API)),
  OPTIM_ADAM("org.charrnn.optim.adam", List.of(API)),
  ACCEL_JAVA("org.charrnn.accel.java", List.of(API), "jdk.incubator.vector", "com.sun.management"),
  ACCEL_TORNADO("org.charrnn.accel.tornado", List.of(API), "uk.ac.manchester.tornado.api"),
  TEXT(
      "org.charrnn.text",
      List.of(API),
      "com.google.common",
      "tools.jackson",
      "com.fasterxml.jackson.annotation"),
  TESTKIT("org.charrnn.testkit", List.of(API), "org.junit.jupiter", "org.opentest4j"),
  CLI(
      "org.charrnn.cli",
      List.of(TEXT),
      "picocli",
      "me.tongfei.progressbar",
      "tools.jackson",
      "org.knowm.xchart");

  private static final String ANNOTATIONS = "org.jspecify.annotations";

  private final String root;
  private final List<Room> imports;
  private final List<String> libraries;

  Room(String root, List<Room> imports, String... libraries) {
    this.root = root;
    this.imports = imports;
    this.libraries = List.of(libraries);
  }

  /** Every class of the project on the class path, examples included. */
  static JavaClasses classesOfTheProject() {
    return new ClassFileImporter().importPackages("org.charrnn");
  }

  /** The room that a package belongs to; none for the examples and for these tests. */
  static Optional<Room> ofPackage(String packageName) {
    return Arrays.stream(values()).filter(room -> isWithin(room.root, packageName)).findFirst();
  }

  /** The name of the module, which is also the root of its packages. */
  String module() {
    return root;
  }

  boolean contains(JavaClass type) {
    return isWithin(root, packageOf(type));
  }

  boolean mayImport(JavaClass type) {
    return type.getBaseComponentType().isPrimitive() || mayImport(packageOf(type));
  }

  boolean mayImport(String packageName) {
    return isWithin(ANNOTATIONS, packageName)
        || libraries.stream().anyMatch(library -> isWithin(library, packageName))
        || reachable().anyMatch(room -> isWithin(room.root, packageName))
        || packagesOfTheJdk().contains(packageName);
  }

  /** This room and the rooms it may import, directly or through another. */
  Stream<Room> reachable() {
    return Stream.concat(Stream.of(this), imports.stream().flatMap(Room::reachable)).distinct();
  }

  private Set<String> packagesOfTheJdk() {
    return ModuleFinder.ofSystem().findAll().stream()
        .map(ModuleReference::descriptor)
        .filter(
            jdk -> this == GRAPH ? jdk.name().equals("java.base") : jdk.name().startsWith("java."))
        .flatMap(jdk -> jdk.exports().stream().filter(exports -> !exports.isQualified()))
        .map(ModuleDescriptor.Exports::source)
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String packageOf(JavaClass type) {
    return type.getBaseComponentType().getPackageName();
  }

  private static boolean isWithin(String root, String packageName) {
    return packageName.equals(root) || packageName.startsWith(root + ".");
  }
}
