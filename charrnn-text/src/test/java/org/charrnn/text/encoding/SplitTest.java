package org.charrnn.text.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SplitTest {

  @Test
  void of_theEndIsHeldOut() {
    Split split = Split.of(Ids.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), 0.25);
    assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5, 6, 7}, split.training().toArray());
    assertArrayEquals(new int[] {8, 9}, split.heldOut().toArray());
  }

  @Test
  void of_nothing() {
    Split split = Split.of(Ids.of(0, 1), 0);
    assertEquals(2, split.training().length());
    assertEquals(0, split.heldOut().length());
  }

  @ParameterizedTest
  @CsvSource({"27, 0", "27, 0.1", "52, 0.05", "3, 0.5", "100, 0.999", "1664, 0.1", "27, 0.0001"})
  void minLength_isEnoughAndNoneBelowIs(int training, double share) {
    int least = (int) Split.minLength(training, share);
    assertTrue(suffices(least, training, share));
    assertFalse(suffices(least - 1, training, share));
  }

  @ParameterizedTest
  @CsvSource({"27, 1e-9, 2000000000", "27, 0.999999999, 26999999"})
  void minLength_extremeSharesAreFoundWithoutSearchingLong(
      long training, double share, long atLeast) {
    assertTrue(Split.minLength(training, share) >= atLeast);
  }

  private static boolean suffices(int length, int training, double share) {
    Split split = Split.of(Ids.of(IntStream.range(0, length).toArray()), share);
    return split.training().length() >= training && (share == 0 || split.heldOut().length() >= 2);
  }
}
