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
import org.charrnn.cli.spi.TerminalWriter;
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

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = new TerminalWriter(Required.required(spec).commandLine().getOut());
    print(Plugins.accelerators(), out);
    out.println();
    out.println(choice());
    return ExitCode.OK;
  }

  static void print(Plugins<Accelerator> plugins, PrintWriter out) {
    List<Accelerator> sorted =
        plugins.found().stream()
            .sorted(
                Comparator.comparingInt(Accelerator::priority)
                    .reversed()
                    .thenComparing(Plugin::name))
            .toList();
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

  private static String choice() {
    try {
      return String.format(
          Locale.ROOT,
          "Default: '%s'. Select another one with --accelerator, %s or %s.",
          Accelerators.choose(Optional.empty()).name(),
          Accelerators.PROPERTY,
          Accelerators.VARIABLE);
    } catch (NoSuchPluginException e) {
      return "Default: none. " + e.getMessage();
    }
  }
}
