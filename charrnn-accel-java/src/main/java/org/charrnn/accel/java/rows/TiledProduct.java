package org.charrnn.accel.java.rows;

import java.util.Arrays;
import java.util.List;
import org.charrnn.accel.java.team.Team;
import org.jspecify.annotations.Nullable;

/**
 * A matrix product in tiles. The sums are done a part of their length at a time, and of that part
 * some rows and some columns of the result: rows of the right operand are copied to where a {@link
 * Tile} reads them, a few groups at a time, and used for all those rows of the result.
 *
 * <p>Each sum runs over {@code k} in order, whatever the number of threads, which share out rows of
 * the result, or columns if rows are few.
 */
final class TiledProduct implements Step, Team.Task {

  /** Rows of the result that are computed together. */
  static final int PANEL = TileMemory.TILES * Tile.ROWS;

  /** Multiply-adds that take some ten times as long as handing a share to another thread. */
  private static final long WORTH_SHARING = 1 << 20;

  /** With so many panels for each thread rows are shared out. */
  private static final int ENOUGH_PANELS = 4;

  /** With fewer columns for a thread a tile is no faster. */
  private static final int FEWEST_COLUMNS = 64;

  private static final int ALIGNED = 16; // whole vectors

  private final boolean transposedLeft;
  private final Operand left;
  private final RightOperand right;
  private final @Nullable Operand addend;
  private final Operand result;
  private final Team team;
  private final Tile tile;
  private final TileMemory memory;
  private final int k;
  private final int depth;
  private final boolean shared;
  private int time;
  private int p; // the part of the sums that is being done
  private int end;

  TiledProduct(
      boolean transposedLeft,
      List<Operand> in,
      RightOperand right,
      Operand result,
      Tile tile,
      TileMemory memory,
      Team team) {
    this.transposedLeft = transposedLeft;
    this.left = in.getFirst();
    this.right = right;
    this.addend = in.size() > 2 ? in.get(2) : null;
    this.result = result;
    this.tile = tile;
    this.memory = memory;
    this.team = team;
    this.k = transposedLeft ? left.rows() : left.columns();
    this.depth = depth(k);
    this.shared = (long) result.elements() * k >= WORTH_SHARING;
  }

  /** The length of a part of sums of {@code k} terms. */
  static int depth(int k) {
    int parts = divideUp(k, TileMemory.DEPTH);
    int aligned = 3 * ALIGNED; // whole groups, of 3 terms or 4
    return Math.min(k, divideUp(divideUp(k, parts), aligned) * aligned);
  }

  @Override
  public void run(int time) {
    this.time = time;
    memory.use();
    for (p = 0; p < k; p += depth) {
      end = Math.min(k, p + depth);
      right.prepare(time, p, end);
      team.run(this, shared);
    }
  }

  @Override
  public void run(int part, int parts) {
    int rows = result.rows();
    int columns = result.columns();
    boolean byColumns = rows < ENOUGH_PANELS * PANEL * parts && columns >= FEWEST_COLUMNS * parts;
    if (byColumns) {
      multiply(part, 0, rows, columns * part / parts, columns * (part + 1) / parts);
    } else {
      int groups = divideUp(rows, Tile.ROWS);
      int first = groups * part / parts * Tile.ROWS;
      multiply(part, first, Math.min(rows, groups * (part + 1) / parts * Tile.ROWS), 0, columns);
    }
  }

  private void multiply(int part, int firstRow, int endRow, int firstColumn, int endColumn) {
    TileMemory.Place place = memory.of(part);
    int columns = endColumn - firstColumn;
    int width = divideUp(columns, divideUp(columns, Tile.COLUMNS));
    for (int row = firstRow; row < endRow; row += PANEL) {
      int rows = Math.min(PANEL, endRow - row);
      takeNumbers(place.numbers, row, rows);
      for (int column = firstColumn; column < endColumn; column += width) {
        int count = Math.min(width, endColumn - column);
        begin(place, row, rows, column, count);
        add(place, divideUp(rows, Tile.ROWS), column, count);
        store(place, row, rows, column, count);
      }
    }
  }

