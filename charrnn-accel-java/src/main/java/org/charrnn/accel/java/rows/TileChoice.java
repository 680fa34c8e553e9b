package org.charrnn.accel.java.rows;

import java.util.concurrent.locks.LockSupport;

/** The tile for a processor, compiled before it is used. */
final class TileChoice {

  private static final int CALLS = 1000;
  private static final int SLOW_CALLS = 120;
  private static final int CALLS_BETWEEN_PAUSES = 4;
  private static final long PAUSE_NANOS = 2_000_000;

  private TileChoice() {}

  /**
   * The tile for a processor.
   *
   * @param fused whether it has fused multiply-adds
   */
  static RowTile of(boolean fused) {
    return fused ? Fused.TILE : Plain.TILE;
  }

  private static final class Fused {
    static final RowTile TILE = warmedUp(new FusedTile());
  }

  private static final class Plain {
    static final RowTile TILE = warmedUp(new PlainTile());
  }

  /**
   * Runs a tile until it is compiled, with the longest loops that occur. C2 unrolls a loop no
   * further than its profile says that it runs, and the profile may be incomplete: of a loop that
   * is replaced by compiled code while it runs it has only the end. So the first calls give the
   * compiler time to keep up, and whole loops are counted. Without the pauses, which take 60 ms in
   * all, one process in four used vectors of four numbers instead of sixteen, or none, until it
   * ended.
   */
  private static RowTile warmedUp(RowTile tile) {
    float[] result = new float[RowTile.size(RowTile.ROWS)];
    float[] operand = new float[RowTile.size(tile.terms())];
    float[] numbers = new float[RowTile.ROWS * tile.terms()];
    for (int i = 0; i < CALLS; i++) {
      tile.multiply(result, operand, numbers, 0, 0, RowTile.COLUMNS);
      if (i < SLOW_CALLS && i % CALLS_BETWEEN_PAUSES == 0) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return tile;
  }
}
