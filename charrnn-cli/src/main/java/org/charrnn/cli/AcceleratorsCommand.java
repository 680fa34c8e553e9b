package org.charrnn.cli;

import java.io.PrintWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.charrnn.api.Accelerator;
import org.charrnn.api.Availability;
import org.charrnn.api.Plugin;
import org.charrnn.api.discovery.Accelerators;
import org.charrnn.api.discovery.NoSuchPluginException;
import org.charrnn.api.discovery.Plugins;
import org.charrnn.cli.options.Required;
import org.charrnn.cli.output.TerminalWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists the accelerators, and which one is used by default. */
@Command(
    name = "accelerators",
    mixinStandardHelpOptions = true,
    description =
        "List the accelerators, whether each one is usable on this machine, and the default.")
final class AcceleratorsCommand implements Callable<Integer> {

  /**
   * The system property that names an accelerator for which {@code bin/charrnn} starts Java in
   * another way, and only if it is selected or listed by this command.
   */
  static final String ON_REQUEST = "charrnn.accelerators.onRequest";

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = new TerminalWriter(Required.required(spec).commandLine().getOut());
    Plugins<Accelerator> plugins = Plugins.accelerators();
    print(plugins, out);
    out.println();
    out.println(choice(plugins));
    return ExitCode.OK;
  }

  static void print(Plugins<Accelerator> plugins, PrintWriter out) {
    List<Accelerator> sorted = sorted(plugins);
    String row =
        String.format(
            Locale.ROOT,
            "%%-%ds  %%%ds  %%-6s  %%s%%n",
            width("NAME", sorted, Plugin::name),
            width("PRIORITY", sorted, accelerator -> String.valueOf(accelerator.priority())));
    out.printf(Locale.ROOT, row, "NAME", "PRIORITY", "USABLE", "DEVICE OR REASON");
    for (Accelerator accelerator : sorted) {
      switch (accelerator.availability()) {
        case Availability.Available(String device) ->
            out.printf(Locale.ROOT, row, accelerator.name(), accelerator.priority(), "yes", device);
        case Availability.Unavailable(String reason, String remedy) ->
            out.printf(
                Locale.ROOT,
                row,
                accelerator.name(),
                accelerator.priority(),
                "no",
                reason + ". " + remedy);
      }
    }
    plugins.problems().forEach(problem -> out.println("not loaded: " + problem));
  }

  private static int width(
      String heading, List<Accelerator> accelerators, Function<Accelerator, String> column) {
    return Stream.concat(Stream.of(heading), accelerators.stream().map(column))
        .mapToInt(String::length)
        .max()
        .orElse(1);
  }

  private static List<Accelerator> sorted(Plugins<Accelerator> plugins) {
    return plugins.found().stream()
        .sorted(
            Comparator.comparingInt(Accelerator::priority).reversed().thenComparing(Plugin::name))
        .toList();
  }

  /** The accelerator that other commands use, as they are started. */
  private static String choice(Plugins<Accelerator> plugins) {
    try {
      String best = Accelerators.choose(Optional.empty()).name();
      return best.equals(System.getProperty(ON_REQUEST))
          ? otherThan(best, plugins)
          : selection(best);
    } catch (NoSuchPluginException e) {
      return "Default: none. " + e.getMessage();
    }
  }

  private static String otherThan(String onRequest, Plugins<Accelerator> plugins) {
    return sorted(plugins).stream()
        .filter(accelerator -> !accelerator.name().equals(onRequest))
        .filter(accelerator -> accelerator.availability() instanceof Availability.Available)
        .findFirst()
        .map(accelerator ->
            String.format(
                Locale.ROOT,
                "%s '%s' is used only if it is selected.",
                selection(accelerator.name()),
                onRequest))
        .orElseGet(() -> "Default: none. Select '" + onRequest + "' with --accelerator.");
  }

  private static String selection(String name) {
    return String.format(
        Locale.ROOT,
        "Default: '%s'. Select another one with --accelerator, %s or %s.",
        name,
        Accelerators.PROPERTY,
        Accelerators.VARIABLE);
  }
}
