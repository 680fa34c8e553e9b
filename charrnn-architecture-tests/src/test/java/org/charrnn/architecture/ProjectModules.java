package org.charrnn.architecture;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

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

  /** Whether a module exports a package to all modules, or to the user at least. */
  static boolean isExported(ModuleReference module, String packageName, String user) {
    return module.descriptor().exports().stream()
        .filter(exports -> exports.source().equals(packageName))
        .anyMatch(exports -> !exports.isQualified() || exports.targets().contains(user));
  }

  /** The jar or folder that contains a module-info.class. */
  private static Path containerOf(URL descriptor) throws IOException, URISyntaxException {
    if (descriptor.openConnection() instanceof JarURLConnection jar) {
      return Path.of(jar.getJarFileURL().toURI());
    }
    return Path.of(descriptor.toURI()).getParent();
  }
}
