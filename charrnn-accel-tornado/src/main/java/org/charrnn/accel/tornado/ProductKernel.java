package org.charrnn.accel.tornado;

import java.lang.classfile.CodeBuilder;
import java.util.List;

/**
 * Matrix products whose results have one shape, and expressions of their elements: the gate of a
 * cell in one launch. A work item computes its elements of all products and goes on with the
 * expressions while it has them in registers.
 *
 * <p>It has one of two forms. In tiles, for GPUs, it does one element, in a group of 16 x 16, see
 * {@link Tile}. In columns, for processors and for few rows, it does {@value #ROWS} rows of one
 * column, so that neighbouring work items, which a processor's driver turns into one vector, read
 * neighbouring elements of {@code b} and share those of {@code a}.
 *
 * @param statements what is computed, in order, all of one shape
 * @param inTiles which form
 */
record ProductKernel(List<Statement> statements, boolean inTiles) implements Kernel {

  private static final int ROWS = 4;

  /** Copies the list. */
  ProductKernel {
    statements = List.copyOf(statements);
  }

  int rows() {
    return statements.getFirst().rows();
  }

  int columns() {
    return statements.getFirst().columns();
  }

  /** How many rows a work item does. */
  int rowsOfItem() {
    return inTiles ? 1 : ROWS;
  }

  Launch launch() {
    Grid grid =
        inTiles
            ? new Grid(
                Grid.roundUp(columns(), Tile.SIDE),
                Grid.roundUp(rows(), Tile.SIDE),
                Tile.SIDE,
                Tile.SIDE)
            : Grid.of(columns(), Grid.ceilDiv(rows(), ROWS));
    return new Launch("product", this, grid);
  }

  @Override
  public boolean waits() {
    return inTiles;
  }

  @Override
  public void write(CodeBuilder code, int step) {
    ProductWriter.write(code, this, step);
  }
}
