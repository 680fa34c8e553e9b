package org.charrnn.text.training;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Receives the events of a training run, on the thread that trains. An exception that it throws
 * ends the run; {@link #optional} prevents that.
 *
 * <p>Each method does nothing unless it is overridden. Listeners for a single event are created by
 * {@link #onStep} and its siblings, several are combined by {@link #all} and {@link #andThen}.
 *
 * <p><b>Thread safety.</b> None is needed: all events of a run come from one thread.
 */
public interface TrainingListener {

  /**
   * The first event of a run.
   *
   * @param control stops the run, from inside any event
   */
  default void attached(RunControl control) {}

  /**
   * The run starts.
   *
   * @param plan what will be trained, and how long
   */
  default void started(TrainingPlan plan) {}

  /**
   * A step is done, or a round of several workers.
   *
   * @param report the report
   */
  default void step(StepReport report) {}

  /**
   * An epoch is done.
   *
   * @param report the report
   */
  default void epoch(EpochReport report) {}

  /**
   * The held-out text was measured. At the end of an epoch this precedes {@link #epoch}.
   *
   * @param report the report
   */
  default void validated(ValidationReport report) {}

  /**
   * The model with the lowest loss so far on the held-out text is on the disk.
   *
   * @param file the file that was written
   * @param step the number of steps so far
   */
  default void savedBest(Path file, long step) {}

  /**
   * A checkpoint of this step is about to be written. A listener that keeps records has to put them
   * on the disk now, so that a run that is resumed from this checkpoint finds them complete.
   *
   * @param step the number of steps so far
   */
  default void saving(long step) {}

  /**
   * A checkpoint is on the disk.
   *
   * @param file the file that was written
   * @param step the number of steps so far
   */
  default void saved(Path file, long step) {}

  /**
   * A sample, including its prompt. It precedes the checkpoint of its step.
   *
   * @param text the sample
   * @param step the number of steps so far
   */
  default void sample(String text, long step) {}

  /**
   * Something that the user should know, and that does not end the run.
   *
   * @param message the warning
   */
  default void warned(String message) {}

  /**
   * The run has ended, and everything is saved.
   *
   * @param result the result of the run
   */
  default void ended(TrainingResult result) {}

  // ---- listeners

  /**
   * Does nothing.
   *
   * @return the listener
   */
  static TrainingListener silent() {
    return new TrainingListener() {};
  }

  /**
   * Receives steps.
   *
   * @param action what to do with it
   * @return the listener
   */
  static TrainingListener onStep(Consumer<StepReport> action) {
    return new TrainingListener() {
      @Override
      public void step(StepReport report) {
        action.accept(report);
      }
    };
  }

  /**
   * Receives epochs.
   *
   * @param action what to do with it
   * @return the listener
   */
  static TrainingListener onEpoch(Consumer<EpochReport> action) {
    return new TrainingListener() {
      @Override
      public void epoch(EpochReport report) {
        action.accept(report);
      }
    };
  }

  /**
   * Receives measurements of the held-out text.
   *
   * @param action what to do with it
   * @return the listener
   */
  static TrainingListener onValidated(Consumer<ValidationReport> action) {
    return new TrainingListener() {
      @Override
      public void validated(ValidationReport report) {
        action.accept(report);
      }
    };
  }

  /**
   * Receives samples.
   *
   * @param action what to do with it
   * @return the listener
   */
  static TrainingListener onSample(Consumer<String> action) {
    return new TrainingListener() {
      @Override
      public void sample(String text, long step) {
        action.accept(text);
      }
    };
  }

  /**
   * Receives the result of the run.
   *
   * @param action what to do with it
   * @return the listener
   */
  static TrainingListener onEnded(Consumer<TrainingResult> action) {
    return new TrainingListener() {
      @Override
      public void ended(TrainingResult result) {
        action.accept(result);
      }
    };
  }

  /**
   * Stops the run at the first measurement of the held-out text that fulfills a condition.
   *
   * @param condition whether to stop
   * @return the listener
   */
  static TrainingListener stopWhen(Predicate<ValidationReport> condition) {
    return new StopCondition(condition);
  }

  /**
   * Passes each event to several listeners, in order.
   *
   * @param listeners the listeners, in order
   * @return the listener
   */
  static TrainingListener all(List<TrainingListener> listeners) {
    return new CombinedListener(listeners);
  }

  /**
   * Passes each event to this listener, then to another one.
   *
   * @param next the listener that is called after this one
   * @return the listener
   */
  default TrainingListener andThen(TrainingListener next) {
    return all(List.of(this, next));
  }

  /**
   * Protects a run from a listener that it does not depend on: at its first failure a warning is
   * given, and it receives no further events.
   *
   * @param name what the warning calls it
   * @param warnings receives the warning
   * @param listener receives the events of the run
   * @return the listener
   */
  static TrainingListener optional(
      String name, TrainingListener listener, Consumer<String> warnings) {
    return new OptionalListener(name, listener, warnings);
  }

  /**
   * Stops a run.
   *
   * <p><b>Thread safety.</b> Any thread may use it, and so may a listener from inside an event.
   */
  @FunctionalInterface
  interface RunControl {

    /** Ends the run after the current step or round, with a checkpoint. */
    void requestStop();
  }
}
