package org.charrnn.cli.record;

import java.io.IOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalDouble;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.files.OutputLock;
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
          file, "there is no directory " + directory + "; create it first", null);
    }
    try {
      OutputLock lock = isPipeOrDevice(file) ? null : OutputLock.ofFile(file);
      boolean isOpen = false;
      try {
        if (Files.exists(file) && Files.size(file) > 0) {
          requireReplaceable(file, replace);
        }
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
        isOpen = true;
        return new MetricsFile(file, lock);
      } finally {
        if (!isOpen && lock != null) {
          lock.close();
        }
      }
    } catch (IOException e) {
      throw failure(file, e);
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
    if (!ExistingMetrics.startsWithMetrics(file)) {
      throw new OutputException(file, "the file exists and is not a metrics file", null);
    }
  }

  @Override
  public void started(TrainingPlan plan) {
    try {
      ExistingMetrics.truncate(file, plan.startStep());
      writer = Files.newBufferedWriter(file, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw failure(file, e);
    }
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
      writer.write(MetricsLine.format(report, validation) + "\n");
      writer.flush();
    } catch (IOException e) {
      throw failure(file, e);
    }
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
