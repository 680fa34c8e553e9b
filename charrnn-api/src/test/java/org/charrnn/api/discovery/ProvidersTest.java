package org.charrnn.api.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.charrnn.api.Cell;
import org.charrnn.graph.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins are found from every thread, by the library's class loader and by that of the thread. */
class ProvidersTest {

  @TempDir private Path folder;

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @BeforeEach
  void register() throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(Cell.class.getName()), Named.class.getName() + "$Alpha\n");
  }

  @AfterEach
  void restoreContext() {
    Thread.currentThread().setContextClassLoader(before);
  }

  private static URL placeOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  /** A class loader with its own copy of the library, as in an application server. */
  private URLClassLoader isolated() throws IOException {
    URL[] path = {
      placeOf(Plugins.class), placeOf(Tensor.class), placeOf(Named.class), folder.toUri().toURL()
    };
    return new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
  }

  private static Callable<Object> namesIn(ClassLoader loader) throws ReflectiveOperationException {
    Class<?> plugins = loader.loadClass(Plugins.class.getName());
    return () -> plugins.getMethod("names").invoke(plugins.getMethod("cells").invoke(null));
  }

  @Test
  void libraryInItsOwnLoader_findsItsPlugins_whateverTheContext() throws Exception {
    try (URLClassLoader loader = isolated()) {
      Callable<Object> names = namesIn(loader);
      for (ClassLoader context :
          new ClassLoader[] {loader, ClassLoader.getSystemClassLoader(), null}) {
        Thread.currentThread().setContextClassLoader(context);
        assertEquals(List.of("alpha"), names.call(), () -> "context " + context);
      }
    }
  }

  @Test
  void libraryInItsOwnLoader_findsItsPlugins_inTheCommonPool() throws Exception {
    try (URLClassLoader loader = isolated()) {
      Callable<Object> names = namesIn(loader);
      Object found =
          CompletableFuture.supplyAsync(
                  () -> {
                    try {
                      return names.call();
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                  })
              .get();
      assertEquals(List.of("alpha"), found);
    }
  }

  @Test
  void pluginsThatOnlyTheContextSees_areFound() throws IOException {
    try (URLClassLoader child =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      Thread.currentThread().setContextClassLoader(child);
      assertEquals(List.of("alpha"), Plugins.cells().names());
    }
    Thread.currentThread().setContextClassLoader(before);
    assertEquals(List.of(), Plugins.cells().names());
  }

  @Test
  void pluginThatBothSee_isOne() throws Exception {
    try (URLClassLoader loader = isolated();
        URLClassLoader child = new URLClassLoader(new URL[0], loader)) {
      Thread.currentThread().setContextClassLoader(child);
      assertEquals(List.of("alpha"), namesIn(loader).call());
    }
  }

  @Test
  void contextWithAnotherCopyOfTheLibrary_isNotSearched() throws IOException {
    try (URLClassLoader other = isolated()) {
      Thread.currentThread().setContextClassLoader(other);
      assertEquals(List.of(), Plugins.cells().names());
      assertEquals(List.of(), Plugins.cells().problems());
    }
  }
}
