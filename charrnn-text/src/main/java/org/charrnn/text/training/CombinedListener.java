package org.charrnn.text.training;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * Passes each event to several listeners, in order.
 *
 * @param listeners the listeners
 */
record CombinedListener(List<TrainingListener> listeners) implements TrainingListener {
  /** Copies the list. */
  CombinedListener {
    listeners = List.copyOf(listeners);
  }

  @Override
  public void attached(RunControl control) {
    forward(it -> it.attached(control));
  }

  @Override
  public void started(TrainingPlan plan) {
    forward(it -> it.started(plan));
  }

  @Override
  public void step(StepReport report) {
    forward(it -> it.step(report));
  }

  @Override
  public void epoch(EpochReport report) {
    forward(it -> it.epoch(report));
  }

  @Override
  public void validated(ValidationReport report) {
    forward(it -> it.validated(report));
  }

  @Override
  public void savedBest(Path file, long step) {
    forward(it -> it.savedBest(file, step));
  }

  @Override
  public void saving(long step) {
    forward(it -> it.saving(step));
  }

  @Override
  public void saved(Path file, long step) {
    forward(it -> it.saved(file, step));
  }

  @Override
  public void sample(String text, long step) {
    forward(it -> it.sample(text, step));
  }

  @Override
  public void warned(String message) {
    forward(it -> it.warned(message));
  }

  @Override
  public void ended(TrainingResult result) {
    forward(it -> it.ended(result));
  }

  private void forward(Consumer<TrainingListener> event) {
    listeners.forEach(event);
  }
}
