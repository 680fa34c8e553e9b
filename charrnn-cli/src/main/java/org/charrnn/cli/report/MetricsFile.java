package org.charrnn.cli.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.checkpoint.OutputLock;
import org.charrnn.text.training.StepReport;
import org.charrnn.text.training.TrainingListener;
import org.charrnn.text.training.TrainingPlan;
import org.charrnn.text.training.TrainingResult;
import org.charrnn.text.training.ValidationReport;
import org.jspecify.annotations.Nullable;

/**
 * Writes one line of JSON for each step: {@code step}, {@code epoch}, {@code characters}, {@code
 * nats_per_char}, {@code learning_rate}, {@code chars_per_s}, and {@code validation_nats_per_char}
 * if the held-out text was measured after it. Lines are written whole, so that other programs can
 * follow the file.
 *
 * <p>When a run is resumed, lines of steps after its checkpoint are removed; the steps are
 * repeated.
 */
public final class MetricsFile implements TrainingListener, AutoCloseable {

  private static final Pattern STEP = Pattern.compile("\\{\"step\":(\\d{1,18}),.*}");

  private final Path file;
  private final @Nullable OutputLock lock;
  private @Nullable Writer writer;
  private @Nullable StepReport pending;

  private MetricsFile(Path file, @Nullable OutputLock lock) {
    this.file = file;
    this.lock = lock;
  }

  /**
   * Checks that the file can be written. It is not changed before training starts.
   *
   * @param replace whether existing metrics may be overwritten or resumed
   * @throws OutputException if it cannot be written, or must not be overwritten
   */
  public static MetricsFile open(Path file, boolean replace) {
    if (Files.isDirectory(file)) {
      throw new OutputException(file, "this is a directory; specify a file in it", null);
    }
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      throw new OutputException(
          file,
          String.format(Locale.ROOT, "there is no directory %s; create it first", directory),
          null);
    }
    OutputLock lock = isPipeOrDevice(file) ? null : OutputLock.ofFile(file);
    boolean isOpen = false;
    try {
      if (Files.exists(file) && Files.size(file) > 0) {
        requireReplaceable(file, replace);
      }
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
      isOpen = true;
      return new MetricsFile(file, lock);
    } catch (IOException e) {
      throw failure(file, e);
    } finally {
      if (!isOpen && lock != null) {
        lock.close();
      }
    }
  }

  private static boolean isPipeOrDevice(Path file) {
    return Files.exists(file) && !Files.isRegularFile(file);
  }

  private static void requireReplaceable(Path file, boolean replace) throws IOException {
    if (!replace) {
      throw new OutputException(
          file, "it already exists; choose another file, or overwrite it with --force", null);
    }
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      String first = reader.readLine();
      if (first == null || !STEP.matcher(first).matches()) {
        throw new OutputException(file, "the file exists and is not a metrics file", null);
      }
    }
  }

  @Override
  public void started(TrainingPlan plan) {
    try {
      keepUntil(plan.startStep());
      writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /**
   * Removes the lines of later steps, and an incomplete line that a crash may have left. A pipe or
   * device has no lines to remove.
   */
  private void keepUntil(long lastStep) throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      return;
    }
    Path place = file.toRealPath();
    Path kept = place.resolveSibling("." + place.getFileName() + ".tmp");
    try {
      copyUntil(lastStep, place, kept);
      Files.move(kept, place, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(kept);
    }
  }

  private static void copyUntil(long lastStep, Path from, Path to) throws IOException {
    try (BufferedReader reader = Files.newBufferedReader(from, StandardCharsets.ISO_8859_1);
        Writer writer = Files.newBufferedWriter(to, StandardCharsets.ISO_8859_1)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (stepOf(line).filter(step -> step <= lastStep).isPresent()) {
          writer.write(line + "\n");
        }
      }
    }
  }

  private static Optional<Long> stepOf(String line) {
    Matcher matcher = STEP.matcher(line);
    return matcher.matches() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
  }

  @Override
  public void step(StepReport report) {
    writePending(OptionalDouble.empty());
    pending = report;
  }

  @Override
  public void validated(ValidationReport report) {
    writePending(OptionalDouble.of(report.loss().nats()));
  }

  /** The line of a step waits for the next event, which may add a validation. */
  private void writePending(OptionalDouble validation) {
    StepReport report = pending;
    if (report == null || writer == null) {
      return;
    }
    pending = null;
    try {
      writer.write(line(report, validation) + "\n");
      writer.flush();
    } catch (IOException e) {
      throw failure(file, e);
    }
  }

  /**
   * The line of a step, without a line feed.
   *
   * @param validation the loss on the held-out text after it, if measured
   */
  public static String line(StepReport report, OptionalDouble validation) {
    StringBuilder line = new StringBuilder();
    line.append("{\"step\":").append(report.step());
    line.append(",\"epoch\":").append(report.epoch());
    line.append(",\"characters\":").append(report.characters());
    line.append(",\"nats_per_char\":").append(number(report.nats()));
    line.append(",\"learning_rate\":").append(exact(report.learningRate()));
    report
        .gradientNorm()
        .ifPresent(norm -> line.append(",\"gradient_norm\":").append(number(norm)));
    line.append(",\"chars_per_s\":").append(number(report.charactersPerSecond()));
    validation.ifPresent(
        nats -> line.append(",\"validation_nats_per_char\":").append(number(nats)));
    return line.append('}').toString();
  }

  /** The shortest exact form; small rates have many leading zeros. */
  private static String exact(double value) {
    return Double.isFinite(value) ? Double.toString(value) : "null";
  }

  /** JSON has no representation of NaN and infinity. */
  private static String number(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.6f", value) : "null";
  }

  /** Puts all lines on the disk. */
  @Override
  public void saving(long step) {
    writePending(OptionalDouble.empty());
    if (writer != null && Files.isRegularFile(file)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      } catch (IOException e) {
        throw failure(file, e);
      }
    }
  }

  @Override
  public void ended(TrainingResult result) {
    writePending(OptionalDouble.empty());
  }

  /** Closes the file. A run that did not end may lose its last line. */
  @Override
  public void close() {
    try (OutputLock _ = lock;
        Writer _ = writer) {
      writePending(OptionalDouble.empty());
    } catch (IOException | OutputException _) {
      // Each line was written when it was complete; failures were reported then.
    }
  }

  private static OutputException failure(Path file, IOException e) {
    return new OutputException(file, OutputException.reason(e), e);
  }
}
