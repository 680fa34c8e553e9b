package org.charrnn.api.discovery;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.charrnn.api.Accelerator;
import org.charrnn.api.Availability;
import org.charrnn.api.Plugin;

/**
 * The choice of an accelerator: the one that the caller asks for, else the one that the system
 * property {@value #PROPERTY} names, else the one that the environment variable {@value #VARIABLE}
 * names, else the available one of the highest priority. A requested accelerator is used or the
 * choice fails; there is no silent fallback. An automatic choice is logged with the {@link
 * System.Logger} of this class at level INFO, and the reasons against others at level DEBUG.
 *
 * <p><b>Thread safety.</b> Stateless.
 */
public final class Accelerators {

  /** The system property that names an accelerator. */
  public static final String PROPERTY = "charrnn.accelerator";

  /** The environment variable that names an accelerator. */
  public static final String VARIABLE = "CHARRNN_ACCELERATOR";

  private static final System.Logger LOGGER = System.getLogger(Accelerators.class.getName());

  private Accelerators() {}

  /**
   * {@return the accelerator to use; it checks its contract at each call}
   *
   * @param name the name of the accelerator that the caller asks for; empty or blank for no request
   * @throws NoSuchPluginException if the requested accelerator is unknown or unavailable, or two
   *     have its name, or none was requested and none is available; the message lists every
   *     accelerator that was found, with the reason if it is unavailable
   */
  public static Accelerator choose(Optional<String> name) {
    return choose(
        requested(
            name,
            Optional.ofNullable(System.getProperty(PROPERTY)),
            Optional.ofNullable(System.getenv(VARIABLE))),
        Plugins.accelerators());
  }

  /**
   * {@return an accelerator with its contract checked at each call, as one that was found by its
   * name}
   *
   * @param accelerator the accelerator
   * @throws PluginException if it has no valid name or does not report its priority
   */
  public static Accelerator guarded(Accelerator accelerator) {
    return accelerator instanceof GuardedAccelerator
        ? accelerator
        : PluginKind.ACCELERATOR.guarded(accelerator);
  }

  /** The first name that is present and not blank. */
  static Optional<String> requested(
      Optional<String> argument, Optional<String> property, Optional<String> variable) {
    return Stream.of(argument, property, variable)
        .flatMap(Optional::stream)
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .findFirst();
  }

  static Accelerator choose(Optional<String> requested, Plugins<Accelerator> plugins) {
    return requested.isPresent() ? named(requested.get(), plugins) : best(plugins);
  }

  private static Accelerator named(String name, Plugins<Accelerator> plugins) {
    if (!plugins.names().contains(name)) {
      throw new NoSuchPluginException(plugins.missing(name) + " " + describe(plugins.found()));
    }
    Accelerator accelerator = plugins.get(name);
    return switch (accelerator.availability()) {
      case Availability.Available _ -> accelerator;
      case Availability.Unavailable(String reason, String remedy) ->
          throw new NoSuchPluginException(
              String.format(
                  Locale.ROOT,
                  "Accelerator '%s' cannot be used here: %s. %s. %s",
                  name,
                  reason,
                  remedy,
                  describe(plugins.found()) + plugins.problemText()));
    };
  }

  private static Accelerator best(Plugins<Accelerator> plugins) {
    List<Accelerator> byPriority =
        plugins.found().stream()
            .sorted(
                Comparator.comparingInt(Accelerator::priority)
                    .reversed()
                    .thenComparing(Plugin::name))
            .toList();
    for (int rank = 0; rank < byPriority.size(); rank++) {
      Accelerator accelerator = byPriority.get(rank);
      if (accelerator.availability() instanceof Availability.Available(String device)) {
        log(
            accelerator,
            device,
            byPriority.subList(0, rank),
            byPriority.subList(rank + 1, byPriority.size()),
            plugins);
        return accelerator;
      }
    }
    throw new NoSuchPluginException(
        "No accelerator is available. "
            + describe(byPriority)
            + plugins.problemText()
            + " Put charrnn-accel-java on the class path.");
  }

  private static void log(
      Accelerator chosen,
      String device,
      List<Accelerator> unusable,
      List<Accelerator> lower,
      Plugins<Accelerator> plugins) {
    LOGGER.log(System.Logger.Level.INFO, () -> "accelerator " + chosen.name() + ", " + device);
    LOGGER.log(
        System.Logger.Level.DEBUG,
        () ->
            String.format(
                Locale.ROOT,
                "unavailable: %s; of lower priority: %s.%s",
                unusable.isEmpty() ? "none" : reasons(unusable),
                lower.isEmpty()
                    ? "none"
                    : lower.stream().map(Plugin::name).collect(Collectors.joining(", ")),
                plugins.problemText()));
  }

  private static String describe(List<Accelerator> accelerators) {
    return accelerators.isEmpty() ? "None was found." : "Found: " + reasons(accelerators) + ".";
  }

  private static String reasons(List<Accelerator> accelerators) {
    return accelerators.stream()
        .map(accelerator ->
            switch (accelerator.availability()) {
              case Availability.Available(String device) ->
                  accelerator.name() + " (" + device + ")";
              case Availability.Unavailable(String reason, String remedy) ->
                  accelerator.name() + " (unavailable: " + reason + "; " + remedy + ")";
            })
        .collect(Collectors.joining(", "));
  }
}
