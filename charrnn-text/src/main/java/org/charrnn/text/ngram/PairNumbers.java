package org.charrnn.text.ngram;

import java.util.Arrays;

/**
 * Assigns the numbers 0, 1, 2, ... to pairs of ints in the order of their first occurrence, with 14
 * to 24 bytes for each.
 *
 * <p>Open addressing with linear probing (Knuth, The Art of Computer Programming 3, 6.4, algorithm
 * L): the pairs are stored in the order of their numbers; a hash table of which at least a third is
 * free holds the numbers.
 *
 * <p><b>Thread safety.</b> None for adding; any number of threads may look up what another has
 * finished adding.
 */
public final class PairNumbers {

  private static final int FREE = -1;
  private static final int LARGEST_TABLE = 1 << 30;

  private long[] pairs = new long[16];
  private int[] slots = new int[32];
  private int size;

  /** Creates a table without pairs. */
  public PairNumbers() {
    Arrays.fill(slots, FREE);
  }

  /** How many pairs there are. */
  public int size() {
    return size;
  }

  /** The number of a pair, or -1 if it was never added. */
  public int find(int first, int second) {
    return slots[slotOf(pair(first, second))];
  }

  /**
   * The number of a pair, which is {@link #size()} as it was before the call if the pair is new.
   */
  public int add(int first, int second) {
    long pair = pair(first, second);
    int slot = slotOf(pair);
    if (slots[slot] != FREE) {
      return slots[slot];
    }
    if (size > slots.length / 3 * 2) {
      growTable();
      slot = slotOf(pair);
    }
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, size + size / 2);
    }
    pairs[size] = pair;
    slots[slot] = size;
    return size++;
  }

  /** The second int of the pair with the given number. */
  public int second(int number) {
    return (int) pairs[number];
  }

  private static long pair(int first, int second) {
    return ((long) first << 32) | (second & 0xFFFFFFFFL);
  }

  /** The slot that holds the number of {@code pair}, or the free one where it belongs. */
  private int slotOf(long pair) {
    int mask = slots.length - 1;
    int slot = (int) (mix(pair) >>> 32) & mask;
    while (slots[slot] != FREE && pairs[slots[slot]] != pair) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /**
   * Two rounds of multiplying and folding, so that every bit of the pair reaches the upper half.
   */
  private static long mix(long pair) {
    long folded = pair * 0x9E3779B97F4A7C15L;
    folded ^= folded >>> 32;
    return folded * 0xD6E8FEB86659FD93L;
  }

  private void growTable() {
    if (slots.length == LARGEST_TABLE) {
      throw new IllegalStateException(
          size + " different pairs are as many as a table holds; use a part of the text");
    }
    slots = new int[slots.length * 2];
    Arrays.fill(slots, FREE);
    for (int number = 0; number < size; number++) {
      slots[slotOf(pairs[number])] = number;
    }
  }
}
