package org.charrnn.text.ngram;

import java.util.Arrays;

/**
 * Counts of all n-grams of a text up to an order, as a tree: the children of a node extend its
 * n-gram by one symbol.
 *
 * <p>A node is the number of the pair (parent, last symbol), plus 1; the root is 0. About 35 bytes
 * for each different n-gram; reading a symbol takes as many lookups as the order.
 */
final class NGramTree {

  static final int ROOT = 0;
  static final int NONE = -1;

  private final PairNumbers pairs = new PairNumbers();
  private final int order;
  private int[] counts = new int[32]; // by node: how often its n-gram occurred
  private int[] followed = new int[32]; // by node: how often any symbol followed it
  private int[] kinds = new int[32]; // by node: how many different symbols followed it
  private int[] suffixes; // the nodes of the last 0, 1, ..., order - 1 symbols, or NONE

  NGramTree(int order) {
    this.order = order;
    this.suffixes = start(order);
  }

  /** The nodes of the suffixes of the empty text; those that do not exist are {@link #NONE}. */
  static int[] start(int order) {
    int[] suffixes = new int[order];
    Arrays.fill(suffixes, NONE);
    suffixes[0] = ROOT;
    return suffixes;
  }

  /** Counts the next symbol after every suffix that is shorter than the order. */
  void read(int symbol) {
    int[] next = start(order);
    for (int length = 0; length < order && suffixes[length] != NONE; length++) {
      int child = count(suffixes[length], symbol);
      if (length + 1 < order) {
        next[length + 1] = child;
      }
    }
    suffixes = next;
  }

  private int count(int node, int symbol) {
    int known = pairs.size();
    int child = pairs.add(node, symbol) + 1;
    if (child == counts.length) {
      int length = child + child / 2;
      counts = Arrays.copyOf(counts, length);
      followed = Arrays.copyOf(followed, length);
      kinds = Arrays.copyOf(kinds, length);
    }
    if (child > known) {
      kinds[node]++;
    }
    followed[node]++;
    counts[child]++;
    return child;
  }

  /** How many different n-grams were counted, of all orders together. */
  int size() {
    return pairs.size();
  }

  /** The child of {@code node} for {@code symbol}, or {@link #NONE}. */
  int child(int node, int symbol) {
    int number = pairs.find(node, symbol);
    return number < 0 ? NONE : number + 1;
  }

  /** c(hw) where {@code node} is the n-gram hw; 0 for {@link #NONE}. */
  int count(int node) {
    return node == NONE ? 0 : counts[node];
  }

  /** c(h): how often any symbol followed the n-gram of {@code node}; 0 for {@link #NONE}. */
  int followed(int node) {
    return node == NONE ? 0 : followed[node];
  }

  /** T(h): how many different symbols followed it. */
  int kinds(int node) {
    return kinds[node];
  }
}
