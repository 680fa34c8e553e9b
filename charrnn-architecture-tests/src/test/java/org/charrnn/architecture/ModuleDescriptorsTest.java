package org.charrnn.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Module descriptors agree with the service files and with {@link ModuleRule}. On the module path a
 * plugin is found by {@code provides}, on the class path by {@code META-INF/services}: both must
 * name the same classes.
 */
class ModuleDescriptorsTest {

  private static final String SERVICES = "META-INF/services/";

  private static final Map<String, ModuleReference> MODULES = ProjectModules.onTheClassPath();

  @Test
  void everyModuleWithADescriptor_isOnTheClassPath() {
    Set<String> expected =
        Arrays.stream(ModuleRule.values())
            .filter(ModuleRule::hasDescriptor)
            .map(ModuleRule::module)
            .collect(Collectors.toSet());
    assertEquals(expected, MODULES.keySet());
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SPARK")
  void providers_areDeclaredInBothPlaces(ModuleRule rule) throws IOException {
    ModuleReference module = MODULES.get(rule.module());
    assertEquals(
        inMetaInf(module),
        inDescriptor(module),
        () -> rule.module() + ": META-INF/services and module-info differ");
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SPARK")
  void requires_areAllowed(ModuleRule rule) {
    Set<String> allowed = rule.reachable().map(ModuleRule::module).collect(Collectors.toSet());
    Set<String> required =
        MODULES.get(rule.module()).descriptor().requires().stream()
            .map(ModuleDescriptor.Requires::name)
            .filter(name -> rule == ModuleRule.GRAPH || name.startsWith("org.charrnn."))
            .filter(name -> !name.equals("java.base") && !name.equals("org.jspecify"))
            .collect(Collectors.toSet());
    required.removeAll(allowed);
    assertEquals(Set.of(), required);
  }

  private static Map<String, Set<String>> inDescriptor(ModuleReference module) {
    Map<String, Set<String>> services = new TreeMap<>();
    for (ModuleDescriptor.Provides provides : module.descriptor().provides()) {
      services.put(provides.service(), new TreeSet<>(provides.providers()));
    }
    return services;
  }

  private static Map<String, Set<String>> inMetaInf(ModuleReference module) throws IOException {
    Map<String, Set<String>> services = new TreeMap<>();
    try (ModuleReader reader = module.open();
        var names = reader.list()) {
      for (String name : names.filter(ModuleDescriptorsTest::isServiceFile).toList()) {
        services.put(name.substring(SERVICES.length()), providersIn(reader, name));
      }
    }
    return services;
  }

  private static boolean isServiceFile(String name) {
    return name.startsWith(SERVICES) && !name.endsWith("/");
  }

  private static Set<String> providersIn(ModuleReader reader, String name) throws IOException {
    try (var in = reader.open(name).orElseThrow();
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> line.replaceFirst("#.*", "").strip())
          .filter(line -> !line.isEmpty())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
