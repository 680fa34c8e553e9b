package org.charrnn.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.charrnn.cli.options.Required;
import org.charrnn.cli.output.TerminalWriter;
import org.charrnn.cli.record.RunFolder;
import org.charrnn.cli.report.RunFiles;
import org.charrnn.text.unicode.VisibleText;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Regenerates the page about a run. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    customSynopsis = "charrnn report FOLDER%n",
    sortOptions = false,
    description =
        "Regenerate report.html and the plots of a run from the other files in its folder, for"
            + " example after a training was killed.")
final class ReportCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "FOLDER",
      description = "Folder of a run; by default a.run for a model a.ckpt.")
  private @Nullable Path folder;

  @Override
  public Integer call() {
    Path path = Required.required(folder);
    CommandLine commandLine = Required.required(spec).commandLine();
    RunFiles.remake(path)
        .ifPresent(problem ->
            commandLine.getErr().println("charrnn: no plots: " + VisibleText.inLine(problem)));
    new TerminalWriter(commandLine.getOut())
        .println("Wrote " + VisibleText.inLine(RunFolder.existing(path).report()));
    return ExitCode.OK;
  }
}
