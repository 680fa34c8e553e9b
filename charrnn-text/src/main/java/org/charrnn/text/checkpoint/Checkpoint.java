package org.charrnn.text.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The contents of a checkpoint: a model and, unless it was saved alone, the state of its training.
 *
 * <p><b>Thread safety.</b> Immutable, provided that the arrays of its tensors are not changed.
 *
 * @param model the model
 * @param training the state of its training; empty if the model was saved alone
 */
public record Checkpoint(SavedModel model, Optional<TrainingState> training) {

  private static final String BEST = ".best";
  private static final List<String> EXTENSIONS = List.of(".ckpt", ".safetensors");

  /**
   * Reads a checkpoint.
   *
   * @param file the file
   * @return the checkpoint
   * @throws CheckpointException if the file does not exist, is truncated, damaged, or not a
   *     checkpoint
   */
  public static Checkpoint read(Path file) {
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
  public static Checkpoint readResumable(Path file) {
    Checkpoint checkpoint = read(file);
    if (checkpoint.training().isEmpty()) {
      throw new CheckpointException(
          file,
          "contains only model weights; it can generate text but training cannot be resumed from"
              + " it");
    }
    return checkpoint;
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
  public static Optional<Origin> origin(Path file) {
    return CheckpointReader.readOrigin(file);
  }

  /**
   * Writes this checkpoint. At every moment the file is either the old one or this one, complete.
   *
   * @param file the file
   * @throws OutputException if that fails; an existing file is unchanged
   */
  public void write(Path file) {
    CheckpointWriter.write(file, this);
  }

  /**
   * {@return the file for the model with the lowest loss on the held-out text, beside the
   * checkpoint: {@code essays.best.ckpt} for {@code essays.ckpt}, {@code lr0.002.best} for {@code
   * lr0.002}}
   *
   * @param file the file
   */
  public static Path best(Path file) {
    String stem = stem(file);
    String extension = String.valueOf(file.getFileName()).substring(stem.length());
    return file.resolveSibling(stem + BEST + extension);
  }

  /**
   * {@return the name of a checkpoint without the extension of checkpoints} Other endings are part
   * of the name, so that the files of {@code lr0.002} and {@code lr0.004} differ.
   *
   * @param file the file
   */
  public static String stem(Path file) {
    String name = String.valueOf(file.getFileName());
    return EXTENSIONS.stream()
        .filter(extension -> name.endsWith(extension) && name.length() > extension.length())
        .findFirst()
        .map(extension -> name.substring(0, name.length() - extension.length()))
        .orElse(name);
  }

  /**
   * {@return the name of a checkpoint as versions before 0.1 took it apart: without any ending}
   * They named the other files of a run after it.
   *
   * @param file the file
   */
  public static String stemOfEarlierVersions(Path file) {
    String name = String.valueOf(file.getFileName());
    int ending = name.lastIndexOf('.');
    return ending > 0 ? name.substring(0, ending) : name;
  }

  /**
   * {@return the model with the lowest loss on the held-out text, if its file exists and belongs to
   * the run of the checkpoint}
   *
   * @param file the file
   * @throws CheckpointException if a file cannot be read, is truncated, damaged, or not a
   *     checkpoint
   */
  public static Optional<Path> bestOfRun(Path file) {
    return Optional.of(RunOutput.best(file))
        .filter(Files::exists)
        .filter(best -> RunOutput.runId(best).equals(RunOutput.runId(file)));
  }

  /**
   * Checks in advance, where possible, whether a checkpoint can be written.
   *
   * @param file the file to write
   * @param bytes its expected size
   * @throws OutputException if the directory does not exist or is not writable, the disk is too
   *     full, or the file exists and is not a checkpoint, so that it must not be overwritten
   */
  public static void requireWritable(Path file, long bytes) {
    OutputPlace.requireWritable(file, bytes);
  }
}
