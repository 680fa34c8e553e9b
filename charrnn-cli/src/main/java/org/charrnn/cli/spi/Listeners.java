package org.charrnn.cli.spi;

import java.nio.file.Path;
import java.util.List;
import org.charrnn.text.training.EpochReport;
import org.charrnn.text.training.StepReport;
import org.charrnn.text.training.TrainingListener;
import org.charrnn.text.training.TrainingPlan;
import org.charrnn.text.training.TrainingResult;
import org.charrnn.text.training.ValidationReport;

/**
 * Passes each event to several listeners.
 *
 * @param listeners the listeners, in the order in which they receive an event
 */
public record Listeners(List<TrainingListener> listeners) implements TrainingListener {
  /** Copies the list. */
  public Listeners {
    listeners = List.copyOf(listeners);
  }

  @Override
  public void started(TrainingPlan plan) {
    listeners.forEach(listener -> listener.started(plan));
  }

  @Override
  public void step(StepReport report) {
    listeners.forEach(listener -> listener.step(report));
  }

  @Override
  public void validated(ValidationReport report) {
    listeners.forEach(listener -> listener.validated(report));
  }

  @Override
  public void epoch(EpochReport report) {
    listeners.forEach(listener -> listener.epoch(report));
  }

  @Override
  public void savedBest(Path file, long step) {
    listeners.forEach(listener -> listener.savedBest(file, step));
  }

  @Override
  public void saved(Path file, long step) {
    listeners.forEach(listener -> listener.saved(file, step));
  }

  @Override
  public void sample(String text, long step) {
    listeners.forEach(listener -> listener.sample(text, step));
  }

  @Override
  public void ended(TrainingResult end) {
    listeners.forEach(listener -> listener.ended(end));
  }
}
