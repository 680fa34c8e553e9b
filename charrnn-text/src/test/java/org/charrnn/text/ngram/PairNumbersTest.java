package org.charrnn.text.ngram;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairNumbersTest {

  @Test
  void add_numbersInOrderOfFirstSight() {
    PairNumbers pairs = new PairNumbers();
    assertEquals(0, pairs.add(7, 3));
    assertEquals(1, pairs.add(3, 7));
    assertEquals(0, pairs.add(7, 3));
    assertEquals(2, pairs.size());
    assertEquals(7, pairs.second(1));
  }

  @Test
  void find_neverAdded() {
    PairNumbers pairs = new PairNumbers();
    assertEquals(-1, pairs.find(0, 0));
    pairs.add(0, 0);
    assertEquals(0, pairs.find(0, 0));
    assertEquals(-1, pairs.find(0, -1));
    assertEquals(-1, pairs.find(-1, 0));
  }

  @Test
  void add_manyPairsAgainstAMap() {
    PairNumbers pairs = new PairNumbers();
    Map<List<Integer>, Integer> expected = new HashMap<>();
    Random random = new Random(11);
    for (int i = 0; i < 100_000; i++) {
      // Dense pairs as of a tree, and pairs from the whole range, negative ones included.
      int first = i % 2 == 0 ? random.nextInt(300) : random.nextInt();
      int second = i % 2 == 0 ? random.nextInt(100) : random.nextInt();
      List<Integer> pair = List.of(first, second);
      int number = expected.computeIfAbsent(pair, _ -> expected.size());
      assertEquals(number, pairs.add(first, second));
    }
    assertEquals(expected.size(), pairs.size());
    expected.forEach((pair, number) -> {
      assertEquals(number, pairs.find(pair.getFirst(), pair.getLast()));
      assertEquals(pair.getLast(), pairs.second(number));
    });
  }

  @Test
  void add_extremes() {
    PairNumbers pairs = new PairNumbers();
    List<Integer> ends = List.of(Integer.MIN_VALUE, -1, 0, 1, Integer.MAX_VALUE);
    List<Integer> numbers = new ArrayList<>();
    ends.forEach(first -> ends.forEach(second -> numbers.add(pairs.add(first, second))));
    assertEquals(IntStream.range(0, 25).boxed().toList(), numbers);
  }
}
