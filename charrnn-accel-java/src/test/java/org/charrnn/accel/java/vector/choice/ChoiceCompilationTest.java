package org.charrnn.accel.java.vector.choice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.time.Duration;
import org.charrnn.accel.java.VectorAccelerator;
import org.charrnn.api.Availability;
import org.charrnn.api.ScoreChooser;
import org.junit.jupiter.api.Test;

/** One test, since the compiler of the JVM, and what is known of it, belong to the process. */
class ChoiceCompilationTest {

  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int FEW = 1000;
  private static final float[] SCORES = {1, 3, 2};

  private static boolean isRunning() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals("charrnn-choices"));
  }

  private static int choose(ScoreChooser chooser) {
    return chooser.choose(SCORES, 0, 3, 1, 0);
  }

  @Test
  void choices_areMadeOnceTheirLoopsAreCompiled() {
    assumeTrue(new VectorAccelerator().availability() instanceof Availability.Available);
    try (ChoiceCompilation first = new ChoiceCompilation(FEW + 1, 0)) {
      ScoreChooser chooser = first.chooser(SCORES.length);
      for (int i = 0; i < FEW; i++) {
        assertEquals(ScoreChooser.UNDECIDED, choose(chooser));
      }
      assertFalse(isRunning(), "few choices need no compilation");
      choose(chooser);
    }
    assertFalse(isRunning(), "closed");
    try (ChoiceCompilation second = new ChoiceCompilation(FEW + 1, 0)) {
      ScoreChooser chooser = second.chooser(SCORES.length);
      assertTimeout(
          LONG,
          () -> {
            while (choose(chooser) == ScoreChooser.UNDECIDED) {
              Thread.onSpinWait();
            }
          });
      assertEquals(1, choose(chooser));
    }
    try (ChoiceCompilation third = new ChoiceCompilation(FEW + 1, 0)) {
      assertEquals(1, choose(third.chooser(SCORES.length)), "at once");
    }
  }
}
