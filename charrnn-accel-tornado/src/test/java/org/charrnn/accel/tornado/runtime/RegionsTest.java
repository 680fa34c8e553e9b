package org.charrnn.accel.tornado.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionsTest {

  private static final int RESERVED = 3;

  private record Region(long start, long length) {}

  @Test
  void shorterRegion_leavesTheRestOfAGap() {
    Regions regions = new Regions(0);
    long first = regions.take(10);
    long second = regions.take(5);
    regions.give(first, 10);
    assertEquals(0, regions.take(4));
    assertEquals(4, regions.take(6));
    assertEquals(15, regions.take(1));
    assertEquals(10, second);
  }

  /** Beside a plain list of the elements in use. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void regions_neverOverlap_andTakeTheFirstGapThatIsLongEnough(long seed) {
    Random random = new Random(seed);
    Regions regions = new Regions(RESERVED);
    BitSet used = new BitSet();
    BitSet everFreed = new BitSet();
    used.set(0, RESERVED);
    List<Region> taken = new ArrayList<>();
    for (int i = 0; i < 2000; i++) {
      if (taken.isEmpty() || random.nextInt(100) < 52) {
        int length = 1 + random.nextInt(12);
        int expected = firstGap(used, length);
        assertEquals(Math.max(used.length(), expected + length), regions.endWith(length));
        long start = regions.take(length);
        assertEquals(expected, start);
        if (everFreed.get((int) start, (int) start + length).cardinality() > 0) {
          assertTrue(regions.wasUsed(start), "region from " + start + " has old contents");
        }
        used.set((int) start, (int) start + length);
        taken.add(new Region(start, length));
      } else {
        Region freed = taken.remove(random.nextInt(taken.size()));
        regions.give(freed.start, freed.length);
        used.clear((int) freed.start, (int) (freed.start + freed.length));
        everFreed.set((int) freed.start, (int) (freed.start + freed.length));
      }
      assertEquals(used.length(), regions.end());
    }
  }

  private static int firstGap(BitSet used, int length) {
    int start = used.nextClearBit(0);
    while (used.nextSetBit(start) >= 0 && used.nextSetBit(start) - start < length) {
      start = used.nextClearBit(used.nextSetBit(start));
    }
    return start;
  }
}
