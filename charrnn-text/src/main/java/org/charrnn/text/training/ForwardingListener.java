package org.charrnn.text.training;

import java.nio.file.Path;
import java.util.function.Consumer;

/** Passes every event on; a subclass decides to whom. */
abstract class ForwardingListener implements TrainingListener {

  /** Passes an event on. */
  abstract void forward(Consumer<TrainingListener> event);

  @Override
  public final void attached(TrainingListener.RunControl control) {
    forward(it -> it.attached(control));
  }

  @Override
  public final void started(TrainingPlan plan) {
    forward(it -> it.started(plan));
  }

  @Override
  public final void step(StepReport report) {
    forward(it -> it.step(report));
  }

  @Override
  public final void epoch(EpochReport report) {
    forward(it -> it.epoch(report));
  }

  @Override
  public final void validated(ValidationReport report) {
    forward(it -> it.validated(report));
  }

  @Override
  public final void savedBest(Path file, long step) {
    forward(it -> it.savedBest(file, step));
  }

  @Override
  public final void saving(long step) {
    forward(it -> it.saving(step));
  }

  @Override
  public final void saved(Path file, long step) {
    forward(it -> it.saved(file, step));
  }

  @Override
  public final void sample(String text, long step) {
    forward(it -> it.sample(text, step));
  }

  @Override
  public final void warned(String message) {
    forward(it -> it.warned(message));
  }

  @Override
  public final void ended(TrainingResult result) {
    forward(it -> it.ended(result));
  }
}
