package org.charrnn.accel.java.team;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WorkSplitTest {

  @Test
  void start_tenItemsInThreeParts_sizesDifferByOne() {
    assertEquals(0, WorkSplit.start(10, 0, 3));
    assertEquals(3, WorkSplit.start(10, 1, 3));
    assertEquals(6, WorkSplit.start(10, 2, 3));
    assertEquals(10, WorkSplit.start(10, 3, 3));
  }

  @Test
  void start_productBeyondInt_doesNotOverflow() {
    assertEquals(1_500_000_000, WorkSplit.start(2_000_000_000, 3, 4));
  }

  @Test
  void isWorthSplitting_slowerWork_fromFewerItems() {
    assertTrue(Rate.PACKING.isWorthSplitting(1 << 15));
    assertFalse(Rate.PACKING.isWorthSplitting((1 << 15) - 1));
    assertFalse(Rate.PRODUCT.isWorthSplitting(1 << 15));
    assertTrue(Rate.PRODUCT.isWorthSplitting(1 << 20));
  }
}
