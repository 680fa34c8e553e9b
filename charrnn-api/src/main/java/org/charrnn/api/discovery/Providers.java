package org.charrnn.api.discovery;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.Spliterator;
import org.jspecify.annotations.Nullable;

/**
 * The providers of a service, whatever thread asks: those that the library's own class loader and
 * module layer see, then those that the context class loader of the thread sees. A class that
 * several of them provide counts once.
 *
 * @param found the providers, not instantiated yet
 * @param problems the problem of each provider that could not be loaded
 * @param <S> the service
 */
record Providers<S>(List<ServiceLoader.Provider<S>> found, List<String> problems) {

  /** A class path that cannot be searched at all reports the same problem without end. */
  private static final int MAX_PROBLEMS = 100;

  static <S> Providers<S> of(Class<S> service) {
    return of(loaders(service, Providers.class, Thread.currentThread().getContextClassLoader()));
  }

  static <S> Providers<S> of(List<ServiceLoader<S>> loaders) {
    List<ServiceLoader.Provider<S>> found = new ArrayList<>();
    Set<String> problems = new LinkedHashSet<>();
    Set<String> classes = new LinkedHashSet<>();
    for (ServiceLoader<S> loader : loaders) {
      List<ServiceLoader.Provider<S>> here = new ArrayList<>();
      search(loader.stream().spliterator(), here, problems);
      here.removeIf(provider -> !classes.add(provider.type().getName()));
      found.addAll(here);
    }
    return new Providers<>(found, List.copyOf(problems));
  }

  /**
   * The places to search.
   *
   * @param library a class of the library
   * @param context the context class loader of a thread; null stands for that of the application
   */
  static <S> List<ServiceLoader<S>> loaders(
      Class<S> service, Class<?> library, @Nullable ClassLoader context) {
    List<ServiceLoader<S>> loaders = new ArrayList<>();
    ClassLoader own = library.getClassLoader();
    loaders.add(ServiceLoader.load(service, own));
    ModuleLayer layer = library.getModule().getLayer();
    if (layer != null) { // its modules may have a class loader each
      loaders.add(ServiceLoader.load(layer, service));
    }
    ClassLoader other = context == null ? ClassLoader.getSystemClassLoader() : context;
    if (!Objects.equals(other, own) && sees(other, service)) {
      loaders.add(ServiceLoader.load(service, other));
    }
    return loaders;
  }

  /** A class loader with another copy of the library has no providers for this one. */
  private static boolean sees(ClassLoader loader, Class<?> service) {
    try {
      return Class.forName(service.getName(), false, loader) == service;
    } catch (ClassNotFoundException | LinkageError _) {
      return false;
    }
  }

  private static <S> void search(
      Spliterator<ServiceLoader.Provider<S>> providers,
      List<ServiceLoader.Provider<S>> found,
      Set<String> problems) {
    // A provider fails when the search gets to it, which then continues with the next one.
    for (int failures = 0; failures < MAX_PROBLEMS; failures++) {
      try {
        if (!providers.tryAdvance(found::add)) {
          return;
        }
        failures--;
      } catch (ServiceConfigurationError | LinkageError e) {
        problems.add(problem(e));
      }
    }
  }

  /** The problem of a provider that could not be loaded. */
  static String problem(Throwable e) {
    if (e instanceof ServiceConfigurationError) {
      return e.getCause() == null
          ? String.valueOf(e.getMessage())
          : e.getMessage() + ": " + e.getCause();
    }
    return e.toString(); // the message of a linkage error is only the name of a class
  }
}
