package org.charrnn.cli.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.charrnn.cli.record.MeasuredSamples;
import org.charrnn.cli.record.Run;
import org.charrnn.cli.record.RunFacts;
import org.charrnn.cli.record.RunFolder;
import org.charrnn.cli.record.RunHistory;
import org.charrnn.cli.record.Surprisals;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.config.Profile;
import org.charrnn.text.settings.ConfigJson;

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
    Run run;
    try {
      run = read(folder);
    } catch (IOException e) {
      throw new OutputException(
          folder.report(), "a file of the run is damaged: " + OutputException.reason(e), e);
    }
    try {
      folder.replace(folder.report(), new ReportPage(run).html());
      return Plots.write(folder, run);
    } catch (IOException e) {
      throw new OutputException(folder.report(), OutputException.reason(e), e);
    }
  }

  /** Reads all files of a folder. */
  static Run read(RunFolder folder) throws IOException {
    return new Run(
        name(folder),
        ConfigJson.read(folder.config(), Profile.STANDARD.config()),
        parse(folder.facts(), RunFacts::parse),
        RunHistory.read(folder.metrics()),
        folder.readSamples(),
        measures(folder),
        surprisals(folder));
  }

  static String name(RunFolder folder) {
    return String.valueOf(folder.path().toAbsolutePath().normalize().getFileName());
  }

  static List<MeasuredSamples> measures(RunFolder folder) throws IOException {
    return Files.exists(folder.measures())
        ? parse(folder.measures(), RunFiles::measures)
        : List.of();
  }

  private static List<MeasuredSamples> measures(String text) throws IOException {
    List<MeasuredSamples> measures = new ArrayList<>();
    for (String line : text.lines().toList()) {
      measures.add(MeasuredSamples.parse(line));
    }
    return measures;
  }

  static Optional<Surprisals> surprisals(RunFolder folder) throws IOException {
    return Files.exists(folder.surprisals())
        ? Optional.of(parse(folder.surprisals(), Surprisals::parse))
        : Optional.empty();
  }

  private interface Parser<T> {
    T parse(String text) throws IOException;
  }

  /** Parses a file; a failure names the file. */
  private static <T> T parse(Path file, Parser<T> parser) throws IOException {
    try {
      return parser.parse(Files.readString(file));
    } catch (IOException e) {
      throw new IOException(file.getFileName() + ": " + OutputException.reason(e), e);
    }
  }
}
