package org.charrnn.text.training;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/** Passes events to a listener until it fails. */
final class OptionalListener implements TrainingListener {

  private final String name;
  private final TrainingListener listener;
  private final Consumer<String> warnings;
  private boolean hasFailed;

  OptionalListener(String name, TrainingListener listener, Consumer<String> warnings) {
    this.name = name;
    this.listener = listener;
    this.warnings = warnings;
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
    if (hasFailed) {
      return;
    }
    try {
      event.accept(listener);
    } catch (RuntimeException e) {
      fail(Objects.requireNonNullElse(e.getMessage(), e.toString()));
    } catch (OutOfMemoryError _) { // training itself needs no more than it has
      fail("there is not enough memory for it");
    }
  }

  private void fail(String reason) {
    hasFailed = true;
    warnings.accept(
        String.format(Locale.ROOT, "%s ends here, training continues: %s", name, reason));
  }
}
