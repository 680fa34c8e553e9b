package org.charrnn.accel.java.rows;

import java.util.Arrays;
import java.util.List;
import org.charrnn.accel.java.team.Team;
import org.jspecify.annotations.Nullable;

/**
 * A matrix product in tiles. The sums are done a part of their length at a time: the threads pack
 * that part of the right operand together, unless it was packed before the loop, and then share out
 * rows of the result, or columns if rows are few.
 *
 * <p>Each sum runs over {@code k} in order, whatever the number of threads.
 */
final class PackedProduct implements Step, Team.Task {

  /** Multiply-adds that take some ten times as long as handing a share to another thread. */
  private static final long WORTH_SHARING = 1 << 20;

  /** The length of a part: so much of a block of columns fits the second-level cache. */
  static final int DEPTH = 192;

  /**
   * Tiles that are worked on together: what one of them fetched of the right operand is in the
   * first-level cache for the others.
   */
  static final int TILES_AT_ONCE = 4;

  private static final int ROWS_AT_ONCE = TILES_AT_ONCE * Tile.ROWS;

  private final boolean transposedLeft;
  private final Operand left;
  private final PackedRight right;
  private final boolean packs;
  private final @Nullable Operand addend;
  private final Operand result;
  private final Team team;
  private final Team.Task packing = this::pack;
  private final Tile tile;
  private final TileMemory memory;
  private final float[][] numbers; // of each thread, some rows of the left operand
  private final int k;
  private final boolean shared;
  private int time;
  private int p; // the part of the sums that is being done
  private int end;

  /**
   * Prepares a product.
   *
   * @param right the right operand
   * @param packs whether it has to be packed whenever the product is run
   */
  PackedProduct(
      boolean transposedLeft,
      List<Operand> in,
      PackedRight right,
      boolean packs,
      Operand result,
      Tile tile,
      TileMemory memory,
      Team team) {
    this.transposedLeft = transposedLeft;
    this.left = in.getFirst();
    this.right = right;
    this.packs = packs;
    this.addend = in.size() > 2 ? in.get(2) : null;
    this.result = result;
    this.tile = tile;
    this.memory = memory;
    this.team = team;
    this.k = transposedLeft ? left.rows() : left.columns();
    this.shared = (long) result.elements() * k >= WORTH_SHARING;
    this.numbers = new float[team.size()][ROWS_AT_ONCE * DEPTH];
  }

  @Override
  public void run(int time) {
    this.time = time;
    for (p = 0; p < k; p += DEPTH) {
      end = Math.min(k, p + DEPTH);
      if (packs) {
        team.run(packing, shared);
      }
      team.run(this, shared);
    }
  }

  private void pack(int part, int parts) {
    right.pack(time, p, end, part, parts);
  }

  @Override
  public void run(int part, int parts) {
    int rows = result.rows();
    int columns = result.columns();
    int groups = (rows + Tile.ROWS - 1) / Tile.ROWS;
    if (groups >= 4 * parts) {
      int first = groups * part / parts * Tile.ROWS;
      multiply(part, first, Math.min(rows, groups * (part + 1) / parts * Tile.ROWS), 0, columns);
    } else {
      multiply(part, 0, rows, columns * part / parts, columns * (part + 1) / parts);
    }
  }

  private void multiply(int part, int firstRow, int endRow, int firstColumn, int endColumn) {
    int firstGroup = packs ? 0 : p / tile.terms();
    int groups = (end - p + tile.terms() - 1) / tile.terms();
    float[] a = numbers[part];
    for (int column = firstColumn; column < endColumn; ) {
      int block = column / right.width();
      int start = block * right.width();
      int next = Math.min(endColumn, start + right.width());
      for (int row = firstRow; row < endRow; row += ROWS_AT_ONCE) {
        int rows = Math.min(ROWS_AT_ONCE, endRow - row);
        takeNumbers(a, row, rows);
        begin(part, row, rows, column, next, start);
        int tiles = (rows + Tile.ROWS - 1) / Tile.ROWS;
        int step = Tile.ROWS * tile.terms();
        for (int i = 0; i < groups; i++) {
          float[] b = right.array(block, firstGroup + i);
          for (int t = 0; t < tiles; t++) {
            int at = (i * TILES_AT_ONCE + t) * step;
            tile.multiply(memory.result(part, t), b, a, at, column - start, next - start);
          }
        }
        store(part, row, rows, column, next, start);
      }
      column = next;
    }
  }

  /** Fetches some rows of the left operand; what is missing to whole tiles is zero. */
  private void takeNumbers(float[] a, int row, int rows) {
    int terms = tile.terms();
    if (rows % Tile.ROWS != 0 || (end - p) % terms != 0) {
      Arrays.fill(a, 0);
    }
    float[][] lines = left.floats();
    int first = left.first(time);
    if (transposedLeft) {
      for (int q = p; q < end; q++) {
        float[] line = lines[first + q];
        int at = (q - p) / terms * terms * ROWS_AT_ONCE + (q - p) % terms;
        for (int i = 0; i < rows; i++) {
          a[at + i * terms] = line[row + i];
        }
      }
    } else {
      for (int i = 0; i < rows; i++) {
        float[] line = lines[first + row + i];
        for (int q = p; q < end; q += terms) {
          int at = (q - p) * ROWS_AT_ONCE + i * terms - q;
          for (int t = q; t < Math.min(end, q + terms); t++) {
            a[at + t] = line[t];
          }
        }
      }
    }
  }

  private void begin(int part, int row, int rows, int from, int to, int start) {
    Operand terms = addend;
    for (int i = 0; i < rows; i++) {
      float[] c = memory.result(part, i / Tile.ROWS);
      int at = i % Tile.ROWS * Tile.STRIDE + from - start;
      if (p > 0) {
        float[] line = result.floats()[result.first(time) + row + i];
        System.arraycopy(line, from, c, at, to - from);
      } else if (terms == null) {
        Arrays.fill(c, at, at + to - from, 0);
      } else {
        System.arraycopy(terms.repeated(row + i, time), from, c, at, to - from);
      }
    }
  }

  private void store(int part, int row, int rows, int from, int to, int start) {
    for (int i = 0; i < rows; i++) {
      float[] line = result.floats()[result.first(time) + row + i];
      float[] c = memory.result(part, i / Tile.ROWS);
      System.arraycopy(c, i % Tile.ROWS * Tile.STRIDE + from - start, line, from, to - from);
    }
  }
}
