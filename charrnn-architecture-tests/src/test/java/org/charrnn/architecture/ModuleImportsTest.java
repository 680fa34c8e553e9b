package org.charrnn.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.lang.module.ModuleReference;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each module imports only what its {@link ModuleRule} allows. */
class ModuleImportsTest {

  private static final JavaClasses PROJECT = ProjectClasses.all();

  @ParameterizedTest
  @EnumSource
  void imports_areAllowed(ModuleRule module) {
    var inside =
        DescribedPredicate.<JavaClass>describe("are in " + module.module(), module::contains);
    var allowed =
        DescribedPredicate.<JavaClass>describe(
            "%s may import".formatted(module.module()), module::mayImport);
    classes().that(inside).should().onlyDependOnClassesThat(allowed).check(PROJECT);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SPARK")
  void packagesThatAreNotExported_areUsedByTheirOwnModuleOnly(ModuleRule module) {
    ModuleReference reference = ProjectModules.onTheClassPath().get(module.module());
    List<String> violations =
        PROJECT.stream()
            .filter(type -> !module.contains(type))
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(use -> module.contains(use.getTargetClass()))
            .filter(use ->
                !ProjectModules.isExported(
                    reference,
                    use.getTargetClass().getBaseComponentType().getPackageName(),
                    moduleOf(use.getOriginClass())))
            .map(Dependency::getDescription)
            .toList();
    assertEquals(List.of(), violations);
  }

  /** The name of the module of a class; empty for examples and benchmarks. */
  private static String moduleOf(JavaClass type) {
    return ModuleRule.ofPackage(type.getPackageName()).map(ModuleRule::module).orElse("");
  }

  @Test
  void everyClass_belongsToAModule() {
    List<String> others =
        PROJECT.stream()
            .filter(type -> ModuleRule.ofPackage(type.getPackageName()).isEmpty())
            .filter(type -> !type.getPackageName().startsWith("org.charrnn.examples."))
            .filter(type -> !type.getPackageName().startsWith("org.charrnn.benchmarks"))
            .map(JavaClass::getName)
            .toList();
    assertEquals(List.of(), others, "classes outside all modules; add the module to ModuleRule");
  }

  @Test
  void pluginsAndText_mayNotImportPlugins() {
    List<ModuleRule> plugins =
        List.of(
            ModuleRule.MODEL_GRU,
            ModuleRule.MODEL_LSTM,
            ModuleRule.OPTIM_ADAGRAD,
            ModuleRule.OPTIM_ADAM,
            ModuleRule.ACCEL_JAVA,
            ModuleRule.ACCEL_TORNADO);
    for (ModuleRule plugin : plugins) {
      assertFalse(ModuleRule.TEXT.mayImport(plugin.module()), plugin::module);
      for (ModuleRule other : plugins) {
        assertEquals(plugin == other, plugin.mayImport(other.module()), () -> plugin + " " + other);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GRAPH, java.util.function, true",
    "GRAPH, java.net.http, false",
    "GRAPH, org.charrnn.api, false",
    "GRAPH, com.google.common.collect, false",
    "API, org.charrnn.graph.program, true",
    "API, sun.misc, false",
    "MODEL_GRU, org.charrnn.graph, true",
    "MODEL_GRU, org.junit.jupiter.api, false",
    "ACCEL_JAVA, jdk.incubator.vector, true",
    "TEXT, com.google.common.collect, true",
    "TEXT, org.charrnn.graphics, false",
    "TEXT, picocli, false",
    "CLI, org.charrnn.api, true",
    "CLI, com.google.common.collect, false",
  })
  void rule_distinguishesAllowedFromForbidden(
      ModuleRule module, String packageName, boolean allowed) {
    assertEquals(allowed, module.mayImport(packageName));
  }
}
