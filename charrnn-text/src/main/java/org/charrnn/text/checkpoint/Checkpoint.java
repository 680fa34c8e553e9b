package org.charrnn.text.checkpoint;

import java.nio.file.Path;

/**
 * A model and the state of its training: everything needed to generate, or to go on.
 *
 * <p><b>Thread safety.</b> Immutable, as long as nobody writes into the arrays of its tensors.
 *
 * @param model what generating needs
 * @param training what going on needs besides
 */
public record Checkpoint(SavedModel model, TrainingState training) {

  private static final String BEST = ".best";

  /**
   * Reads a checkpoint from which training can go on. Nothing is ever written.
   *
   * @throws CheckpointException if the file is missing, truncated, damaged, foreign, or holds a
   *     model alone
   */
  public static Checkpoint read(Path file) {
    return CheckpointReader.read(file);
  }

  /**
   * Reads the model of a checkpoint and passes over the state of its training.
   *
   * @throws CheckpointException if the file is missing, truncated, damaged or foreign
   */
  public static SavedModel readModel(Path file) {
    return CheckpointReader.readModel(file);
  }

  /**
   * Writes this checkpoint. Whatever happens meanwhile, the file holds the old one or this one,
   * whole.
   *
   * @throws OutputException if that fails; what stood there before is unharmed
   */
  public void write(Path file) {
    CheckpointWriter.write(file, model, training);
  }

  /**
   * Where the model with the least loss on the held-out text is kept: beside the checkpoint, with
   * {@code .best} before the ending, as {@code essays.best.ckpt} beside {@code essays.ckpt}.
   */
  public static Path best(Path file) {
    String name = String.valueOf(file.getFileName());
    int ending = name.lastIndexOf('.');
    return file.resolveSibling(
        ending > 0 ? name.substring(0, ending) + BEST + name.substring(ending) : name + BEST);
  }

  /**
   * Finds out, as far as that can be known beforehand, whether a checkpoint can be written.
   *
   * @param file where to
   * @param bytes how large it will be
   * @throws OutputException if the directory is missing or not writable, or the disk too full, or
   *     something else than a checkpoint stands there, which is not to be lost
   */
  public static void requireWritable(Path file, long bytes) {
    OutputPlace.requireWritable(file, bytes);
  }
}
