package org.charrnn.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A module imports only what {@link Room} allows it, and leaves the insides of others alone. */
class ModuleImportsTest {

  private static final JavaClasses PROJECT = Room.classesOfTheProject();

  @ParameterizedTest
  @EnumSource
  void imports_onlyWhatStandsInItsLine(Room room) {
    var inside = DescribedPredicate.<JavaClass>describe("are in " + room.module(), room::contains);
    var allowed =
        DescribedPredicate.<JavaClass>describe(
            "%s may import".formatted(room.module()), room::mayImport);
    assertSaw(room);
    classes().that(inside).should().onlyDependOnClassesThat(allowed).check(PROJECT);
  }

  @ParameterizedTest
  @EnumSource
  void internalPackages_areUsedByTheirOwnModuleAlone(Room room) {
    assertSaw(room);
    List<String> intruders =
        PROJECT.stream()
            .filter(type -> !room.contains(type))
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(use -> room.contains(use.getTargetClass()))
            .filter(use -> isInternal(use.getTargetClass()))
            .map(Dependency::getDescription)
            .toList();
    assertEquals(List.of(), intruders, "classes that reach into the insides of " + room.module());
  }

  @Test
  void everyClass_belongsToAModule() {
    List<String> strangers =
        PROJECT.stream()
            .filter(type -> Room.ofPackage(type.getPackageName()).isEmpty())
            .filter(type -> !type.getPackageName().startsWith("org.charrnn.examples."))
            .filter(type -> !type.getPackageName().equals(Room.class.getPackageName()))
            .map(JavaClass::getName)
            .toList();
    assertEquals(List.of(), strangers, "classes of no module; add the module to Room");
  }

  @Test
  void pluginsAndText_mayNotImportPlugins() {
    List<Room> plugins =
        List.of(
            Room.MODEL_GRU,
            Room.MODEL_LSTM,
            Room.OPTIM_ADAGRAD,
            Room.OPTIM_ADAM,
            Room.ACCEL_JAVA,
            Room.ACCEL_TORNADO);
    for (Room plugin : plugins) {
      assertFalse(Room.TEXT.mayImport(plugin.module()), plugin::module);
      for (Room other : plugins) {
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
  void rule_tellsAllowedFromForbidden(Room room, String packageName, boolean allowed) {
    assertEquals(allowed, room.mayImport(packageName));
  }

  private static boolean isInternal(JavaClass type) {
    return Arrays.asList(type.getPackageName().split("\\.")).contains("internal");
  }

  /** A rule that saw nothing proves nothing. */
  private static void assertSaw(Room room) {
    assertTrue(PROJECT.stream().anyMatch(room::contains), () -> "no class of " + room.module());
  }
}
