package org.charrnn.cli.record;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The steps of a run, in bounded memory.
 *
 * <p><b>Thread safety.</b> None.
 */
public final class RunHistory {

  /** The loss on the held-out text after a step. */
  public record Validation(long step, int epoch, double nats) {}

  /** The step at which an epoch began. */
  public record EpochStart(int epoch, long step) {}

  private final Series loss = new Series();
  private final Series learningRate = new Series();
  private final Series gradientNorm = new Series();
  private final Series speed = new Series();
  private final List<Validation> validations = new ArrayList<>();
  private final List<EpochStart> epochs = new ArrayList<>();
  private long lastStep;

  /**
   * Reads a metrics file. A last line that a crash truncated is ignored.
   *
   * @throws IOException if it cannot be read, or a line other than the last one is malformed
   */
  public static RunHistory read(Path metrics) throws IOException {
    RunHistory history = new RunHistory();
    try (BufferedReader reader = Files.newBufferedReader(metrics)) {
      String line = reader.readLine();
      for (int number = 1; line != null; number++) {
        String next = reader.readLine();
        history.addOrExplain(line, number, next == null, metrics);
        line = next;
      }
    }
    return history;
  }

  private void addOrExplain(String line, int number, boolean last, Path file) throws IOException {
    try {
      add(MetricsLine.parse(line));
    } catch (IOException e) {
      if (!last) {
        throw new IOException(
            file.getFileName()
                + ", line "
                + number
                + ", is not a line of metrics: "
                + e.getMessage(),
            e);
      }
    }
  }

  /** Adds a step. */
  public void add(MetricsLine line) {
    if (epochs.isEmpty() || epochs.getLast().epoch() < line.epoch()) {
      epochs.add(new EpochStart(line.epoch(), line.step()));
    }
    lastStep = line.step();
    double step = (double) line.step();
    loss.add(step, line.nats());
    line.learningRate().ifPresent(rate -> learningRate.add(step, rate));
    line.gradientNorm().ifPresent(norm -> gradientNorm.add(step, norm));
    speed.add(step, line.charactersPerSecond());
    line.validation()
        .ifPresent(nats -> validations.add(new Validation(line.step(), line.epoch(), nats)));
  }

  public Series loss() {
    return loss;
  }

  public Series learningRate() {
    return learningRate;
  }

  public Series gradientNorm() {
    return gradientNorm;
  }

  public Series speed() {
    return speed;
  }

  public List<Validation> validations() {
    return List.copyOf(validations);
  }

  /** The validation with the lowest loss; the first of several. */
  public Optional<Validation> best() {
    return validations.stream().min(Comparator.comparingDouble(Validation::nats));
  }

  /** The start of each epoch. */
  public List<EpochStart> epochs() {
    return List.copyOf(epochs);
  }

  public long lastStep() {
    return lastStep;
  }

  /** The epoch of the last step; 0 before the first. */
  public int lastEpoch() {
    return epochs.isEmpty() ? 0 : epochs.getLast().epoch();
  }
}
