package org.charrnn.text.snapshot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.charrnn.text.checkpoint.CheckpointException;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.files.IoReason;
import org.charrnn.text.files.OutputLock;

/**
 * The files of a run: the checkpoint, and beside it the model with the lowest loss on the held-out
 * text. The run owns both until this is closed; no other run can write them meanwhile. What exists
 * there and does not belong to the run is never replaced, unless that is asked for.
 *
 * <p><b>Thread safety.</b> None.
 */
public final class RunOutput implements AutoCloseable {

  private final Path checkpoint;
  private final Path best;
  private final boolean mayReplace;
  private final OutputLock checkpointLock;
  private final OutputLock bestLock;

  private RunOutput(Path checkpoint, boolean mayReplace) {
    this.checkpoint = checkpoint;
    this.best = mayReplace ? CheckpointName.best(checkpoint) : best(checkpoint);
    this.mayReplace = mayReplace;
    OutputPlace.requireWritable(checkpoint, 0);
    this.checkpointLock = lock(checkpoint);
    try {
      this.bestLock = lock(best);
    } catch (RuntimeException e) {
      checkpointLock.close();
      throw e;
    }
  }

  private static OutputLock lock(Path file) {
    try {
      return OutputLock.ofFile(file);
    } catch (IOException e) {
      throw new OutputException(file, IoReason.of(e), e);
    }
  }

  /**
   * The file of the best model: {@link CheckpointName#best}, unless only that of an earlier version
   * exists, whose runs had no ids: {@code essays.best.bin} beside {@code essays.bin}.
   */
  static Path best(Path checkpoint) {
    Path best = CheckpointName.best(checkpoint);
    Path earlier = CheckpointName.bestOfEarlierVersions(checkpoint);
    return !Files.exists(best) && isOfAnEarlierVersion(checkpoint) && isOfAnEarlierVersion(earlier)
        ? earlier
        : best;
  }

  private static boolean isOfAnEarlierVersion(Path file) {
    try {
      return hasContent(file) && Snapshot.origin(file).isEmpty();
    } catch (CheckpointException _) {
      return false;
    }
  }

  /**
   * Owns the files of a run.
   *
   * @param checkpoint the checkpoint
   * @return the files, which are given up when the result is closed
   * @throws OutputException if they cannot be written, or another run owns them
   */
  public static RunOutput claim(Path checkpoint) {
    return new RunOutput(checkpoint, false);
  }

  /**
   * {@return the same, for a run that replaces the models that exist there, whatever they are}
   *
   * @param checkpoint the checkpoint
   */
  public static RunOutput claimReplacing(Path checkpoint) {
    return new RunOutput(checkpoint, true);
  }

  /** {@return the checkpoint} */
  public Path checkpoint() {
    return checkpoint;
  }

  /** {@return the model with the lowest loss on the held-out text} */
  public Path best() {
    return best;
  }

  /**
   * Checks that a new run would not replace an existing model.
   *
   * @param remedy what to do otherwise
   * @throws OutputException if it would
   */
  public void requireNew(String remedy) {
    if (!mayReplace && hasContent(checkpoint)) {
      throw new OutputException(checkpoint, "it exists already. " + remedy, null);
    }
  }

  /**
   * Checks that a run would not replace a model of another one, or a later state of its own.
   *
   * @param run the id of the run; empty if it was started by a version that had none
   * @param step the step that it starts from
   * @throws OutputException if it would
   */
  public void requireOwn(Optional<String> run, long step) {
    if (mayReplace) {
      return;
    }
    if (hasContent(checkpoint)) {
      Optional<SavedModel.Origin.Run> existing =
          Snapshot.origin(checkpoint).flatMap(SavedModel.Origin::asRun);
      long existingStep = existing.map(SavedModel.Origin.Run::step).orElse(step);
      if (!existing.map(SavedModel.Origin.Run::run).equals(run)
          || (step == 0 && existingStep > 0)) {
        throw new OutputException(
            checkpoint,
            "it exists already. Resume its training, choose another file, or remove it.",
            null);
      }
      if (existingStep > step) {
        throw new OutputException(
            checkpoint,
            String.format(
                Locale.ROOT,
                "its training has been continued to step %s meanwhile; resume it again from there",
                Long.toString(existingStep)),
            null);
      }
    }
    if (hasContent(best) && !runId(best).equals(run)) {
      throw new OutputException(
          best,
          "it is the best model of another run. Move it away, or write to another file.",
          null);
    }
  }

  /**
   * The model with the lowest loss on the held-out text, if its file exists and belongs to the run
   * of the checkpoint.
   */
  public static Optional<Path> bestOfRun(Path checkpoint) {
    return Optional.of(best(checkpoint))
        .filter(Files::exists)
        .filter(best -> runId(best).equals(runId(checkpoint)));
  }

  private static Optional<String> runId(Path file) {
    return Snapshot.origin(file).flatMap(SavedModel.Origin::asRun).map(SavedModel.Origin.Run::run);
  }

  private static boolean hasContent(Path file) {
    try {
      return Files.exists(file) && Files.size(file) > 0;
    } catch (IOException _) {
      return true; // it exists, and its content is not known
    }
  }

  /** Gives the files up. */
  @Override
  public void close() {
    try (checkpointLock;
        bestLock) {
      // Both are closed.
    }
  }
}
