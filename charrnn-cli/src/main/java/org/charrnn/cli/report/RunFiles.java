package org.charrnn.cli.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.config.ConfigJson;
import org.charrnn.text.config.Profile;
import tools.jackson.core.JacksonException;

/** Reads the folder of a run, and writes its page and plots. */
public final class RunFiles {

  private RunFiles() {}

  /**
   * Regenerates the page and the plots of a run from the other files in its folder.
   *
   * @return the reason why there are no plots; empty on success
   * @throws OutputException if the folder contains no run, or the page cannot be written
   */
  public static Optional<String> remake(Path path) {
    RunFolder folder = RunFolder.existing(path);
    if (!Files.exists(folder.metrics()) || !Files.exists(folder.facts())) {
      throw new OutputException(
          folder.report(),
          String.format(
              Locale.ROOT,
              "%s is not the folder of a run: it has no %s. 'charrnn train' writes one, by default a.run for a model a.ckpt.",
              path,
              (Files.exists(folder.metrics()) ? folder.facts() : folder.metrics()).getFileName()),
          null);
    }
    try {
      Run run = read(folder);
      folder.replace(folder.report(), new ReportPage(run).html());
      return Plots.write(folder, run);
    } catch (IOException e) {
      throw new OutputException(folder.report(), OutputException.reason(e), e);
    }
  }

  /** Reads all files of a folder. */
  static Run read(RunFolder folder) throws IOException {
    try {
      return new Run(
          name(folder),
          ConfigJson.read(folder.config(), Profile.STANDARD.config()),
          RunFacts.parse(Files.readString(folder.facts())),
          RunHistory.read(folder.metrics()),
          folder.readSamples(),
          measures(folder),
          surprisals(folder));
    } catch (JacksonException e) {
      throw new IOException(
          String.format(
              Locale.ROOT, "a file in %s is damaged: %s", folder.path(), e.getOriginalMessage()),
          e);
    }
  }

  static String name(RunFolder folder) {
    return String.valueOf(folder.path().toAbsolutePath().normalize().getFileName());
  }

  static List<MeasuredSamples> measures(RunFolder folder) throws IOException {
    List<MeasuredSamples> measures = new ArrayList<>();
    if (Files.exists(folder.measures())) {
      for (String line : Files.readAllLines(folder.measures())) {
        measures.add(MeasuredSamples.parse(line));
      }
    }
    return measures;
  }

  static Optional<Surprisals> surprisals(RunFolder folder) throws IOException {
    return Files.exists(folder.surprisals())
        ? Optional.of(Surprisals.parse(Files.readString(folder.surprisals())))
        : Optional.empty();
  }
}
