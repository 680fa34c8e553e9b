package org.charrnn.text;

import java.nio.file.Path;
import java.util.Optional;
import org.charrnn.text.checkpoint.CheckpointException;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.snapshot.CheckpointName;
import org.charrnn.text.snapshot.RunOutput;
import org.charrnn.text.snapshot.Snapshot;

/**
 * The files of models. A run has two of them: its checkpoint, from which its training can be
 * {@linkplain CharRnn#resume resumed}, and beside it the {@linkplain #best best model} alone.
 *
 * <p>{@link CharRnn#load} loads the model of either file to generate and score text; this class
 * reads it as a value, with its configuration and its parameters.
 *
 * <p><b>Thread safety.</b> Stateless.
 */
public final class Checkpoint {

  private Checkpoint() {}

  /**
   * Reads the model of a checkpoint, or one that was written alone.
   *
   * @param file the file
   * @return the model
   * @throws CheckpointException if the file does not exist, is truncated, damaged, or not a
   *     checkpoint
   */
  public static SavedModel readModel(Path file) {
    return Snapshot.readModel(file);
  }

  /**
   * Writes a model alone, which takes about half as much space as a checkpoint from which training
   * can be resumed. At every moment the file is either the old one or the new one, complete.
   *
   * @param model the model
   * @param file the file
   * @throws OutputException if that fails; an existing file is unchanged
   */
  public static void writeModel(SavedModel model, Path file) {
    Snapshot.ofModel(model).write(file);
  }

  /**
   * {@return the file for the model with the lowest loss on the held-out text, beside the
   * checkpoint: {@code essays.best.ckpt} for {@code essays.ckpt}, {@code lr0.002.best} for {@code
   * lr0.002}}
   *
   * @param file the checkpoint
   */
  public static Path best(Path file) {
    return CheckpointName.best(file);
  }

  /**
   * {@return the model with the lowest loss on the held-out text, if its file exists and belongs to
   * the run of the checkpoint}
   *
   * @param file the checkpoint
   * @throws CheckpointException if a file cannot be read, is truncated, damaged, or not a
   *     checkpoint
   */
  public static Optional<Path> bestOfRun(Path file) {
    return RunOutput.bestOfRun(file);
  }
}
