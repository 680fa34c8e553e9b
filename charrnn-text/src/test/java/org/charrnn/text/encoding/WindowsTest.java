package org.charrnn.text.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowsTest {

  private static Windows of(int length, int steps, int batchSize) {
    return new Windows(Ids.of(IntStream.range(0, length).toArray()), steps, batchSize);
  }

  @Test
  void fill_streamsSideBySideTimeFirst() {
    Windows windows = of(20, 3, 2); // streams 0..9 and 10..19
    int[] inputs = new int[6];
    int[] targets = new int[6];
    windows.fill(1, inputs, targets);
    assertArrayEquals(new int[] {3, 13, 4, 14, 5, 15}, inputs);
    assertArrayEquals(new int[] {4, 14, 5, 15, 6, 16}, targets);
  }

  /** Against the rule as it is stated: a pass ends when {@code p + T + 1 >= span}. */
  @ParameterizedTest
  @CsvSource({
    "199, 25, 1",
    "27, 25, 1",
    "51, 25, 1",
    "52, 25, 1",
    "53, 25, 1",
    "1000, 7, 3",
    "3, 1, 1",
    "12, 1, 4"
  })
  void count_followsTheSeedsRule(int length, int steps, int batchSize) {
    int span = length / batchSize;
    List<Integer> starts = new ArrayList<>();
    for (int p = 0; p + steps + 1 < span; p += steps) {
      starts.add(p);
    }
    Windows windows = of(length, steps, batchSize);
    List<Integer> filled = new ArrayList<>();
    for (int window = 0; window < windows.count(); window++) {
      int[] inputs = new int[steps * batchSize];
      windows.fill(window, inputs, new int[steps * batchSize]);
      filled.add(inputs[0]);
      assertEquals((batchSize - 1) * span + inputs[0], inputs[batchSize - 1]);
    }
    assertEquals(starts, filled);
  }

  @Test
  void leastLength_oneWindow() {
    assertEquals(27, Windows.minLength(25, 1));
    assertEquals(1, of(27, 25, 1).count());
    assertThrows(IllegalArgumentException.class, () -> of(26, 25, 1));
    assertEquals(1, of(108, 25, 4).count());
    assertThrows(IllegalArgumentException.class, () -> of(107, 25, 4));
  }

  @Test
  void leastLength_doesNotOverflow() {
    assertEquals((Integer.MAX_VALUE + 2L) * 2, Windows.minLength(Integer.MAX_VALUE, 2));
    assertThrows(
        IllegalArgumentException.class, () -> of(10, Integer.MAX_VALUE, Integer.MAX_VALUE));
  }

  @Test
  void fill_windowThatIsNone() {
    Windows windows = of(27, 25, 1);
    int[] some = new int[25];
    assertThrows(IndexOutOfBoundsException.class, () -> windows.fill(1, some, some));
    assertThrows(IndexOutOfBoundsException.class, () -> windows.fill(-1, some, some));
  }
}
