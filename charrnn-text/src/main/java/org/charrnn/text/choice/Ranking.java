package org.charrnn.text.choice;

/**
 * The ids in the order of their scores, the highest first, of equal ones the lowest id; those with
 * a score of negative infinity are omitted. A heap, since usually only the first few are used:
 * Williams, "Algorithm 232: Heapsort", 1964; building it costs O(V), each id O(log V).
 *
 * <p><b>Thread safety.</b> None; an instance is reused.
 */
public final class Ranking {

  private final int[] heap;
  private float[] scores = {};
  private int size;

  /** For V ids. */
  public Ranking(int vocabularySize) {
    this.heap = new int[vocabularySize];
  }

  /** Starts over with these scores, which are not copied. */
  public void of(float[] values) {
    scores = values;
    size = 0;
    for (int id = 0; id < values.length; id++) {
      if (values[id] > Float.NEGATIVE_INFINITY) {
        heap[size++] = id;
      }
    }
    order();
  }

  /** Starts over with the scores of some ids, which are not copied; all of these are ranked. */
  void of(float[] values, int[] ids, int count) {
    scores = values;
    size = count;
    System.arraycopy(ids, 0, heap, 0, count);
    order();
  }

  private void order() {
    for (int place = size / 2 - 1; place >= 0; place--) {
      sink(place);
    }
  }

  /** The number of remaining ids. */
  public int left() {
    return size;
  }

  /** The next id. */
  public int next() {
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
