package org.charrnn.text;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.charrnn.text.snapshot.Progress;
import org.charrnn.text.training.Loss;
import org.charrnn.text.training.StepReport;
import org.charrnn.text.training.TrainingListener;
import org.charrnn.text.training.TrainingResult;
import org.charrnn.text.training.ValidationReport;

/**
 * Runs a training: step by step, with the measurements and checkpoints that are due after each,
 * until there is a reason to end. Everything that is due after a step is done before the run may
 * end there, so that each checkpoint is a state that an uninterrupted run passes through as well.
 */
final class TrainingLoop {

  private final Training training;
  private final CheckpointKeeper keeper;
  private final TrainingListener listener;
  private final Milestones milestones;
  private final BooleanSupplier stopRequested;
  private final LongSupplier nanoTime;
  private boolean interrupted;

  TrainingLoop(
      Training training,
      CheckpointKeeper keeper,
      TrainingListener listener,
      BooleanSupplier stopRequested,
      LongSupplier nanoTime) {
    this.training = training;
    this.keeper = keeper;
    this.listener = listener;
    this.milestones = new Milestones(training.config(), training.heldOut().isMeasurable());
    this.stopRequested = stopRequested;
    this.nanoTime = nanoTime;
  }

  /**
   * Runs until a step is the last one. An interrupt of the thread ends the run as a request does;
   * the flag is cleared meanwhile, so that nothing that is written then fails, and set again at the
   * end.
   */
  TrainingResult run() {
    try {
      listener.started(training.plan());
      keeper.started();
      return end(makeSteps());
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

  private boolean isStopRequested() {
    return isInterrupted() || stopRequested.getAsBoolean();
  }

  private TrainingResult end(TrainingResult.StopReason reason) {
    Optional<Loss> lastLoss = training.lastLoss();
    lastLoss.ifPresent(loss -> keeper.offerBest(loss.nats()));
    if (!keeper.isSaved()) {
      keeper.save();
    }
    TrainingResult result = result(reason, lastLoss);
    listener.ended(result);
    return result;
  }

  private TrainingResult.StopReason makeSteps() {
    StoppingCriteria criteria = training.stoppingCriteria();
    long start = nanoTime.getAsLong();
    Optional<TrainingResult.StopReason> reason = criteria.finished(training.progress());
    while (reason.isEmpty()) {
      if (isStopRequested()) {
        return TrainingResult.StopReason.REQUESTED;
      }
      Progress before = training.progress();
      StepReport report = training.step();
      isInterrupted(); // clears the flag
      listener.step(report);
      afterStep(before);
      Duration elapsed = Duration.ofNanos(nanoTime.getAsLong() - start);
      reason = criteria.stops(training.progress(), elapsed, isStopRequested());
    }
    return reason.get();
  }

  private void afterStep(Progress before) {
    Optional<ValidationReport> validation = Optional.empty();
    if (milestones.validates(before, training.progress())) {
      validation = Optional.of(training.validate());
      listener.validated(validation.get());
    }
    if (Milestones.endsEpoch(training.progress())) {
      listener.epoch(training.epochReport());
    }
    validation.ifPresent(report -> keeper.offerBest(report.loss().nats()));
    if (milestones.saves(before, training.progress())) {
      keeper.save();
    }
  }

  private TrainingResult result(TrainingResult.StopReason reason, Optional<Loss> lastLoss) {
    Optional<TrainingResult.Best> best = keeper.best();
    return new TrainingResult(
        reason,
        training.progress().step(),
        lastLoss,
        best,
        reason.isFinal()
            ? training.heldOut().test(best.map(CheckpointKeeper::read))
            : Optional.empty());
  }
}
