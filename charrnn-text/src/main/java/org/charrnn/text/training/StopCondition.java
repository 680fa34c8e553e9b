package org.charrnn.text.training;

import java.util.function.Predicate;

/** Stops a run when a measurement of the held-out text fulfills a condition. */
final class StopCondition implements TrainingListener {

  private final Predicate<ValidationReport> condition;
  private TrainingListener.RunControl control = () -> {};

  StopCondition(Predicate<ValidationReport> condition) {
    this.condition = condition;
  }

  @Override
  public void attached(TrainingListener.RunControl runControl) {
    control = runControl;
  }

  @Override
  public void validated(ValidationReport report) {
    if (condition.test(report)) {
      control.requestStop();
    }
  }
}
