package org.charrnn.architecture;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The module descriptors of the project. */
final class ProjectModules {

  private ProjectModules() {}

  /**
   * By name. Modules are in jars, as after {@code package}, or in folders, as after {@code test}.
   */
  static Map<String, ModuleReference> onTheClassPath() {
    Map<String, ModuleReference> modules = new TreeMap<>();
    try {
      var loader = ProjectModules.class.getClassLoader();
      for (URL descriptor : Collections.list(loader.getResources("module-info.class"))) {
        for (ModuleReference module : ModuleFinder.of(containerOf(descriptor)).findAll()) {
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

  /** The packages that a module exports to all others. */
  static Set<String> exportsOf(ModuleReference module) {
    return module.descriptor().exports().stream()
        .filter(exports -> !exports.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .collect(Collectors.toSet());
  }

  /** The jar or folder that contains a module-info.class. */
  private static Path containerOf(URL descriptor) throws IOException, URISyntaxException {
    if (descriptor.openConnection() instanceof JarURLConnection jar) {
      return Path.of(jar.getJarFileURL().toURI());
    }
    return Path.of(descriptor.toURI()).getParent();
  }
}
