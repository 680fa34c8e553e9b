package org.charrnn.text;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.charrnn.text.checkpoint.OutputException;
import org.charrnn.text.checkpoint.SavedModel;
import org.charrnn.text.corpus.CorpusException;
import org.charrnn.text.evaluation.Baseline;
import org.charrnn.text.evaluation.ModelDivergedException;
import org.charrnn.text.evaluation.Surprisal;
import org.charrnn.text.snapshot.OutputPlace;
import org.charrnn.text.snapshot.Progress;
import org.charrnn.text.snapshot.RunOutput;
import org.charrnn.text.snapshot.Snapshot;
import org.charrnn.text.training.Loss;
import org.charrnn.text.training.StepReport;
import org.charrnn.text.training.TrainingListener;
import org.charrnn.text.training.TrainingPlan;
import org.charrnn.text.training.TrainingResult;

/**
 * One training run. {@link #run} does all of it; {@link #step} does one update, for callers that
 * control the run themselves.
 *
 * <p>The same text, configuration and accelerator give the same parameters bit by bit, whether or
 * not the run is stopped and {@linkplain CharRnn#resume resumed} in between.
 *
 * <p><b>Thread safety.</b> One thread at a time, which is that of {@link #run} while a run lasts; a
 * call from another thread, of this trainer or of its model, causes an {@link
 * IllegalStateException}. Any thread may call {@link #requestStop}, {@link #close}, and the methods
 * that say what has been done and what the {@linkplain #plan plan} is.
 */
public final class Trainer implements AutoCloseable {

  private final Training training;
  private Optional<SavedModel> bestInMemory = Optional.empty();
  private volatile boolean stopRequested;

  Trainer(Training training) {
    this.training = training;
  }

  // ---- the whole run

  /**
   * Trains until the epochs or the steps of the configuration are done, or something else ends the
   * run before that, and writes no files.
   *
   * @param listener receives the events of the run
   * @return the result of the run
   * @throws ModelDivergedException if a number is not finite
   * @throws org.charrnn.api.DeviceException if the device fails
   */
  public TrainingResult run(TrainingListener listener) {
    return run(Optional.empty(), listener);
  }

  /**
   * Trains until the epochs or the steps of the configuration are done, or something else ends the
   * run before that. Every {@code saveEvery} epochs, every {@code saveEverySteps} steps, and at the
   * end, a sample is generated and a checkpoint replaces the previous one. After each validation
   * that is the best so far, the model alone is written to {@link Checkpoint#best}. The run owns
   * both files while it lasts.
   *
   * @param file the file
   * @param listener receives the events of the run
   * @return the result of the run
   * @throws OutputException if a file cannot be written, is being written by another run, or exists
   *     and does not belong to this run; where that can be known, before training starts
   * @throws ModelDivergedException if a number is not finite; the last checkpoint is unchanged
   */
  public TrainingResult run(Path file, TrainingListener listener) {
    try (RunOutput output = RunOutput.claim(file)) {
      return run(output, listener);
    }
  }

  /**
   * Trains as {@link #run(Path, TrainingListener)} does, with files that the caller has claimed and
   * gives up afterwards. For charrnn-cli, which claims them before it reads the text.
   *
   * @param output the files, which this process has claimed
   * @param listener receives the events of the run
   * @return the result of the run
   * @throws OutputException if a file cannot be written, or contains a model of another run
   * @throws ModelDivergedException if a number is not finite; the last checkpoint is unchanged
   */
  @SuppressWarnings("exports")
  public TrainingResult run(RunOutput output, TrainingListener listener) {
    output.requireOwn(training.runId(), training.startStep());
    OutputPlace.requireWritable(output.checkpoint(), training.checkpointBytes());
    if (training.heldOut().isMeasurable()) {
      OutputPlace.requireWritable(output.best(), training.checkpointBytes());
    }
    return run(Optional.of(output), listener);
  }

  private TrainingResult run(Optional<RunOutput> output, TrainingListener listener) {
    try (var _ = training.reserve()) {
      listener.attached(this::requestStop);
      CheckpointKeeper keeper = new CheckpointKeeper(training, output, listener);
      TrainingResult result =
          new TrainingLoop(training, keeper, listener, this::isStopRequested, System::nanoTime)
              .run();
      if (output.isEmpty()) {
        bestInMemory = Optional.of(keeper.bestInMemory());
      }
      return result;
    }
  }

  /**
   * Ends a {@link #run} in progress after the current step or round, with a checkpoint. Any thread
   * may call this. Interrupting the thread that trains has the same effect.
   */
  public void requestStop() {
    stopRequested = true;
  }

