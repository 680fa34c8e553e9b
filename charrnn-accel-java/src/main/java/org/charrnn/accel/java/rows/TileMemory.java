package org.charrnn.accel.java.rows;

import java.util.Arrays;

/**
 * The memory in which workers compute products: rows of the result, rows of the right operand and
 * elements of the left one, all copied to arrays of each worker.
 *
 * <p>C2 starts a loop with scalar iterations, up to the index at which a vector of one of its
 * arrays is aligned, and ends it with scalar iterations for the rest. A loop that starts one
 * element before such an index and runs over whole vectors has a single scalar iteration instead of
 * sixteen, which makes a short one twice as fast. The address of an array is unknown in Java. But
 * all arrays that are allocated together have the same alignment, so that there are eight
 * candidates for the first column; the fastest is chosen. The garbage collector may move the
 * arrays, so the choice is repeated at growing intervals. No result depends on it.
 *
 * <p><b>Thread safety.</b> One product at a time; each worker has its own place.
 */
final class TileMemory {

  /** Tiles of the result that use the same copied rows of the right operand. */
  static final int TILES = 64;

  /** Groups of rows of the right operand; each has as many rows as a tile has terms. */
  static final int GROUPS = 4;

  /** The maximum number of terms that are summed before results are stored; 3 and 4 divide it. */
  static final int DEPTH = 576;

  private static final int LINE = 16; // floats of a cache line
  private static final int ALIGNMENTS = 8; // arrays are aligned to eight bytes
  private static final int FEWEST_RUNS_BETWEEN = 1000;
  private static final int MOST_RUNS_BETWEEN = 64_000;
  private static final int TRIALS = 5;
  private static final int COLUMNS_TRIED = 128;

  /**
   * HotSpot allocates from buffers of hundreds of kilobytes, and the garbage collector copies to
   * such; the next buffer may have another alignment. It is very unlikely that so many consecutive
   * places all contain the end of a buffer.
   */
  private static final int CANDIDATES = 3;

  private final RowTile tile;
  private final Place[][] candidates; // of each worker
  private final Place[] places; // the fastest of them
  private int runs;
  private int runsBetween = FEWEST_RUNS_BETWEEN;

  TileMemory(int workers, RowTile tile) {
    this.tile = tile;
    this.candidates = new Place[workers][CANDIDATES];
    this.places = new Place[workers];
    for (Place[] ofWorker : candidates) {
      float[] numbers = new float[DEPTH / tile.terms() * groupOfNumbers(tile)];
      Arrays.setAll(ofWorker, _ -> new Place(tile, numbers));
    }
    align();
  }

  /**
   * The distance from the numbers of one group of terms to those of the next; they start in
   * different sets of the cache.
   */
  static int groupOfNumbers(RowTile tile) {
    return TILES * RowTile.ROWS * tile.terms() + LINE;
  }

  /** The memory of one worker. */
  static final class Place {
    final float[] numbers;
    final float[][] operands = new float[GROUPS][];
    final float[][] results = new float[TILES][];
    private int first = LINE;

    Place(RowTile tile, float[] numbers) {
      this.numbers = numbers;
      for (int i = 0; i < GROUPS; i++) {
        operands[i] = new float[RowTile.size(tile.terms())];
      }
      for (int i = 0; i < TILES; i++) {
        results[i] = new float[RowTile.size(RowTile.ROWS)];
      }
    }

    /** The index of the first column in arrays, at least 1. */
    int first() {
      return first;
    }
  }

  Place of(int worker) {
    return places[worker];
  }

  /** Counts a product, and aligns the loops if it is due. */
  void use() {
    runs++;
    if (runs == runsBetween) {
      runs = 0;
      runsBetween = Math.min(MOST_RUNS_BETWEEN, 2 * runsBetween);
      align();
    }
  }

  /** Finds the fastest place for each worker. */
  private void align() {
    for (int i = 0; i < places.length; i++) {
      long best = Long.MAX_VALUE;
      for (Place place : candidates[i]) {
        long time = align(place);
        if (time < best) {
          best = time;
          places[i] = place;
        }
      }
    }
  }

  /** Finds the fastest first column and returns its time. */
  private long align(Place place) {
    long best = Long.MAX_VALUE;
    for (int first = LINE / ALIGNMENTS; first <= LINE; first += LINE / ALIGNMENTS) {
      for (int i = 0; i < TRIALS; i++) {
        long time = time(place, first);
        if (time < best) {
          best = time;
          place.first = first;
        }
      }
    }
    return best;
  }

  private long time(Place place, int first) {
    long start = System.nanoTime();
    for (float[] result : place.results) {
      for (float[] operand : place.operands) {
        tile.multiply(result, operand, place.numbers, 0, first - 1, first + COLUMNS_TRIED);
      }
    }
    return System.nanoTime() - start;
  }
}
