package org.charrnn.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.charrnn.cli.options.ModelArgument;
import org.charrnn.cli.options.Required;
import org.charrnn.cli.output.JsonOutput;
import org.charrnn.cli.output.TerminalWriter;
import org.charrnn.text.config.InvalidOptionException;
import org.charrnn.text.snapshot.Snapshot;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the contents of a checkpoint. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    customSynopsis = "charrnn inspect MODEL [OPTION...]%n",
    sortOptions = false,
    description = "Show the configuration, progress, vocabulary and tensors of a checkpoint.")
final class InspectCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Mixin private final ModelArgument model = new ModelArgument();

  @Option(
      names = "--symbols",
      paramLabel = "N",
      defaultValue = "20",
      description = "Number of most frequent symbols to show. Default: ${DEFAULT-VALUE}.")
  private int symbols;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    if (symbols < 0) {
      throw new InvalidOptionException("symbols", symbols, "at least 0");
    }
    Path file = model.file();
    Inspection inspection = new Inspection(file, Snapshot.read(file), symbols);
    PrintWriter out = Required.required(spec).commandLine().getOut();
    if (json) {
      out.println(JsonOutput.of(inspection.object()));
    } else {
      inspection.print(new TerminalWriter(out));
    }
    return ExitCode.OK;
  }
}
