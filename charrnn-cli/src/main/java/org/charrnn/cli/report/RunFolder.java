package org.charrnn.cli.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.charrnn.text.checkpoint.OutputException;

/**
 * The folder of a run and the files in it. Whole files are replaced in one move, so that whoever
 * looks sees the old one or the new one.
 *
 * <p><b>Thread safety.</b> None as to what is in it.
 *
 * @param path where it is
 */
public record RunFolder(Path path) {

  /** Whether a training begins, and what may be lost by that. */
  public enum Start {
    /** It begins; another run that stands there must not be lost. */
    NEW,
    /** It begins; another run that stands there may be replaced. */
    REPLACE,
    /** It goes on with what stands there, if something does. */
    RESUME
  }

  private static final Pattern SAMPLE = Pattern.compile("step-(\\d{1,18})-epoch-(\\d{1,9})\\.txt");

  /** The folder that belongs to a checkpoint: {@code essays.run} beside {@code essays.ckpt}. */
  public static Path beside(Path checkpoint) {
    String name = String.valueOf(checkpoint.getFileName());
    int dot = name.lastIndexOf('.');
    return checkpoint.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".run");
  }

  /**
   * Makes the folder, or finds out whether it may be written to. Nothing in it is changed.
   *
   * @throws OutputException if it cannot be made, or holds what is not to be lost
   */
  public static RunFolder open(Path path, Start start) {
    RunFolder folder = new RunFolder(path);
    try {
      if (Files.exists(path)) {
        folder.requireOurs();
      } else {
        Files.createDirectories(path);
      }
      if (start == Start.NEW && folder.holdsARun()) {
        throw new OutputException(
            path,
            "it holds another run already. Name another folder with --run-folder, or allow its loss with --force.",
            null);
      }
      Files.delete(Files.createTempFile(path, ".probe", ".tmp"));
    } catch (IOException e) {
      throw new OutputException(path, reason(e), e);
    }
    return folder;
  }

  /** What is no run is left alone, for example the folder of the texts. */
  private void requireOurs() throws IOException {
    if (!Files.isDirectory(path)) {
      throw new OutputException(
          path, "a run is a folder, and a file stands there; name another one", null);
    }
    boolean empty;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      empty = !files.iterator().hasNext();
    }
    if (!empty && !Files.exists(facts())) {
      throw new OutputException(
          path,
          String.format(
              Locale.ROOT,
              "this folder holds something, and no run: it has no %s. Name another one.",
              facts().getFileName()),
          null);
    }
  }

  /** A run that never came to a save has left nothing to go on from, and nothing to lose. */
  private boolean holdsARun() {
    return Files.exists(report());
  }

  static String reason(IOException e) {
    return e instanceof FileSystemException failed && failed.getReason() != null
        ? failed.getReason()
        : Objects.requireNonNullElse(e.getMessage(), e.toString());
  }

  // ---- what is in it

  /** The effective configuration, in the form that {@code --config} reads. */
  public Path config() {
    return path.resolve("config.json");
  }

  Path facts() {
    return path.resolve("run.json");
  }

  /** One line of JSON for each step. */
  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  Path measures() {
    return path.resolve("measures.jsonl");
  }

  Path surprisals() {
    return path.resolve("surprise.json");
  }

  /** The page. */
  public Path report() {
    return path.resolve("report.html");
  }

  Path plots() {
    return path.resolve("plots");
  }

  Path samples() {
    return path.resolve("samples");
  }

  // ---- samples

  void writeSample(Sample sample) throws IOException {
    Files.createDirectories(samples());
    String name =
        String.format(Locale.ROOT, "step-%08d-epoch-%04d.txt", sample.step(), sample.epoch());
    replace(samples().resolve(name), sample.text());
  }

  /** The samples, the first one first. */
  List<Sample> readSamples() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (Path file : sampleFiles()) {
      samples.add(sample(file, Files.readString(file)).orElseThrow());
    }
    samples.sort(Comparator.comparingLong(Sample::step));
    return samples;
  }

  /** Removes the samples of later steps, which are written anew. */
  void dropSamplesAfter(long step) throws IOException {
    for (Path file : sampleFiles()) {
      if (sample(file, "").orElseThrow().step() > step) {
        Files.delete(file);
      }
    }
  }

  private List<Path> sampleFiles() throws IOException {
    List<Path> files = new ArrayList<>();
    if (Files.isDirectory(samples())) {
      try (DirectoryStream<Path> found = Files.newDirectoryStream(samples())) {
        found.forEach(file -> {
          if (sample(file, "").isPresent()) {
            files.add(file);
          }
        });
      }
    }
    return files;
  }

  private static Optional<Sample> sample(Path file, String text) {
    Matcher matcher = SAMPLE.matcher(String.valueOf(file.getFileName()));
    return matcher.matches()
        ? Optional.of(
            new Sample(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2)), text))
        : Optional.empty();
  }

  // ---- writing

  /** Puts a text in the place of a file, in one move. */
  static void replace(Path file, String text) throws IOException {
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      Files.writeString(temporary, text);
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
