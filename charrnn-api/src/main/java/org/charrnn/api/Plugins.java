package org.charrnn.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/**
 * All plugins of one kind that were found, and the problems of providers that could not be loaded.
 * A broken provider does not affect the others.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param <P> the kind
 */
public final class Plugins<P extends Plugin> {

  /** A class path that cannot be searched at all reports the same problem without end. */
  private static final int MAX_PROBLEMS = 100;

  private final String kind;
  private final List<P> found;
  private final List<String> problems;

  private Plugins(String kind, List<P> found, List<String> problems) {
    this.kind = kind;
    this.found = List.copyOf(found);
    this.problems = List.copyOf(problems);
  }

  /** The tokenizers on the class path or module path. */
  public static Plugins<Tokenizer> tokenizers() {
    return load("tokenizer", ServiceLoader.load(Tokenizer.class));
  }

  /** The cells on the class path or module path. */
  public static Plugins<Cell> cells() {
    return load("cell", ServiceLoader.load(Cell.class));
  }

  /** The optimizers on the class path or module path. */
  public static Plugins<Optimizer> optimizers() {
    return load("optimizer", ServiceLoader.load(Optimizer.class));
  }

  /** The accelerators on the class path or module path. */
  public static Plugins<Accelerator> accelerators() {
    return load("accelerator", ServiceLoader.load(Accelerator.class));
  }

  /** Plugins that were found by other means. */
  static <P extends Plugin> Plugins<P> of(String kind, List<P> found) {
    return new Plugins<>(kind, found, List.of());
  }

  static <P extends Plugin> Plugins<P> load(String kind, ServiceLoader<P> loader) {
    List<P> found = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    var providers = loader.iterator();
    // A provider fails in hasNext or in next; the iterator then continues with the next provider.
    while (problems.size() < MAX_PROBLEMS) {
      try {
        if (!providers.hasNext()) {
          break;
        }
        found.add(providers.next());
      } catch (ServiceConfigurationError e) {
        problems.add(e.getCause() == null ? e.getMessage() : e.getMessage() + ": " + e.getCause());
      } catch (LinkageError e) {
        problems.add(e.toString()); // the message alone is only the name of a class
      }
    }
    return new Plugins<>(kind, found, problems);
  }

  /** All plugins that were found, in the order in which they were found. */
  public List<P> found() {
    return found;
  }

  /** The problem of each provider that could not be loaded. */
  public List<String> problems() {
    return problems;
  }

  /** The names of all plugins that were found, sorted. */
  public List<String> names() {
    return found.stream().map(Plugin::name).sorted().toList();
  }

  /**
   * The plugin of that name.
   *
   * @throws NoSuchPluginException if there is none, or two; the message lists all names and
   *     problems
   */
  public P get(String name) {
    List<P> named = found.stream().filter(plugin -> plugin.name().equals(name)).toList();
    if (named.size() > 1) {
      throw new NoSuchPluginException(
          String.format(
              Locale.ROOT,
              "Two plugins are named '%s': %s. Remove one of them from the class path.",
              name,
              named.stream().map(plugin -> plugin.getClass().getName()).toList()));
    }
    return named.stream().findFirst().orElseThrow(() -> new NoSuchPluginException(missing(name)));
  }

  String missing(String name) {
    return String.format(
        Locale.ROOT,
        "There is no %s named '%s'. Found: %s. Others come with jars such as charrnn-%s on the class path; where jars were"
            + " merged into one, their files in META-INF/services must be merged too.%s",
        kind,
        name,
        names().isEmpty() ? "none" : String.join(", ", names()),
        usualModule(),
        problemText());
  }

  private String usualModule() {
    return switch (kind) {
      case "cell" -> "model-gru";
      case "optimizer" -> "optim-adagrad";
      case "accelerator" -> "accel-java";
      default -> "text";
    };
  }

  String problemText() {
    return problems.isEmpty() ? "" : " Could not be loaded: " + String.join("; ", problems) + ".";
  }
}
