package org.charrnn.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.charrnn.architecture.cyclic.first.First;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No module contains a cycle of packages. */
class PackageCyclesTest {

  private static final ArchRule NO_CYCLES =
      slices().assignedFrom(new Packages()).should().beFreeOfCycles();

  /** Each package is a slice. */
  private static final class Packages implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(type.getPackageName());
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }

  @ParameterizedTest
  @EnumSource
  void packages_areFreeOfCycles(ModuleRule module) {
    assertFalse(ProjectClasses.of(module).isEmpty());
    NO_CYCLES.check(
        ProjectClasses.all()
            .that(DescribedPredicate.describe("in " + module.module(), module::contains)));
  }

  /** A rule that sees no dependency between packages proves nothing. */
  @Test
  void modulesOfSeveralPackages_haveDependenciesBetweenThem() {
    Set<ModuleRule> withDependencies =
        Arrays.stream(ModuleRule.values())
            .filter(PackageCyclesTest::hasInternalDependency)
            .collect(Collectors.toSet());
    Set<ModuleRule> withPackages =
        Arrays.stream(ModuleRule.values())
            .filter(module ->
                ProjectClasses.of(module).stream().map(JavaClass::getPackageName).distinct().count()
                    > 1)
            .collect(Collectors.toSet());
    assertEquals(withPackages, withDependencies);
    assertTrue(withPackages.size() >= 5, withPackages::toString);
  }

  private static boolean hasInternalDependency(ModuleRule module) {
    return ProjectClasses.of(module).stream()
        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
        .anyMatch(use ->
            module.contains(use.getTargetClass())
                && !use.getTargetClass()
                    .getPackageName()
                    .equals(use.getOriginClass().getPackageName()));
  }

  @Test
  void cycleOfTwoPackages_isFound() {
    JavaClasses cyclic =
        new ClassFileImporter().importPackages(First.class.getPackageName().replace(".first", ""));
    assertTrue(NO_CYCLES.evaluate(cyclic).hasViolation());
  }
}
