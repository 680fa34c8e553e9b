package org.charrnn.accel.tornado;

/**
 * How many work items run a kernel, and how many of them form a group.
 *
 * @param globalX work items, fastest axis; a multiple of {@code localX}
 * @param globalY work items, slower axis; a multiple of {@code localY}
 * @param localX work items of a group
 * @param localY work items of a group
 */
record Grid(int globalX, int globalY, int localX, int localY) {

  /** The size of a work-group whose work items do not cooperate. */
  static final int GROUP = 64;

  /** The size of the largest work-group: that of a tile of a matrix product. */
  static final int LARGEST_GROUP = 256;

  /** Checks the size of a work-group. */
  Grid {
    if (localX * localY > LARGEST_GROUP) {
      throw new IllegalArgumentException(
          "a work-group has at most %d work items: %d x %d"
              .formatted(LARGEST_GROUP, localX, localY));
    }
  }

  /**
   * One work item for each of {@code items}; those beyond have to find out that they have nothing
   * to do.
   */
  static Grid of(int items) {
    return of(items, 1);
  }

  /** One work item for each of {@code x} times {@code y}. */
  static Grid of(int x, int y) {
    return new Grid(roundUp(x, GROUP), y, GROUP, 1);
  }

  /**
   * A group of {@code side * side} work items for each tile of {@code tile * tile} elements of a
   * matrix.
   */
  static Grid ofTiles(int columns, int rows, int tile, int side) {
    return new Grid(ceilDiv(columns, tile) * side, ceilDiv(rows, tile) * side, side, side);
  }

  /** A single work item. */
  static Grid single() {
    return new Grid(1, 1, 1, 1);
  }

  static int roundUp(int count, int multiple) {
    return ceilDiv(count, multiple) * multiple;
  }

  static int ceilDiv(int count, int divisor) {
    return Math.ceilDiv(count, divisor);
  }
}
