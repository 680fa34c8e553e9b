package org.charrnn.accel.tornado;

import java.lang.classfile.CodeBuilder;
import java.util.List;

/**
 * Matrix products whose results have one shape, and expressions of their elements: the gate of a
 * cell in one launch. A work item computes its elements of all products and goes on with the
 * expressions while it has them in registers.
 *
 * @param statements what is computed, in order, all of one shape
 * @param form how the work is divided
 */
record ProductKernel(List<Statement> statements, Form form) implements Kernel {

  private static final int ROWS = 4;

  /** How the work is divided among work items. */
  enum Form {
    /**
     * For processors and for few rows: a work item does {@value #ROWS} rows of one column, so that
     * neighbouring work items, which a processor's driver turns into one vector, read neighbouring
     * elements of the second operand and share those of the first.
     */
    COLUMNS("by columns"),
    /** For GPUs: a group of 16 x 16 work items does as many elements, see {@link Tile}. */
    TILES("in tiles"),
    /** For GPUs and one large product: such a group does 64 x 64 elements, see {@link Block}. */
    BLOCKS("in large tiles");

    private final String description;

    Form(String description) {
      this.description = description;
    }

    /** How a product is computed, for messages. */
    String description() {
      return description;
    }
  }

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
    return switch (form) {
      case COLUMNS -> ROWS;
      case TILES -> 1;
      case BLOCKS -> BlockWriter.EACH;
    };
  }

  /** How many elements of each of its rows a work item does. */
  int columnsOfItem() {
    return form == Form.BLOCKS ? BlockWriter.EACH : 1;
  }

  /** Whether there are work items whose rows, or some of them, lie beyond the last one. */
  boolean hasRowsBeyond() {
    return grid().globalY() * rowsOfItem() != rows();
  }

  /** Whether there are work items whose columns, or some of them, lie beyond the last one. */
  boolean hasColumnsBeyond() {
    return grid().globalX() * columnsOfItem() != columns();
  }

  Launch launch() {
    return new Launch("product", this, grid());
  }

  private Grid grid() {
    return switch (form) {
      case COLUMNS -> Grid.of(columns(), Grid.ceilDiv(rows(), ROWS));
      case TILES -> Grid.ofTiles(columns(), rows(), Tile.SIDE, Tile.SIDE);
      case BLOCKS -> Grid.ofTiles(columns(), rows(), Block.TILE, Block.SIDE);
    };
  }

  @Override
  public boolean waits() {
    return form != Form.COLUMNS;
  }

  @Override
  public void write(CodeBuilder code, int step) {
    ProductWriter.write(code, this, step);
  }
}
