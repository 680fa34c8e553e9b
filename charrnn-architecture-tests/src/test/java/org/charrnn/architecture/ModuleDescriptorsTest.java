package org.charrnn.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * On the module path a plugin is found by {@code provides}, on the class path by {@code
 * META-INF/services}: both must name the same classes. And a module requires no module that its
 * classes may not import.
 */
class ModuleDescriptorsTest {

  private static final String SERVICES = "META-INF/services/";

  private static final Map<String, ModuleReference> MODULES = modulesOnTheClassPath();

  @Test
  void everyModule_isSeen() {
    Set<String> expected =
        Arrays.stream(Room.values()).map(Room::module).collect(Collectors.toSet());
    assertEquals(expected, MODULES.keySet());
  }

  @ParameterizedTest
  @EnumSource
  void providers_areDeclaredTwiceAlike(Room room) throws IOException {
    ModuleReference module = MODULES.get(room.module());
    assertEquals(
        inMetaInf(module),
        inDescriptor(module),
        () -> room.module() + ": expected is META-INF/services, actual is module-info");
  }

  @ParameterizedTest
  @EnumSource
  void requires_onlyWhatStandsInItsLine(Room room) {
    Set<String> allowed = room.reachable().map(Room::module).collect(Collectors.toSet());
    Set<String> required =
        MODULES.get(room.module()).descriptor().requires().stream()
            .map(ModuleDescriptor.Requires::name)
            .filter(name -> room == Room.GRAPH || name.startsWith("org.charrnn."))
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

  /** Jars after {@code package}, folders of classes after {@code test}: both have a descriptor. */
  private static Map<String, ModuleReference> modulesOnTheClassPath() {
    Map<String, ModuleReference> modules = new TreeMap<>();
    try {
      var loader = ModuleDescriptorsTest.class.getClassLoader();
      for (URL descriptor : Collections.list(loader.getResources("module-info.class"))) {
        for (ModuleReference module : ModuleFinder.of(placeOf(descriptor)).findAll()) {
          if (module.descriptor().name().startsWith("org.charrnn.")) {
            modules.put(module.descriptor().name(), module);
          }
        }
      }
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException("cannot read the modules on the class path", e);
    }
    return modules;
  }

  /** The jar or folder in which a module-info.class stands. */
  private static Path placeOf(URL descriptor) throws IOException, URISyntaxException {
    if (descriptor.openConnection() instanceof JarURLConnection jar) {
      return Path.of(jar.getJarFileURL().toURI());
    }
    return Path.of(descriptor.toURI()).getParent();
  }
}
