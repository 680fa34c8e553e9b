package org.charrnn.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.charrnn.cli.report.RunFiles;
import org.charrnn.cli.report.RunFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes the page about a run anew. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    customSynopsis = "charrnn report FOLDER%n",
    sortOptions = false,
    description =
        "Make report.html and the plots of a run anew from what else is in its folder, for example from metrics of a"
            + " training that was killed.")
final class ReportCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "FOLDER",
      description = "The folder of a run, a.run beside a.ckpt unless told otherwise.")
  private @Nullable Path folder;

  @Override
  public Integer call() {
    Path path = Required.required(folder);
    CommandLine commandLine = Required.required(spec).commandLine();
    RunFiles.remake(path)
        .ifPresent(problem -> commandLine.getErr().println("charrnn: no plots: " + problem));
    commandLine.getOut().println("The page is " + new RunFolder(path).report());
    return ExitCode.OK;
  }
}
