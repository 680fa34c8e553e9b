package org.charrnn.cli.record;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.files.DirectorySync;
import org.charrnn.text.files.OutputLock;
import org.charrnn.text.snapshot.CheckpointName;
import org.charrnn.text.training.TrainingPlan;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a run and its files. Whole files are replaced in one move, so that a reader sees
 * the old one or the new one.
 *
 * <p><b>Thread safety.</b> None.
 */
public final class RunFolder implements AutoCloseable {

  /** Whether a run is new or resumed, and whether it may replace another one. */
  public enum Start {
    /** It is new, and must not replace another run. */
    NEW,
    /** It is new, and may replace another run. */
    REPLACE,
    /** It is resumed from the contents of the folder, if there are any. */
    RESUME
  }

  private static final Pattern TEMPORARY = Pattern.compile("\\.lock|\\..*\\.tmp");
  private static final Pattern SAMPLE = Pattern.compile("step-(\\d{1,18})-epoch-(\\d{1,9})\\.txt");

  private final Path path;
  private final long reservedBytes;
  private final @Nullable OutputLock lock;

  private RunFolder(Path path, long reservedBytes, @Nullable OutputLock lock) {
    this.path = path;
    this.reservedBytes = reservedBytes;
    this.lock = lock;
  }

  /** A folder to read from and to write reports to. */
  public static RunFolder existing(Path path) {
    return new RunFolder(path, 0, null);
  }

  /** The default folder of a checkpoint: {@code essays.run} beside {@code essays.ckpt}. */
  public static Path beside(Path checkpoint) {
    return checkpoint.resolveSibling(CheckpointName.stem(checkpoint) + ".run");
  }

  /**
   * The folder of a checkpoint whose run may be resumed: the default one, unless only that of an
   * earlier version exists, {@code essays.run} beside {@code essays.bin}, and belongs to the
   * checkpoint.
   */
  public static Path ofResumed(Path checkpoint) {
    Path folder = beside(checkpoint);
    Path earlier =
        checkpoint.resolveSibling(CheckpointName.stemOfEarlierVersions(checkpoint) + ".run");
    return !Files.exists(folder) && existing(earlier).isOfAnEarlierVersion(checkpoint)
        ? earlier
        : folder;
  }

  /** An earlier version did not write the id of the run, but the name of its checkpoint. */
  private boolean isOfAnEarlierVersion(Path checkpoint) {
    try {
      RunFacts about = RunFacts.parse(Files.readString(facts(), StandardCharsets.UTF_8));
      return about.run().isEmpty()
          && Objects.equals(Path.of(about.model()).getFileName(), checkpoint.getFileName());
    } catch (IOException | InvalidPathException _) { // there is none, or another program wrote it
      return false;
    }
  }

