package org.charrnn.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.charrnn.api.Plugin;
import org.charrnn.api.discovery.Plugins;

/** The requirements for plugins of every kind. */
final class PluginRules {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private PluginRules() {}

  /** Requires lower-case words joined by hyphens, the same for each instance. */
  static void requireValidName(Supplier<? extends Plugin> factory) {
    String name = factory.get().name();
    assertTrue(
        NAME.matcher(name).matches(),
        () -> "a name must be lower-case words joined by hyphens: '" + name + "'");
    assertEquals(name, factory.get().name(), "each instance must have the same name");
  }

  /** Requires that the plugin is found by its name. */
  static <P extends Plugin> void requireRegistered(Plugins<P> plugins, P plugin) {
    List<Class<?>> found = plugins.classes(plugin.name());
    assertEquals(
        List.of(plugin.getClass()),
        found,
        () ->
            String.format(
                Locale.ROOT,
                "classes found under the name '%s'; add %s to META-INF/services and to module-info,"
                    + " if there is one%s",
                plugin.name(),
                plugin.getClass().getName(),
                problems(plugins)));
  }

  private static String problems(Plugins<?> plugins) {
    return plugins.problems().isEmpty()
        ? ""
        : "; could not be loaded: " + String.join("; ", plugins.problems());
  }
}
