package org.charrnn.api.discovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.charrnn.api.Accelerator;
import org.charrnn.api.Cell;
import org.charrnn.api.Optimizer;
import org.charrnn.api.Plugin;
import org.charrnn.api.Tokenizer;

/**
 * All plugins of one kind that were found, and the problems of providers that could not be loaded.
 * A broken provider does not affect the others. Plugins are searched for with the class loader of
 * the library, in its module layer, and with the context class loader of the thread; each call of a
 * method such as {@link #cells()} searches again.
 *
 * <p>Each plugin checks its contract when it is called: a failure, or a result that is not allowed,
 * is a {@link PluginException}, which names the plugin and its jar.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <P> the kind
 */
public final class Plugins<P extends Plugin> {

  private final PluginKind<P> kind;
  private final List<Found<P>> all;
  private final List<String> problems;

  /** A plugin, and its class; the plugin itself checks its contract at each call. */
  private record Found<P>(P plugin, Class<?> type) {}

  private Plugins(PluginKind<P> kind, List<Found<P>> all, List<String> problems) {
    this.kind = kind;
    this.all = List.copyOf(all);
    this.problems = List.copyOf(problems);
  }

  /** {@return the tokenizers that this thread or the library can see} */
  public static Plugins<Tokenizer> tokenizers() {
    return load(PluginKind.TOKENIZER, Providers.of(Tokenizer.class));
  }

  /** {@return the cells that this thread or the library can see} */
  public static Plugins<Cell> cells() {
    return load(PluginKind.CELL, Providers.of(Cell.class));
  }

  /** {@return the optimizers that this thread or the library can see} */
  public static Plugins<Optimizer> optimizers() {
    return load(PluginKind.OPTIMIZER, Providers.of(Optimizer.class));
  }

  /** {@return the accelerators that this thread or the library can see} */
  public static Plugins<Accelerator> accelerators() {
    return load(PluginKind.ACCELERATOR, Providers.of(Accelerator.class));
  }

  /** Plugins that were found by other means. */
  static <P extends Plugin> Plugins<P> of(PluginKind<P> kind, List<P> found) {
    return new Plugins<>(
        kind,
        found.stream().map(it -> new Found<>(kind.guarded(it), it.getClass())).toList(),
        List.of());
  }

  static <P extends Plugin> Plugins<P> load(PluginKind<P> kind, Providers<P> providers) {
    List<Found<P>> all = new ArrayList<>();
    List<String> problems = new ArrayList<>(providers.problems());
    for (ServiceLoader.Provider<P> provider : providers.found()) {
      try {
        P plugin = provider.get();
        all.add(new Found<>(kind.guarded(plugin), plugin.getClass()));
      } catch (ServiceConfigurationError | LinkageError e) {
        problems.add(Providers.problem(e) + " (" + Guard.place(provider.type()) + ")");
      } catch (PluginException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    return new Plugins<>(kind, all, problems);
  }

  /** {@return all plugins that were found, in the order in which they were found} */
  public List<P> found() {
    return all.stream().map(Found::plugin).toList();
  }

  /**
   * {@return the classes of the plugins of that name; empty if there is none}
   *
   * @param name the name of a plugin
   */
  public List<Class<?>> classes(String name) {
    return named(name).<Class<?>>map(Found::type).toList();
  }

  private Stream<Found<P>> named(String name) {
    return all.stream().filter(it -> it.plugin().name().equals(name));
  }

  /** {@return the problem of each provider that could not be loaded, as a sentence for the user} */
  public List<String> problems() {
    return problems;
  }

  /** {@return the names of all plugins that were found, sorted; a name of two plugins is twice} */
  public List<String> names() {
    return found().stream().map(Plugin::name).sorted().toList();
  }

  /**
   * {@return the plugin of that name}
   *
   * @param name the name of a plugin
   * @throws NoSuchPluginException if there is none, and the message lists all names and problems;
   *     or if there are two, and it lists their classes and jars
   */
  public P get(String name) {
    List<Found<P>> named = named(name).toList();
    if (named.isEmpty()) {
      throw new NoSuchPluginException(missing(name));
    }
    if (named.size() > 1) {
      throw new NoSuchPluginException(
          String.format(
              Locale.ROOT,
              "Two plugins are named '%s': %s. Remove one of them from the class path.",
              name,
              named.stream().map(it -> Guard.place(it.type())).toList()));
    }
    return named.getFirst().plugin();
  }

  String missing(String name) {
    return String.format(
        Locale.ROOT,
        "There is no %s named '%s'. Found: %s. Others come with jars such as charrnn-%s on the"
            + " class path; where jars were merged into one, their files in META-INF/services must"
            + " be merged too.%s",
        kind.name(),
        name,
        names().isEmpty() ? "none" : String.join(", ", names()),
        kind.usualModule(),
        problemText());
  }

  String problemText() {
    return problems.isEmpty() ? "" : " Could not be loaded: " + String.join("; ", problems) + ".";
  }
}
