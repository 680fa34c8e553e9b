package org.charrnn.text.evaluation;

import java.util.Arrays;
import org.charrnn.text.ngram.PairNumbers;

/**
 * The smallest automaton that reads exactly the substrings of a text. A state stands for all
 * substrings that end at the same places: those from {@link #shortest} to {@link #length} symbols
 * long, each a suffix of the next.
 *
 * <p>Source: Blumer et al., "The smallest automaton recognizing the subwords of a text",
 * Theoretical Computer Science 40, 1985. At most 2 states and 3 edges for each symbol, about 100
 * bytes together.
 *
 * <p><b>Thread safety.</b> None for {@link #append}; any number of threads may read it afterwards.
 */
final class SuffixAutomaton {

  static final int ROOT = 0;
  static final int NONE = -1;

  private final PairNumbers edges = new PairNumbers(); // (state, symbol)
  private int[] targets = new int[32]; // by edge
  private int[] nextEdges = new int[32]; // by edge: another edge of the same state
  private int[] firstEdges = new int[16]; // by state
  private int[] lengths = new int[16];
  private int[] links = new int[16]; // the state of the longest suffix that ends at more places
  private boolean[] copies = new boolean[16];
  private int states;
  private int last = ROOT;

  SuffixAutomaton() {
    newState(0, NONE);
  }

  /** Extends the text by one symbol. */
  void append(int symbol) {
    int state = newState(lengths[last] + 1, ROOT);
    int from = last;
    while (from != NONE && follow(from, symbol) == NONE) {
      setEdge(from, symbol, state);
      from = links[from];
    }
    if (from != NONE) {
      int suffix = longestSuffix(from, symbol); // may move the arrays, so it comes first
      links[state] = suffix;
    }
    last = state;
  }

  /**
   * The state of exactly the strings of {@code from} extended by {@code symbol}; splits a state
   * that has longer ones.
   */
  private int longestSuffix(int from, int symbol) {
    int target = follow(from, symbol);
    if (lengths[target] == lengths[from] + 1) {
      return target;
    }
    int copy = newState(lengths[from] + 1, links[target]);
    copies[copy] = true;
    for (int edge = firstEdges[target]; edge != NONE; edge = nextEdges[edge]) {
      setEdge(copy, edges.second(edge), targets[edge]);
    }
    links[target] = copy;
    for (int state = from; state != NONE && follow(state, symbol) == target; state = links[state]) {
      setEdge(state, symbol, copy);
    }
    return copy;
  }

  private int newState(int length, int link) {
    if (states == lengths.length) {
      int larger = states * 2;
      firstEdges = Arrays.copyOf(firstEdges, larger);
      lengths = Arrays.copyOf(lengths, larger);
      links = Arrays.copyOf(links, larger);
      copies = Arrays.copyOf(copies, larger);
    }
    firstEdges[states] = NONE;
    lengths[states] = length;
    links[states] = link;
    return states++;
  }

  private void setEdge(int state, int symbol, int target) {
    int known = edges.size();
    int edge = edges.add(state, symbol);
    if (edge == targets.length) {
      targets = Arrays.copyOf(targets, edge * 2);
      nextEdges = Arrays.copyOf(nextEdges, edge * 2);
    }
    if (edge == known) {
      nextEdges[edge] = firstEdges[state];
      firstEdges[state] = edge;
    }
    targets[edge] = target;
  }

  /** The number of states; the root is {@link #ROOT}. */
  int states() {
    return states;
  }

  /**
   * The state that {@code symbol} leads to, or {@link #NONE} if no substring continues like that.
   */
  int follow(int state, int symbol) {
    int edge = edges.find(state, symbol);
    return edge < 0 ? NONE : targets[edge];
  }

  /** The length of the longest substring of a state. */
  int length(int state) {
    return lengths[state];
  }

  /** The length of the shortest substring of a state other than the root. */
  int shortest(int state) {
    return lengths[links[state]] + 1;
  }

  /** The state of the longest suffix that ends at more places; {@link #NONE} for the root. */
  int link(int state) {
    return links[state];
  }

  /** All states, those of shorter substrings first: each after the one that it links to. */
  int[] byLength() {
    int[] starts = new int[lengths[last] + 2];
    for (int state = 0; state < states; state++) {
      starts[lengths[state] + 1]++;
    }
    for (int length = 1; length < starts.length; length++) {
      starts[length] += starts[length - 1];
    }
    int[] sorted = new int[states];
    for (int state = 0; state < states; state++) {
      sorted[starts[lengths[state]]++] = state;
    }
    return sorted;
  }

  /** How many different substrings of n symbols there are. */
  int distinct(int n) {
    int count = 0;
    for (int state = 1; state < states; state++) {
      count += shortest(state) <= n && n <= lengths[state] ? 1 : 0;
    }
    return count;
  }

  /** The length of the longest substring that ends at two places or more; they may overlap. */
  int longestRepeat() {
    int[] places = new int[states];
    int[] sorted = byLength();
    int longest = 0;
    for (int i = states - 1; i > 0; i--) {
      int state = sorted[i];
      places[state] += copies[state] ? 0 : 1;
      if (places[state] > 1) {
        longest = Math.max(longest, lengths[state]);
      }
      places[links[state]] += places[state];
    }
    return longest;
  }
}
