package org.charrnn.text.train;

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

  /** A checkpoint is on the disk. */
  default void saved(Path file, long step) {}

  /** What the model writes now, including the text it was told to begin with. */
  default void sample(String text, long step) {}
}
