package org.charrnn.accel.java.rows;

import java.util.Arrays;
import org.charrnn.accel.java.runtime.Operand;
import org.charrnn.accel.java.runtime.Task;
import org.charrnn.accel.java.team.Rate;
import org.charrnn.accel.java.team.Work;
import org.charrnn.accel.java.team.WorkSplit;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.graph.Operands;
import org.jspecify.annotations.Nullable;

/**
 * A matrix product in tiles. The sums are computed a part of their length at a time, and for that
 * part some rows and some columns of the result: rows of the right operand are copied to where a
 * {@link RowTile} reads them, a few groups at a time, and used for all those rows of the result.
 *
 * <p>Each sum runs over {@code k} in order, for any number of workers, which split the rows of the
 * result, or the columns if rows are few.
 */
final class TiledProduct implements Task, Work {

  /** Rows of the result that are computed together. */
  static final int PANEL = TileMemory.TILES * RowTile.ROWS;

  /** The panels for each worker from which on rows are split. */
  private static final int ENOUGH_PANELS = 4;

  /** With fewer columns for a worker, a tile is no faster. */
  private static final int FEWEST_COLUMNS = 64;

  private static final int ALIGNED = 16; // whole vectors

  private final boolean transposedLeft;
  private final Operand left;
  private final PanelSource right;
  private final @Nullable Operand addend;
  private final Operand result;
  private final WorkerTeam team;
  private final RowTile tile;
  private final TileMemory memory;
  private final int k;
  private final int depth;
  private final boolean split;
  private int t;
  private int p; // the part of the sums that is being computed
  private int end;

  TiledProduct(
      Operands.MatMul<Operand> product,
      PanelSource right,
      RowTile tile,
      TileMemory memory,
      WorkerTeam team) {
    this.transposedLeft = product.transposeLeft();
    this.left = product.left();
    this.right = right;
    this.addend = product.addend().orElse(null);
    this.result = product.result();
    this.tile = tile;
    this.memory = memory;
    this.team = team;
    this.k = transposedLeft ? left.rows() : left.columns();
    this.depth = depth(k);
    this.split = Rate.PRODUCT.isWorthSplitting((long) result.elements() * k);
  }

  /** The length of a part of sums of {@code k} terms. */
  static int depth(int k) {
    int parts = Math.ceilDiv(k, TileMemory.DEPTH);
    int aligned = 3 * ALIGNED; // whole groups, of 3 terms or 4
    return Math.min(k, Math.ceilDiv(Math.ceilDiv(k, parts), aligned) * aligned);
  }

  @Override
  public void run(int t) {
    this.t = t;
    memory.use();
    for (p = 0; p < k; p += depth) {
      end = Math.min(k, p + depth);
      right.prepare(t, p, end);
      team.run(this, split);
    }
  }

  @Override
  public void run(int worker, int workers) {
    int rows = result.rows();
    int columns = result.columns();
    boolean byColumns =
        rows < ENOUGH_PANELS * PANEL * workers && columns >= FEWEST_COLUMNS * workers;
    if (byColumns) {
      int first = WorkSplit.start(columns, worker, workers);
      multiply(worker, 0, rows, first, WorkSplit.start(columns, worker + 1, workers));
    } else {
      int groups = Math.ceilDiv(rows, RowTile.ROWS);
      int first = WorkSplit.start(groups, worker, workers) * RowTile.ROWS;
      int end = Math.min(rows, WorkSplit.start(groups, worker + 1, workers) * RowTile.ROWS);
      multiply(worker, first, end, 0, columns);
    }
  }

  private void multiply(int worker, int firstRow, int endRow, int firstColumn, int endColumn) {
    TileMemory.Place place = memory.of(worker);
    int columns = endColumn - firstColumn;
    int width = Math.ceilDiv(columns, Math.ceilDiv(columns, RowTile.COLUMNS));
    for (int row = firstRow; row < endRow; row += PANEL) {
      int rows = Math.min(PANEL, endRow - row);
      copyLeft(place.numbers, row, rows);
      for (int column = firstColumn; column < endColumn; column += width) {
        int count = Math.min(width, endColumn - column);
        initialize(place, row, rows, column, count);
        add(place, Math.ceilDiv(rows, RowTile.ROWS), column, count);
        store(place, row, rows, column, count);
      }
    }
  }

  private void add(TileMemory.Place place, int tiles, int column, int columns) {
    int terms = tile.terms();
    int step = RowTile.ROWS * terms;
    int first = place.first();
    int to = first + Math.ceilDiv(columns, ALIGNED) * ALIGNED;
    for (int q = p; q < end; q += TileMemory.GROUPS * terms) {
      int last = Math.min(end, q + TileMemory.GROUPS * terms);
      int groups = Math.ceilDiv(last - q, terms);
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

  /** Clears rows that are missing in the last group, which may contain NaN of earlier products. */
  private void clear(TileMemory.Place place, int rows, int columns, int first) {
    for (int row = rows; row % tile.terms() != 0; row++) {
      int from = row % tile.terms() * RowTile.STRIDE + first;
      Arrays.fill(place.operands[row / tile.terms()], from, from + columns, 0);
    }
  }

  /** Copies some rows of the left operand, padded with zeros to whole tiles. */
  private void copyLeft(float[] a, int row, int rows) {
    int terms = tile.terms();
    int group = TileMemory.groupOfNumbers(tile);
    if (rows % RowTile.ROWS != 0 || (end - p) % terms != 0) {
      Arrays.fill(a, 0, Math.ceilDiv(end - p, terms) * group, 0);
    }
    if (transposedLeft) {
      for (int q = p; q < end; q++) {
        float[] line = left.array(q, t);
        int at = (q - p) / terms * group + (q - p) % terms;
        for (int i = 0; i < rows; i++) {
          a[at + i * terms] = line[row + i];
        }
      }
    } else {
      for (int i = 0; i < rows; i++) {
        copyLine(left.array(row + i, t), a, i * terms, group);
      }
    }
  }

  private void copyLine(float[] line, float[] a, int start, int group) {
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

  private void initialize(TileMemory.Place place, int row, int rows, int from, int columns) {
    for (int i = 0; i < rows; i++) {
      float[] c = place.results[i / RowTile.ROWS];
      int at = i % RowTile.ROWS * RowTile.STRIDE + place.first();
      if (p > 0) {
        System.arraycopy(result.array(row + i, t), from, c, at, columns);
      } else if (addend == null) {
        Arrays.fill(c, at, at + columns, 0);
      } else {
        System.arraycopy(addend.array((row + i) % addend.rows(), t), from, c, at, columns);
      }
    }
  }

  private void store(TileMemory.Place place, int row, int rows, int from, int columns) {
    for (int i = 0; i < rows; i++) {
      float[] line = result.array(row + i, t);
      int at = i % RowTile.ROWS * RowTile.STRIDE + place.first();
      System.arraycopy(place.results[i / RowTile.ROWS], at, line, from, columns);
    }
  }
}
