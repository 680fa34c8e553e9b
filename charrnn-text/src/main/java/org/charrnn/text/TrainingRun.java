package org.charrnn.text;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.charrnn.text.checkpoint.Checkpoint;
import org.charrnn.text.checkpoint.Progress;
import org.charrnn.text.checkpoint.Validations;
import org.charrnn.text.training.StepReport;
import org.charrnn.text.training.StopReason;
import org.charrnn.text.training.TrainingListener;
import org.charrnn.text.training.TrainingResult;
import org.charrnn.text.training.ValidationReport;

/**
 * A run of a trainer: step after step, and after each what is due then, until there is a reason to
 * end. What is due after a step is done before the run may end there, so that a checkpoint holds a
 * state that the whole run passes through as well.
 */
final class TrainingRun {

  private final Trainer trainer;
  private final Optional<Path> file;
  private final TrainingListener listener;
  private final Milestones agenda;
  private final StoppingCriteria stopRule;
  private final LongSupplier nanoTime;
  private long savedStep = -1;
  private boolean interrupted;

  TrainingRun(
      Trainer trainer, Optional<Path> file, TrainingListener listener, LongSupplier nanoTime) {
    this.trainer = trainer;
    this.file = file;
    this.listener = listener;
    this.agenda = trainer.agenda();
    this.stopRule = trainer.stopRule();
    this.nanoTime = nanoTime;
  }

  /**
   * Runs until a step is the last one. An interrupt of the thread ends the run as a request does;
   * the flag is cleared meanwhile, so that nothing that is written then fails, and set again at the
   * end.
   */
  TrainingResult run(BooleanSupplier stopRequested) {
    try {
      return runToTheEnd(() -> isInterrupted() || stopRequested.getAsBoolean());
    } finally {
      if (isInterrupted()) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isInterrupted() {
    interrupted |= Thread.interrupted();
    return interrupted;
  }

  private TrainingResult runToTheEnd(BooleanSupplier stopRequested) {
    listener.started(trainer.plan());
    long began = nanoTime.getAsLong();
    Optional<StopReason> reason = stopRule.finished(trainer.progress());
    while (reason.isEmpty()) {
      if (stopRequested.getAsBoolean()) {
        reason = Optional.of(StopReason.REQUESTED);
      } else {
        StepReport report = trainer.step();
        isInterrupted(); // clears the flag
        listener.step(report);
        doWhatIsDue();
        Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - began);
        reason = stopRule.stops(trainer.progress(), elapsed, stopRequested.getAsBoolean());
      }
    }
    if (savedStep != trainer.progress().step()) {
      saveAndSample();
    }
    Optional<TrainingResult.Best> best = best();
    TrainingResult end =
        new TrainingResult(
            reason.get(),
            trainer.progress().step(),
            best,
            reason.get().isFinal()
                ? trainer.test(best.map(TrainingResult.Best::file))
                : Optional.empty());
    listener.ended(end);
    return end;
  }

  private void doWhatIsDue() {
    Optional<ValidationReport> validation = Optional.empty();
    if (agenda.validates(trainer.progress())) {
      validation = Optional.of(trainer.validateAndCount());
      listener.validated(validation.get());
    }
    if (Milestones.endsEpoch(trainer.progress())) {
      listener.epoch(trainer.epochReport());
    }
    if (validation.isPresent() && validation.get().best()) {
      saveBest();
    }
    if (agenda.saves(trainer.progress())) {
      saveAndSample();
    }
  }

  private void saveBest() {
    file.map(Checkpoint::best)
        .ifPresent(place -> {
          trainer.saveModel(place);
          listener.savedBest(place, trainer.progress().step());
        });
  }

  private void saveAndSample() {
    Progress progress = trainer.progress();
    file.ifPresent(place -> {
      trainer.save(place);
      listener.saved(place, progress.step());
    });
    savedStep = progress.step();
    if (trainer.plan().config().sample().length() > 0) {
      listener.sample(trainer.sample(), progress.step());
    }
  }

  /** A run that goes on may miss it, if somebody took the file away meanwhile. */
  private Optional<TrainingResult.Best> best() {
    Validations validations = trainer.progress().validations();
    return file.map(Checkpoint::best)
        .filter(place -> validations.best().isPresent() && Files.exists(place))
        .map(place ->
            new TrainingResult.Best(
                place, validations.bestStep(), validations.best().getAsDouble()));
  }
}
