package org.charrnn.text.checkpoint;

import java.nio.file.Path;
import java.util.Optional;

/**
 * All that a checkpoint holds, whether or not training can go on from it.
 *
 * @param model the model
 * @param training the state of its training; empty if the file holds a model alone
 */
public record CheckpointContents(SavedModel model, Optional<TrainingState> training) {

  /**
   * Reads a checkpoint. Nothing is ever written.
   *
   * @throws CheckpointException if the file is missing, truncated, damaged or foreign
   */
  public static CheckpointContents read(Path file) {
    return CheckpointReader.readContents(file);
  }
}
