package org.charrnn.accel.java.rows;

import java.util.Arrays;

/**
 * What each thread computes products in: rows of the result, rows of the right operand and numbers
 * of the left one, all copied to arrays of its own.
 *
 * <p>C2 lets a loop begin with scalar steps, up to the place where a vector of one of its arrays is
 * aligned, and end with scalar steps for what is left. A loop that begins one element before such a
 * place and runs over whole vectors has a single scalar step instead of sixteen, which makes a
 * short one twice as fast. Java does not tell where an array lies. But all arrays that are
 * allocated together lie alike, so that there are eight columns to try as the first one; the
 * fastest is taken. The garbage collector may move the arrays, so that is done again, after longer
 * and longer times. No result depends on it.
 *
 * <p><b>Thread safety.</b> One product at a time; each thread that shares it has a place.
 */
final class TileMemory {

  /** Tiles of the result that use what was copied of the right operand. */
  static final int TILES = 64;

  /** Groups of rows of the right operand, each as many as a tile has terms. */
  static final int GROUPS = 4;

  /** The most terms that are summed before results are stored; groups of 3 and 4 divide it. */
  static final int DEPTH = 576;

  private static final int LINE = 16; // floats of a cache line
  private static final int ALIGNMENTS = 8; // arrays begin at any eighth byte
  private static final int FEWEST_RUNS_BETWEEN = 1000;
  private static final int MOST_RUNS_BETWEEN = 64_000;
  private static final int TRIALS = 5;
  private static final int COLUMNS_TRIED = 128;

  /**
   * HotSpot allocates from stretches of memory, of hundreds of kilobytes, and the garbage collector
   * copies to such; where one ends the next need not lie alike. Hardly ever does each of so many
   * places that follow one another have such a seam.
   */
  private static final int CANDIDATES = 3;

  private final Tile tile;
  private final Place[][] candidates; // of each thread
  private final Place[] places; // the fastest of them
  private int runs;
  private int runsBetween = FEWEST_RUNS_BETWEEN;

  TileMemory(int threads, Tile tile) {
    this.tile = tile;
    this.candidates = new Place[threads][CANDIDATES];
    this.places = new Place[threads];
    for (Place[] ofThread : candidates) {
      float[] numbers = new float[DEPTH / tile.terms() * groupOfNumbers(tile)];
      Arrays.setAll(ofThread, _ -> new Place(tile, numbers));
    }
    align();
  }

  /**
   * From the numbers of one group of terms to those of the next; they begin in different sets of
   * the cache.
   */
  static int groupOfNumbers(Tile tile) {
    return TILES * Tile.ROWS * tile.terms() + LINE;
  }

  /** The memory of one thread. */
  static final class Place {
    final float[] numbers;
    final float[][] operands = new float[GROUPS][];
    final float[][] results = new float[TILES][];
    private int first = LINE;

    Place(Tile tile, float[] numbers) {
      this.numbers = numbers;
      for (int i = 0; i < GROUPS; i++) {
        operands[i] = new float[Tile.size(tile.terms())];
      }
      for (int i = 0; i < TILES; i++) {
        results[i] = new float[Tile.size(Tile.ROWS)];
      }
    }

    /** The index of the first column in arrays, at least 1. */
    int first() {
      return first;
    }
  }

  Place of(int thread) {
    return places[thread];
  }

  /** Counts a product, and aligns the loops if it is time. */
  void use() {
    runs++;
    if (runs == runsBetween) {
      runs = 0;
      runsBetween = Math.min(MOST_RUNS_BETWEEN, 2 * runsBetween);
      align();
    }
  }

  /** Finds the fastest place for each thread. */
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

  /** Finds the fastest first column, and tells how fast that is. */
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