  private boolean isStopRequested() {
    return stopRequested;
  }

  /**
   * {@return whether the epochs or the steps of the configuration are done, or too many validations
   * did not improve on the best}
   */
  public boolean isFinished() {
    return training.stoppingCriteria().finished(training.progress()).isPresent();
  }

  /** The best model of a run without files. */
  SavedModel bestInMemory() {
    return bestInMemory.orElseThrow();
  }

  // ---- its parts

  /**
   * Makes one update, which reads one window or as many as {@code accumulate} says; one round in a
   * training with an outer step.
   *
   * @return the loss, the speed and the number of the step
   * @throws ModelDivergedException if the loss or the norm of the gradients is not finite
   */
  public StepReport step() {
    try (var _ = training.reserve()) {
      return training.step();
    }
  }

  /**
   * Finds the number of steps for which a new run of this configuration takes a given time on this
   * machine, from now, with the measurements of its held-out text. It is found by a trial of some
   * seconds, which changes the parameters: close this trainer, and train with another one that has
   * this number of {@linkplain org.charrnn.text.config.RunConfig.Builder#steps steps}.
   *
   * @param time the time
   * @return the number of steps, at least 1
   * @throws org.charrnn.text.config.InvalidOptionException if the time is too short for one step
   * @throws ModelDivergedException if the loss of a step of the trial is not finite
   */
  public long stepsWithin(Duration time) {
    try (var _ = training.reserve()) {
      return training.stepsWithin(time, System::nanoTime);
    }
  }

  /**
   * {@return the loss on the held-out text, in nats per character; empty if there is none} It does
   * not change the course of training.
   */
  public Optional<Loss> validate() {
    try (var _ = training.reserve()) {
      return training.heldOut().loss();
    }
  }

  /**
   * {@return the surprisals of the first symbols of the held-out text; empty if there is none} They
   * do not change the course of training.
   *
   * @param symbols the maximum number of symbols, at least 0
   * @param expected how many of the most probable symbols to list for each
   */
  public List<Surprisal> surprisals(int symbols, int expected) {
    try (var _ = training.reserve()) {
      return training.heldOut().surprisals(symbols, expected);
    }
  }

  /**
   * {@return the losses of n-gram models on the same split, in nats per character; empty if no text
   * is held out}
   *
   * @param order the highest n, from 1 to 10
   * @throws IllegalArgumentException if the order is out of range
   * @throws CorpusException if the n-grams do not fit into the memory that Java has left
   */
  public Optional<Baseline> baseline(int order) {
    try (var _ = training.reserve()) {
      return training.heldOut().baseline(order);
    }
  }

  /**
   * {@return a text that the model generates now, as the configuration says} It does not change the
   * course of training.
   */
  public String sample() {
    try (var _ = training.reserve()) {
      return training.sample();
    }
  }

  /**
   * Writes a checkpoint. At every moment the file is either the old one or the new one, complete.
   *
   * @param file the file
   * @throws OutputException if that fails
   * @throws ModelDivergedException if the model is not usable because a number is not finite;
   *     nothing is written then
   */
  public void save(Path file) {
    Snapshot snapshot;
    try (var _ = training.reserve()) {
      training.requireUsable();
      snapshot = training.snapshot();
    }
    snapshot.write(file);
  }

  /**
   * {@return the model as it is now; it changes with each step and is closed with this trainer}
   * While a run lasts, only its thread may use the model.
   */
  public LanguageModel model() {
    return training.languageModel();
  }

  /** {@return what this run is going to do} */
  public TrainingPlan plan() {
    return training.plan();
  }

  /** {@return the number of steps so far, those before a resumption included} */
  public long stepsDone() {
    return progress().step();
  }

  /** {@return the number of completed passes over the text} */
  public int epochsDone() {
    return progress().epoch();
  }

  /** {@return whether the last step completed a pass over the text, or no step has been made} */
  public boolean isBetweenEpochs() {
    return progress().window() == 0;
  }

  /** {@return the number of validations since the one with the lowest loss} */
  public int validationsSinceBest() {
    return progress().validations().sinceBest();
  }

  Snapshot snapshot() {
    try (var _ = training.reserve()) {
      return training.snapshot();
    }
  }

  Progress progress() {
    return training.progress();
  }

  /** {@return the approximate size of a checkpoint of this training in bytes} */
  public long checkpointBytes() {
    return training.checkpointBytes();
  }

  /**
   * Frees the memory, that of {@link #model} included, and closes the text. Closing twice does
   * nothing.
   */
  @Override
  public void close() {
    training.close();
  }
}
