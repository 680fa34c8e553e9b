package org.charrnn.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.charrnn.api.Plugin;
import org.charrnn.api.Plugins;

/** What holds for plugins of every kind. */
final class PluginRules {

  private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

  private PluginRules() {}

  /** The name is of lower-case letters, digits and hyphens, and every instance has the same. */
  static void requireValidName(Supplier<? extends Plugin> factory) {
    String name = factory.get().name();
    assertTrue(
        NAME.matcher(name).matches(),
        () -> "a name is of lower-case letters, digits and hyphens: '" + name + "'");
    assertEquals(name, factory.get().name(), "every instance must have the same name");
  }

  /** A user who asks for the plugin by name gets it. */
  static <P extends Plugin> void requireRegistered(Plugins<P> plugins, P plugin) {
    List<Class<?>> found =
        plugins.found().stream()
            .filter(other -> other.name().equals(plugin.name()))
            .<Class<?>>map(Object::getClass)
            .toList();
    assertEquals(
        List.of(plugin.getClass()),
        found,
        () ->
            "classes found under the name '%s'; write %s into META-INF/services and, if there is one, module-info%s"
                .formatted(plugin.name(), plugin.getClass().getName(), problems(plugins)));
  }

  private static String problems(Plugins<?> plugins) {
    return plugins.problems().isEmpty()
        ? ""
        : "; could not be loaded: " + String.join("; ", plugins.problems());
  }
}