  private void add(TileMemory.Place place, int tiles, int column, int columns) {
    int terms = tile.terms();
    int step = Tile.ROWS * terms;
    int first = place.first();
    int to = first + divideUp(columns, ALIGNED) * ALIGNED;
    for (int q = p; q < end; q += TileMemory.GROUPS * terms) {
      int last = Math.min(end, q + TileMemory.GROUPS * terms);
      int groups = divideUp(last - q, terms);
      right.fetch(q, last, column, columns, place.operands, first, terms);
      clear(place, last - q, columns, first);
      int group = (q - p) / terms;
      for (int t = 0; t < tiles; t++) {
        float[] c = place.results[t];
        for (int g = 0; g < groups; g++) {
          int numbers = (group + g) * TileMemory.groupOfNumbers(tile) + t * step;
          tile.multiply(c, place.operands[g], place.numbers, numbers, first - 1, to);
        }
      }
    }
  }

  /** Rows that are missing in the last group: what is left there need not be a number. */
  private void clear(TileMemory.Place place, int rows, int columns, int first) {
    for (int row = rows; row % tile.terms() != 0; row++) {
      int from = row % tile.terms() * Tile.STRIDE + first;
      Arrays.fill(place.operands[row / tile.terms()], from, from + columns, 0);
    }
  }

  /** Fetches some rows of the left operand; what is missing to whole tiles is zero. */
  private void takeNumbers(float[] a, int row, int rows) {
    int terms = tile.terms();
    int group = TileMemory.groupOfNumbers(tile);
    if (rows % Tile.ROWS != 0 || (end - p) % terms != 0) {
      Arrays.fill(a, 0, divideUp(end - p, terms) * group, 0);
    }
    float[][] lines = left.floats();
    int first = left.first(time);
    if (transposedLeft) {
      for (int q = p; q < end; q++) {
        float[] line = lines[first + q];
        int at = (q - p) / terms * group + (q - p) % terms;
        for (int i = 0; i < rows; i++) {
          a[at + i * terms] = line[row + i];
        }
      }
    } else {
      for (int i = 0; i < rows; i++) {
        takeLine(lines[first + row + i], a, i * terms, group);
      }
    }
  }

  private void takeLine(float[] line, float[] a, int start, int group) {
    int terms = tile.terms();
    int at = start;
    int q = p;
    if (terms == 4) {
      for (; q + 4 <= end; q += 4) {
        a[at] = line[q];
        a[at + 1] = line[q + 1];
        a[at + 2] = line[q + 2];
        a[at + 3] = line[q + 3];
        at += group;
      }
    }
    for (; q < end; q += terms) {
      System.arraycopy(line, q, a, at, Math.min(terms, end - q));
      at += group;
    }
  }

  private void begin(TileMemory.Place place, int row, int rows, int from, int columns) {
    Operand terms = addend;
    for (int i = 0; i < rows; i++) {
      float[] c = place.results[i / Tile.ROWS];
      int at = i % Tile.ROWS * Tile.STRIDE + place.first();
      if (p > 0) {
        System.arraycopy(result.floats()[result.first(time) + row + i], from, c, at, columns);
      } else if (terms == null) {
        Arrays.fill(c, at, at + columns, 0);
      } else {
        System.arraycopy(terms.repeated(row + i, time), from, c, at, columns);
      }
    }
  }

  private void store(TileMemory.Place place, int row, int rows, int from, int columns) {
    for (int i = 0; i < rows; i++) {
      float[] line = result.floats()[result.first(time) + row + i];
      int at = i % Tile.ROWS * Tile.STRIDE + place.first();
      System.arraycopy(place.results[i / Tile.ROWS], at, line, from, columns);
    }
  }

  private static int divideUp(int a, int b) {
    return (a + b - 1) / b;
  }
}
