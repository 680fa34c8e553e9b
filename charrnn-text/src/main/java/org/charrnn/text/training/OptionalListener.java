package org.charrnn.text.training;

import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;

/** Passes events to a listener until it fails. */
final class OptionalListener extends ForwardingListener {

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
  void forward(Consumer<TrainingListener> event) {
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
