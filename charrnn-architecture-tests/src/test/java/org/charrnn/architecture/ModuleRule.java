package org.charrnn.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The modules and the imports that each of them may have. This enum is the only place that defines
 * them. A module may import the modules that it names, whatever those may import of this project,
 * and its own libraries. To add a module, add a line here and a dependency in the pom.
 */
enum ModuleRule {
  GRAPH("org.charrnn.graph", List.of()),
  API("org.charrnn.api", List.of(GRAPH)),
  MODEL_GRU("org.charrnn.model.gru", List.of(API)),
  MODEL_LSTM("org.charrnn.model.lstm", List.of(API)),
  MODEL_LINEAR("org.charrnn.model.linear", List.of(API)),
  OPTIM_ADAGRAD("org.charrnn.optim.adagrad", List.of(API)),
  OPTIM_ADAM("org.charrnn.optim.adam", List.of(API)),
  ACCEL_JAVA("org.charrnn.accel.java", List.of(API), "jdk.incubator.vector", "com.sun.management"),
  ACCEL_TORNADO("org.charrnn.accel.tornado", List.of(API), "uk.ac.manchester.tornado.api"),
  TEXT(
      "org.charrnn.text",
      List.of(API),
      "com.google.common",
      "com.ibm.icu",
      "tools.jackson",
      "com.fasterxml.jackson.annotation"),
  TESTKIT(
      "org.charrnn.testkit",
      List.of(API),
      "org.junit.jupiter",
      "org.opentest4j",
      "com.sun.management"),
  CLI(
      "org.charrnn.cli",
      List.of(TEXT),
      "picocli",
      "me.tongfei.progressbar",
      "org.jline",
      "tools.jackson",
      "org.knowm.xchart"),
  INTERCHANGE(
      "org.charrnn.interchange",
      List.of(TEXT, CLI),
      "ai.onnx.proto",
      "ai.onnxruntime",
      "com.google.protobuf",
      "org.tribuo.util.onnx",
      "picocli",
      "tools.jackson"),
  SERVE(
      "org.charrnn.serve",
      List.of(TEXT, CLI),
      "io.helidon",
      "io.micrometer",
      "picocli",
      "tools.jackson"),
  /** Without a descriptor: jars of Spark share packages, so they cannot be modules. */
  SPARK(
      "org.charrnn.spark",
      List.of(TEXT, CLI),
      "org.apache.hadoop",
      "org.apache.spark",
      "com.google.common",
      "picocli",
      "scala");

  private static final String ANNOTATIONS = "org.jspecify.annotations";
  private static final Set<String> JAVA_BASE = packagesOfTheJdk("java.base"::equals);
  private static final Set<String> JAVA_SE = packagesOfTheJdk(name -> name.startsWith("java."));

  private final String root;
  private final List<ModuleRule> imports;
  private final List<String> libraries;

  ModuleRule(String root, List<ModuleRule> imports, String... libraries) {
    this.root = root;
    this.imports = imports;
    this.libraries = List.of(libraries);
  }

  /** The module of a package; empty for examples and benchmarks. */
  static Optional<ModuleRule> ofPackage(String packageName) {
    return Arrays.stream(values()).filter(rule -> isWithin(rule.root, packageName)).findFirst();
  }

  /** The name of the module, which is also the common prefix of its packages. */
  String module() {
    return root;
  }

  /** Whether it has a module descriptor. */
  boolean hasDescriptor() {
    return this != SPARK;
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
        || reachable().anyMatch(rule -> isWithin(rule.root, packageName))
        || (this == GRAPH ? JAVA_BASE : JAVA_SE).contains(packageName);
  }

  /** This module and the modules it may import, directly or indirectly. */
  Stream<ModuleRule> reachable() {
    return Stream.concat(Stream.of(this), imports.stream().flatMap(ModuleRule::reachable))
        .distinct();
  }

  private static Set<String> packagesOfTheJdk(Predicate<String> modules) {
    return ModuleFinder.ofSystem().findAll().stream()
        .map(ModuleReference::descriptor)
        .filter(module -> modules.test(module.name()))
        .flatMap(module -> module.exports().stream().filter(exports -> !exports.isQualified()))
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
