package org.charrnn.text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.snapshot.RunOutput;
import org.charrnn.text.snapshot.Snapshot;
import org.charrnn.text.snapshot.Validations;
import org.charrnn.text.training.TrainingListener;
import org.charrnn.text.training.TrainingResult;

/**
 * Keeps the checkpoint and the best model of a run: in files, or, for a run without files, the best
 * model in memory.
 */
final class CheckpointKeeper {

  private static final long METADATA_BYTES = 8192;
  private static final long METADATA_BYTES_PER_SYMBOL = 32;

  /**
   * A model that was read from a file.
   *
   * @param file the file
   * @param model the model
   */
  record Saved(Path file, SavedModel model) {}

  private final Training training;
  private final Optional<RunOutput> output;
  private final TrainingListener listener;
  private Optional<SavedModel> bestInMemory = Optional.empty();
  private OptionalDouble bestNats = OptionalDouble.empty();
  private long savedStep = -1;

  /**
   * A keeper.
   *
   * @param output the files, which belong to the run; empty to keep everything in memory
   * @param listener receives the events of saving
   */
  CheckpointKeeper(Training training, Optional<RunOutput> output, TrainingListener listener) {
    this.training = training;
    this.output = output;
    this.listener = listener;
  }

  /** The approximate size of a checkpoint. */
  static long bytes(long numbers, int vocabularySize) {
    return Float.BYTES * numbers + METADATA_BYTES + METADATA_BYTES_PER_SYMBOL * vocabularySize;
  }

  /** Looks for the best model of a resumed run. */
  void started() {
    Validations validations = training.progress().validations();
    if (output.isPresent() && validations.best().isPresent()) {
      Optional<TrainingResult.Best> best = best();
      bestNats = best.isPresent() ? OptionalDouble.of(best.get().nats()) : OptionalDouble.empty();
      if (best.isEmpty()) {
        listener.warned(
            String.format(
                Locale.ROOT,
                "the best model so far, of step %s, is missing: there is no %s of this run. The next validation counts as the best one.",
                Long.toString(validations.bestStep()),
                output.get().best()));
      }
    }
  }

  /** Saves the model if its loss on the held-out text is lower than that of the best one. */
  void offerBest(double nats) {
    if (bestNats.isPresent() && nats >= bestNats.getAsDouble()) {
      return;
    }
    bestNats = OptionalDouble.of(nats);
    SavedModel model = training.savedModel(bestNats);
    if (output.isEmpty()) {
      bestInMemory = Optional.of(model);
      return;
    }
    Checkpoint.writeModel(model, output.get().best());
    listener.savedBest(output.get().best(), training.progress().step());
  }

  /** Writes a sample, then the checkpoint that depends on all records up to here. */
  void save() {
    training.requireUsable();
    long step = training.progress().step();
    if (training.config().sample().length() > 0) {
      listener.sample(training.sample(), step);
    }
    if (output.isPresent()) {
      Snapshot snapshot = training.snapshot();
      listener.saving(step);
      snapshot.write(output.get().checkpoint());
      listener.saved(output.get().checkpoint(), step);
    }
    savedStep = step;
  }

  /** Whether the present state is saved. */
  boolean isSaved() {
    return savedStep == training.progress().step();
  }

  /** The best model, if it is in its file and belongs to this run. */
  Optional<TrainingResult.Best> best() {
    Validations validations = training.progress().validations();
    return output
        .map(RunOutput::best)
        .filter(file -> Files.exists(file))
        .flatMap(file -> {
          Optional<SavedModel.Origin.Run> origin =
              Snapshot.origin(file).flatMap(SavedModel.Origin::asRun);
          if (!origin.map(SavedModel.Origin.Run::run).equals(training.runId())) {
            return Optional.empty();
          }
          return origin
              .map(it -> best(file, it))
              .orElseGet(() ->
                  validations.best().isPresent() // a version that wrote no origin
                      ? Optional.of(
                          new TrainingResult.Best(
                              file, validations.bestStep(), validations.best().getAsDouble()))
                      : Optional.empty());
        });
  }

  private static Optional<TrainingResult.Best> best(Path file, SavedModel.Origin.Run origin) {
    return origin.heldOutNats().isPresent()
        ? Optional.of(
            new TrainingResult.Best(file, origin.step(), origin.heldOutNats().getAsDouble()))
        : Optional.empty();
  }

  /** The best model of a run without files; the current one if nothing is held out. */
  SavedModel bestInMemory() {
    return bestInMemory.orElseGet(() -> training.savedModel(OptionalDouble.empty()));
  }

  static Saved read(TrainingResult.Best best) {
    return new Saved(best.file(), Checkpoint.readModel(best.file()));
  }
}
