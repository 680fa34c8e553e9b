package org.charrnn.text.training;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mockito.InOrder;

/** Listeners that pass events to others. */
class TrainingListenerTest {

  private static final Path FILE = Path.of("a.ckpt");

  private final TrainingListener first = mock();
  private final TrainingListener second = mock();
  private final Consumer<String> warnings = mock();

  static List<Consumer<TrainingListener>> everyEvent() {
    TrainingListener.RunControl control = mock();
    return List.of(
        it -> it.attached(control),
        it -> it.started(null),
        it -> it.step(null),
        it -> it.epoch(null),
        it -> it.validated(null),
        it -> it.savedBest(FILE, 1),
        it -> it.saving(2),
        it -> it.saved(FILE, 3),
        it -> it.sample("text", 4),
        it -> it.warned("disk"),
        it -> it.ended(null));
  }

  @ParameterizedTest
  @MethodSource("everyEvent")
  void all_passesEachEventToEachListener_inOrder(Consumer<TrainingListener> event) {
    event.accept(TrainingListener.silent().andThen(first).andThen(second));
    event.accept(TrainingListener.all(List.of(first, second)));
    InOrder calls = inOrder(first, second);
    for (int i = 0; i < 2; i++) {
      event.accept(calls.verify(first));
      event.accept(calls.verify(second));
    }
    verifyNoMoreInteractions(first, second);
  }

  @ParameterizedTest
  @MethodSource("everyEvent")
  void optional_passesEachEvent(Consumer<TrainingListener> event) {
    event.accept(TrainingListener.optional("metrics", first, warnings));
    event.accept(verify(first));
    verifyNoMoreInteractions(first, warnings);
  }

  @Test
  void optional_failure_isReportedOnce_andEndsTheEvents() {
    doThrow(new IllegalStateException("the disk is full")).when(first).saving(2);
    TrainingListener run = TrainingListener.optional("metrics", first, warnings).andThen(second);
    for (long step = 1; step < 4; step++) {
      run.saving(step);
      run.saved(FILE, step);
    }
    InOrder calls = inOrder(first, warnings, second);
    calls.verify(first).saving(1);
    calls.verify(first).saved(FILE, 1);
    calls.verify(first).saving(2);
    calls
        .verify(warnings)
        .accept(contains("metrics ends here, training continues: the disk is full"));
    calls.verify(second).saving(2);
    verifyNoMoreInteractions(first, warnings);
    verify(second, times(3)).saved(any(), anyLong());
  }
}
