package org.charrnn.text.snapshot;

import java.nio.file.Path;
import java.util.Optional;
import org.charrnn.text.checkpoint.CheckpointException;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.checkpoint.SavedModel;

/**
 * The contents of a checkpoint: a model and, unless it was saved alone, the state of its training.
 *
 * <p><b>Thread safety.</b> Immutable, provided that the arrays of its tensors are not changed.
 *
 * @param model the model
 * @param training the state of its training; empty if the model was saved alone
 */
public record Snapshot(SavedModel model, Optional<TrainingState> training) {

  /**
   * {@return a model without the state of a training}
   *
   * @param model the model
   */
  public static Snapshot ofModel(SavedModel model) {
    return new Snapshot(model, Optional.empty());
  }

  /**
   * Reads a checkpoint.
   *
   * @param file the file
   * @return the checkpoint
   * @throws CheckpointException if the file does not exist, is truncated, damaged, or not a
   *     checkpoint
   */
  public static Snapshot read(Path file) {
    return CheckpointReader.read(file);
  }

  /**
   * Reads a checkpoint from which training can be resumed.
   *
   * @param file the file
   * @return a checkpoint with the state of its training
   * @throws CheckpointException if the file does not exist, is truncated, damaged, not a
   *     checkpoint, or contains only a model
   */
  public static Snapshot readResumable(Path file) {
    Snapshot snapshot = read(file);
    if (snapshot.training().isEmpty()) {
      throw new CheckpointException(
          file,
          "contains only model weights; it can generate text but training cannot be resumed from"
              + " it");
    }
    return snapshot;
  }

  /**
   * Reads the model of a checkpoint without the state of its training.
   *
   * @param file the file
   * @return the model
   * @throws CheckpointException if the file does not exist, is truncated, damaged, or not a
   *     checkpoint
   */
  public static SavedModel readModel(Path file) {
    return CheckpointReader.readModel(file);
  }

  /**
   * Loads the classes that {@link #readModel} needs, which takes about a tenth of a second the
   * first time. Reading does so itself; a program that calls this on another thread at its start,
   * and waits for it before it reads, reads its first model sooner.
   */
  public static void preload() {
    CheckpointReader.preload();
  }

  /**
   * Reads where the model of a checkpoint comes from, without its tensors.
   *
   * @param file the file
   * @return empty for a file of another program, or of a version that did not write it
   * @throws CheckpointException if the file does not exist, is truncated, damaged, or not a
   *     checkpoint
   */
  public static Optional<SavedModel.Origin> origin(Path file) {
    return CheckpointReader.readOrigin(file);
  }

  /**
   * Writes this as a checkpoint. At every moment the file is either the old one or this one,
   * complete.
   *
   * @param file the file
   * @throws OutputException if that fails; an existing file is unchanged
   */
  public void write(Path file) {
    CheckpointWriter.write(file, this);
  }
}
