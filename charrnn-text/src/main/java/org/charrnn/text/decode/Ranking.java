package org.charrnn.text.decode;

/**
 * The ids in the order of their scores, the greatest first, of equal ones the least id; those of
 * negative infinity are left out. A heap, since mostly the first few are wanted: Williams,
 * "Algorithm 232: Heapsort", 1964; building it costs O(V), each id O(log V).
 *
 * <p><b>Thread safety.</b> None; one is used again and again.
 */
final class Ranking {

  private final int[] heap;
  private double[] scores = {};
  private int size;

  Ranking(int vocabularySize) {
    this.heap = new int[vocabularySize];
  }

  /** Begins anew; the scores are not copied. */
  void of(double[] values) {
    scores = values;
    size = 0;
    for (int id = 0; id < values.length; id++) {
      if (values[id] > Double.NEGATIVE_INFINITY) {
        heap[size++] = id;
      }
    }
    for (int place = size / 2 - 1; place >= 0; place--) {
      sink(place);
    }
  }

  /** How many ids are left. */
  int left() {
    return size;
  }

  /** The next id. */
  int next() {
    if (size == 0) {
      throw new IllegalStateException("no id is left");
    }
    int best = heap[0];
    heap[0] = heap[--size];
    sink(0);
    return best;
  }

  private void sink(int from) {
    int place = from;
    while (2 * place + 1 < size) {
      int child = 2 * place + 1;
      if (child + 1 < size && isBefore(heap[child + 1], heap[child])) {
        child++;
      }
      if (!isBefore(heap[child], heap[place])) {
        return;
      }
      int id = heap[place];
      heap[place] = heap[child];
      heap[child] = id;
      place = child;
    }
  }

  private boolean isBefore(int a, int b) {
    return scores[a] > scores[b] || (scores[a] == scores[b] && a < b);
  }
}
