package org.charrnn.text.training;

import java.util.List;
import java.util.function.Consumer;

/** Passes each event to several listeners, in order. */
final class CombinedListener extends ForwardingListener {

  private final List<TrainingListener> listeners;

  CombinedListener(List<TrainingListener> listeners) {
    this.listeners = List.copyOf(listeners);
  }

  @Override
  void forward(Consumer<TrainingListener> event) {
    listeners.forEach(event);
  }
}
