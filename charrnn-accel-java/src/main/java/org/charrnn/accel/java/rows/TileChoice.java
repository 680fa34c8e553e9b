package org.charrnn.accel.java.rows;

import java.util.concurrent.locks.LockSupport;
import org.charrnn.accel.java.jvm.VmOption;

/** The tile for this machine: the fused one where HotSpot has an instruction for it. */
final class TileChoice {

  static final Tile BEST = warmedUp(of(VmOption.value("UseFMA").orElse("false")));

  private static final int CALLS = 1000;
  private static final int SLOW_CALLS = 120;
  private static final int CALLS_BETWEEN_PAUSES = 4;
  private static final long PAUSE_NANOS = 2_000_000;

  private TileChoice() {}

  /**
   * Chooses.
   *
   * @param useFma what HotSpot says of its option UseFMA; {@code Math.fma} is computed with big
   *     decimals where that is not {@code true}
   */
  static Tile of(String useFma) {
    return useFma.equals("true") ? new FusedTile() : new PlainTile();
  }

  /**
   * Runs a tile until it is compiled, with the longest loops there are. C2 unrolls a loop no
   * further than its profile says that it runs, and that profile may see little of it: of a loop
   * that is exchanged for compiled code while it runs it has only the end. So the first calls leave
   * the compiler time to keep up, and whole loops are counted. Without the pauses, which take 60 ms
   * in all, one process in four settled for vectors of four numbers instead of sixteen, or for
   * none, for as long as it lived.
   */
  private static Tile warmedUp(Tile tile) {
    float[] result = new float[Tile.size(Tile.ROWS)];
    float[] operand = new float[Tile.size(tile.terms())];
    float[] numbers = new float[Tile.ROWS * tile.terms()];
    for (int i = 0; i < CALLS; i++) {
      tile.multiply(result, operand, numbers, 0, 0, Tile.COLUMNS);
      if (i < SLOW_CALLS && i % CALLS_BETWEEN_PAUSES == 0) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
    return tile;
  }
}
