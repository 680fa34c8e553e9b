package org.charrnn.text.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ValidationsTest {

  private static Validations after(int patience, double... losses) {
    Validations validations = Validations.none();
    for (int i = 0; i < losses.length; i++) {
      validations = validations.with(10L * (i + 1), losses[i], patience);
    }
    return validations;
  }

  @Test
  void none_hasNoBest() {
    assertFalse(Validations.none().lastIsBest());
  }

  @Test
  void with_remembersTheBestAndItsStep() {
    assertEquals(new Validations(OptionalDouble.of(2), 20, 2, 2, 0), after(9, 3, 2, 2.5, 2.25));
    assertFalse(after(9, 3, 2, 2.5).lastIsBest());
    assertTrue(after(9, 3, 2, 2.5, 1).lastIsBest());
  }

  @Test
  void with_theSameLossAgain_isNotBetter() {
    assertEquals(new Validations(OptionalDouble.of(2), 10, 1, 1, 0), after(9, 2, 2));
  }

  @Test
  void with_reducesEachTimeThePatienceIsOver() {
    assertEquals(0, after(2, 1, 2).reductions());
    assertEquals(1, after(2, 1, 2, 2).reductions());
    assertEquals(1, after(2, 1, 2, 2, 2).reductions());
    assertEquals(2, after(2, 1, 2, 2, 2, 2).reductions());
    assertEquals(4, after(2, 1, 2, 2, 2, 2).sinceBest());
  }

  @Test
  void with_aNewBestInBetween_countsAnew() {
    assertEquals(0, after(2, 3, 4, 2, 4).reductions());
    assertEquals(1, after(1, 3, 4, 2).reductions());
  }

  @Test
  void negative_isRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> new Validations(OptionalDouble.empty(), 0, -1, 0, 0));
  }
}