  /**
   * Creates the folder if it does not exist, and owns it. Its contents are not changed.
   *
   * @param plan the run
   * @param reservedBytes the space on the disk that other files of the run need; nothing is written
   *     that would take it
   * @throws OutputException if it cannot be created, another run owns it, or its contents must not
   *     be replaced
   */
  public static RunFolder open(Path path, Start start, TrainingPlan plan, long reservedBytes) {
    try {
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw new OutputException(path, "it is a file, not a folder; choose another name", null);
      }
      Files.createDirectories(path);
      RunFolder folder = new RunFolder(path, reservedBytes, OutputLock.ofDirectory(path));
      boolean isOpen = false;
      try {
        folder.requireUsable(start, plan.runId());
        isOpen = true;
        return folder;
      } finally {
        if (!isOpen) {
          folder.close();
        }
      }
    } catch (IOException e) {
      throw new OutputException(path, OutputException.reason(e), e);
    }
  }

  private void requireUsable(Start start, Optional<String> run) throws IOException {
    requireNoForeignFiles();
    Optional<String> owner = owner();
    if (start == Start.NEW && Files.exists(report()) && !(owner.isPresent() && owner.equals(run))) {
      throw new OutputException(
          path,
          "it has another run already. Choose another folder with --run-folder, or overwrite it"
              + " with --force.",
          null);
    }
    if (start == Start.RESUME && owner.isPresent() && !owner.equals(run)) {
      throw new OutputException(
          path, "it belongs to another run. Choose another folder with --run-folder.", null);
    }
    Files.delete(Files.createTempFile(path, ".probe", ".tmp"));
  }

  /**
   * A folder of something else is not used, for example the folder of the texts. A run that was
   * killed at its start leaves nothing, temporary files, or the first files that it writes.
   */
  private void requireNoForeignFiles() throws IOException {
    if (Files.exists(facts())) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path)) {
      for (Path file : files) {
        String name = String.valueOf(file.getFileName());
        if (!file.equals(config()) && !TEMPORARY.matcher(name).matches()) {
          throw new OutputException(
              path,
              String.format(
                  Locale.ROOT,
                  "the folder has %s, and is not the folder of a run: it has no %s. Choose another"
                      + " one.",
                  name,
                  facts().getFileName()),
              null);
        }
      }
    }
  }

  /** The id of the run whose files these are; empty if it is unknown. */
  private Optional<String> owner() throws IOException {
    if (!Files.exists(facts())) {
      return Optional.empty();
    }
    String text = Files.readString(facts(), StandardCharsets.ISO_8859_1); // the id is ASCII
    try {
      return RunFacts.parse(text).run();
    } catch (IOException _) { // it is damaged
      return Optional.empty();
    }
  }

  /** Gives the folder up. */
  @Override
  public void close() {
    if (lock != null) {
      lock.close();
    }
  }

  /** The folder. */
  public Path path() {
    return path;
  }

  // ---- what is in it

  /** The effective configuration, in the form that {@code --config} reads. */
  public Path config() {
    return path.resolve("config.json");
  }

  public Path facts() {
    return path.resolve("run.json");
  }

  /** One line of JSON for each step. */
  public Path metrics() {
    return path.resolve("metrics.jsonl");
  }

  public Path measures() {
    return path.resolve("measures.jsonl");
  }

  public Path surprisals() {
    return path.resolve("surprise.json");
  }

  /** The page. */
  public Path report() {
    return path.resolve("report.html");
  }

  public Path plots() {
    return path.resolve("plots");
  }

  public Path samples() {
    return path.resolve("samples");
  }

  // ---- samples

  public void writeSample(Sample sample) throws IOException {
    Files.createDirectories(samples());
    String name =
        String.format(Locale.ROOT, "step-%08d-epoch-%04d.txt", sample.step(), sample.epoch());
    replace(samples().resolve(name), sample.text());
  }

  /** The samples, the first one first. */
  public List<Sample> readSamples() throws IOException {
    List<Sample> samples = new ArrayList<>();
    for (Path file : sampleFiles()) {
      samples.add(sample(file, Files.readString(file)).orElseThrow());
    }
    samples.sort(Comparator.comparingLong(Sample::step));
    return samples;
  }

  /** Removes the samples of later steps, which are written again. */
  public void dropSamplesAfter(long step) throws IOException {
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

  /** Replaces a file in one move. */
  public void replace(Path file, String text) throws IOException {
    replace(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Replaces a file in one move, after which it is on the disk. */
  public void replace(Path file, byte[] bytes) throws IOException {
    requireSpace(bytes.length);
    Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
      Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
    DirectorySync.force(Objects.requireNonNull(file.getParent()));
  }

  private void requireSpace(long bytes) throws IOException {
    long free = Files.getFileStore(path).getUsableSpace();
    if (free - bytes < reservedBytes) {
      throw new IOException(
          String.format(
              Locale.ROOT,
              "the disk has %s bytes left, which the next checkpoint needs",
              Long.toString(free)));
    }
  }
}
