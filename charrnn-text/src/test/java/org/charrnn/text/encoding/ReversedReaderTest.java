package org.charrnn.text.encoding;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.charrnn.api.SeededRandom;
import org.junit.jupiter.api.Test;

class ReversedReaderTest {

  private static int[] numbers(int length) {
    int[] numbers = new int[length];
    Arrays.setAll(numbers, i -> i);
    return numbers;
  }

  @Test
  void reversed_isTheTextFromItsEnd_whateverIsRead() {
    int[] ids = numbers(100_000);
    Ids reversed = Ids.of(ids).slice(10, 90_010).reversed();
    assertEquals(90_000, reversed.length());
    Ids.Reader reader = reversed.reader();
    RandomGenerator random = new SeededRandom(4);
    for (int i = 0; i < 300; i++) {
      int count = random.nextInt(i % 50 == 0 ? 40_000 : 100);
      int from = random.nextInt(90_001 - count);
      int[] read = new int[count + 2];
      reader.read(from, read, 1, count);
      int[] expected = new int[count + 2];
      for (int k = 0; k < count; k++) {
        expected[1 + k] = 90_009 - from - k;
      }
      assertArrayEquals(expected, read);
    }
    assertThrows(IndexOutOfBoundsException.class, () -> reader.read(89_999, new int[2], 0, 2));
  }

  @Test
  void reversedTwice_isTheTextItself() {
    int[] ids = numbers(1000);
    assertArrayEquals(ids, Ids.of(ids).reversed().reversed().toArray());
  }
}
