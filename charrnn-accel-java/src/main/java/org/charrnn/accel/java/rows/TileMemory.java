package org.charrnn.accel.java.rows;

/**
 * The arrays that tiles work on: of each thread those for rows of the result, then those for the
 * packed right operand. All are allocated together, so that they lie alike in cache lines, see
 * {@link Tile#size}.
 *
 * <p>Products that pack whenever they run share one memory, and so do those of different loops; it
 * is allocated when all have said how much they need.
 */
final class TileMemory {

  private final int threads;
  private final int size;
  private int count;
  private float[][] arrays = new float[0][];

  TileMemory(int threads, Tile tile) {
    this.threads = threads;
    this.size = tile.size();
  }

  /** Makes sure of {@code packed} arrays for a right operand. Before {@link #allocate}. */
  void reserve(int packed) {
    count = Math.max(count, threads * PackedProduct.TILES_AT_ONCE + packed);
  }

  void allocate() {
    arrays = new float[count][size];
  }

  /** An array for two rows of the result. */
  float[] result(int thread, int tile) {
    return arrays[thread * PackedProduct.TILES_AT_ONCE + tile];
  }

  /** An array for rows of the right operand. */
  float[] packed(int index) {
    return arrays[threads * PackedProduct.TILES_AT_ONCE + index];
  }
}
