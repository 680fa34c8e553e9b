package org.charrnn.text.training;

import java.nio.file.Path;

/**
 * Hears what a training run does, on the thread that trains. An exception that it throws ends the
 * run.
 *
 * <p>Each method does nothing unless it is overridden.
 */
public interface TrainingListener {

  /** Hears nothing. */
  static TrainingListener silent() {
    return new TrainingListener() {};
  }

  /** The run begins. */
  default void started(TrainingPlan plan) {}

  /** A step is done. */
  default void step(StepReport report) {}

  /** A pass over the text is done. */
  default void epoch(EpochReport report) {}

  /** The held-out text was measured. At the end of a pass this comes before {@link #epoch}. */
  default void validated(ValidationReport report) {}

  /** The model with the least loss so far on the held-out text is on the disk. */
  default void savedBest(Path file, long step) {}

  /** A checkpoint is on the disk. */
  default void saved(Path file, long step) {}

  /** What the model writes now, including the text it was told to begin with. */
  default void sample(String text, long step) {}

  /** The run is over; everything is saved. */
  default void ended(TrainingResult end) {}
}
