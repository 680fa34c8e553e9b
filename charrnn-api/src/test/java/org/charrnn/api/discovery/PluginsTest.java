package org.charrnn.api.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import org.charrnn.api.Cell;
import org.charrnn.api.Plugin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PluginsTest {

  @TempDir private Path folder;

  private Plugins<Cell> load(String... providers) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(Cell.class.getName()), String.join("\n", providers));
    try (var loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      return load(loader);
    }
  }

  private static Plugins<Cell> load(ClassLoader loader) {
    return Plugins.load(
        PluginKind.CELL, Providers.of(List.of(ServiceLoader.load(Cell.class, loader))));
  }

  private static String named(String name) {
    return Named.class.getName() + "$" + name;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ThrowsInConstructor",
        "ThrowsInStaticBlock",
        "NoPublicConstructor",
        "Stranger",
        "Missing",
        "ThrowsInName",
        "NullName",
        "ImpossibleName"
      })
  void load_brokenProvider_doesNotStopTheOthers(String broken) throws IOException {
    Plugins<Cell> plugins = load(named("Alpha"), named(broken), named("Beta"));
    assertEquals(List.of("alpha", "beta"), plugins.names());
    assertEquals(1, plugins.problems().size());
    assertTrue(plugins.problems().getFirst().contains(named(broken)), plugins.problems()::toString);
  }

  @Test
  void load_allBroken_eachIsAProblem() throws IOException {
    Plugins<Cell> plugins =
        load(named("ThrowsInConstructor"), named("ThrowsInStaticBlock"), named("Missing"));
    assertEquals(List.of(), plugins.found());
    assertEquals(3, plugins.problems().size());
    for (String part :
        List.of("no luck today", named("ThrowsInStaticBlock"), named("Missing") + " not found")) {
      assertTrue(
          plugins.problems().stream().anyMatch(problem -> problem.contains(part)),
          plugins.problems()::toString);
    }
  }

  @Test
  void load_fileWithNonsense_isAProblem() throws IOException {
    Plugins<Cell> plugins = load("this is no class name");
    assertEquals(List.of(), plugins.found());
    assertEquals(1, plugins.problems().size());
    String place = folder.resolve("META-INF/services/" + Cell.class.getName()).toString();
    assertTrue(plugins.problems().getFirst().contains(place), plugins.problems()::toString);
  }

  @Test
  void load_classThatCannotBeLinked_namesTheError() throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(Cell.class.getName()), "lost.Cell\n" + named("Alpha"));
    try (var loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader()) {
          @Override
          protected Class<?> findClass(String name) {
            throw new NoClassDefFoundError("lost/Dependency");
          }
        }) {
      Plugins<Cell> plugins = load(loader);
      assertEquals(List.of("alpha"), plugins.names());
      assertEquals(List.of("java.lang.NoClassDefFoundError: lost/Dependency"), plugins.problems());
    }
  }

  @Test
  void load_classPathThatCannotBeSearched_ends() throws IOException {
    try (var loader =
        new URLClassLoader(new URL[0], getClass().getClassLoader()) {
          @Override
          public Enumeration<URL> getResources(String name) throws IOException {
            throw new IOException("the disk is gone");
          }
        }) {
      Plugins<Cell> plugins = load(loader);
      assertEquals(List.of(), plugins.found());
      assertTrue(plugins.problems().getFirst().contains("the disk is gone"));
    }
  }

  @Test
  void found_inTheOrderOfTheFile_namesSorted() throws IOException {
    Plugins<Cell> plugins = load(named("Beta"), named("Alpha"));
    assertEquals(List.of("beta", "alpha"), plugins.found().stream().map(Plugin::name).toList());
    assertEquals(List.of("alpha", "beta"), plugins.names());
    assertSame(plugins.found().getLast(), plugins.get("alpha"));
    assertEquals(List.of(), plugins.problems());
  }

  @Test
  void get_twoOfOneName_namesBothClasses() throws IOException {
    Plugins<Cell> plugins = load(named("Alpha"), named("SecondAlpha"), named("Beta"));
    String message =
        assertThrows(NoSuchPluginException.class, () -> plugins.get("alpha")).getMessage();
    assertTrue(message.contains(named("Alpha")) && message.contains(named("SecondAlpha")), message);
    assertTrue(message.contains("Remove one of them from the class path"), message);
    assertEquals("beta", plugins.get("beta").name());
  }

  @Test
  void get_unknown_listsAllNamesAndProblems() throws IOException {
    Plugins<Cell> plugins = load(named("Beta"), named("Alpha"), named("ThrowsInConstructor"));
    String message =
        assertThrows(NoSuchPluginException.class, () -> plugins.get("gamma")).getMessage();
    assertTrue(
        message.startsWith(
            "There is no cell named 'gamma'. Found: alpha, beta. Others come with jars such as"
                + " charrnn-model-gru on the class path"),
        message);
    assertTrue(message.contains(" Could not be loaded: "), message);
    assertTrue(message.contains("no luck today"), message);
  }

  static List<PluginKind<?>> kinds() {
    return List.of(
        PluginKind.CELL, PluginKind.OPTIMIZER, PluginKind.ACCELERATOR, PluginKind.TOKENIZER);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void get_nothingFound_namesTheUsualModule(PluginKind<?> kind) {
    Plugins<?> none = Plugins.of(kind, List.of());
    String message = assertThrows(NoSuchPluginException.class, () -> none.get("x")).getMessage();
    assertTrue(
        message.startsWith(
            String.format(
                Locale.ROOT,
                "There is no %s named 'x'. Found: none. Others come with jars such as charrnn-%s on the class path",
                kind.name(),
                kind.usualModule())),
        message);
  }

  @Test
  void get_nothingFound_mentionsMergedJars_thatLoseServiceFiles() {
    Plugins<Cell> none = Plugins.of(PluginKind.CELL, List.of());
    String message = assertThrows(NoSuchPluginException.class, () -> none.get("x")).getMessage();
    assertTrue(message.contains("META-INF/services"), message);
  }

  @Test
  void ofEachKind_canBeAskedFor() {
    // None is on the class path of this module; that asking works is what is tested.
    assertEquals(List.of(), Plugins.cells().found());
    assertEquals(List.of(), Plugins.optimizers().found());
    assertEquals(List.of(), Plugins.accelerators().found());
    assertEquals(List.of(), Plugins.tokenizers().found());
  }
}
