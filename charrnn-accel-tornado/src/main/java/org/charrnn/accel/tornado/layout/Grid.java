package org.charrnn.accel.tornado.layout;

import java.util.Locale;

/**
 * How many work items run a kernel, and how many of them form a work-group.
 *
 * @param globalX work items along the faster axis; a multiple of {@code localX}
 * @param globalY work items along the slower axis; a multiple of {@code localY}
 * @param localX work items of a work-group along the faster axis
 * @param localY work items of a work-group along the slower axis
 */
public record Grid(int globalX, int globalY, int localX, int localY) {

  /** The size of a work-group whose work items do not cooperate. */
  public static final int GROUP = 64;

  /** The size of the largest work-group: that of a tile of a matrix product. */
  public static final int LARGEST_GROUP = 256;

  /** Checks the size of a work-group. */
  public Grid {
    if (localX * localY > LARGEST_GROUP) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "a work-group has at most %d work items: %d x %d",
              LARGEST_GROUP,
              localX,
              localY));
    }
  }

  /**
   * At least {@code items} work items, in whole work-groups; a kernel has to check whether its work
   * item is one of {@code items}.
   */
  public static Grid of(int items) {
    return of(items, 1);
  }

  /** At least {@code x} times {@code y} work items, in whole work-groups along the faster axis. */
  public static Grid of(int x, int y) {
    return new Grid(Math.ceilDiv(x, GROUP) * GROUP, y, GROUP, 1);
  }

  /**
   * A work-group of {@code side * side} work items for each tile of {@code tile * tile} elements of
   * a matrix.
   */
  public static Grid ofTiles(int columns, int rows, int tile, int side) {
    return new Grid(
        Math.ceilDiv(columns, tile) * side, Math.ceilDiv(rows, tile) * side, side, side);
  }

  /** A single work item. */
  public static Grid single() {
    return new Grid(1, 1, 1, 1);
  }
}
