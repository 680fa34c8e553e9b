package org.charrnn.accel.tornado.kernel;

import java.lang.classfile.CodeBuilder;
import java.util.List;
import org.charrnn.accel.tornado.layout.Grid;

/**
 * Matrix products whose results have the same shape, and expressions of their elements: the gate of
 * a cell in one launch. A work item computes its elements of all products and then the expressions,
 * while it has the elements in registers.
 *
 * @param statements the products and expressions, in order, all of one shape
 * @param form how the work is divided among work items
 */
public record ProductKernel(List<Statement> statements, Form form) implements Kernel {

  private static final int ROWS = 4;

  /** How the work is divided among work items. */
  public enum Form {
    /**
     * For processors and for few rows: a work item computes {@value #ROWS} rows of one column.
     * Adjacent work items, which a processor's driver combines to one vector, read adjacent
     * elements of the right operand and share the elements of the left one.
     */
    COLUMNS("by columns"),
    /**
     * For GPUs: a work-group of 16 x 16 work items for as many elements, see {@link SharedTile}.
     */
    SHARED_TILES("in tiles"),
    /** For GPUs and one large product: the same for 64 x 64 elements, see {@link LargeTile}. */
    LARGE_TILES("in large tiles"),

    /** For GPUs and one product so large that tiles of 128 x 128 elements keep it busy. */
    LARGEST_TILES("in the largest tiles");

    private final String description;

    Form(String description) {
      this.description = description;
    }

    /** Whether it is one of large tiles. */
    public boolean isLarge() {
      return this == LARGE_TILES || this == LARGEST_TILES;
    }

    /** The number of rows of a tile, if it has large tiles. */
    public int tile() {
      return LargeTile.size(rowsOfItem());
    }

    /** The number of rows that a work item computes. */
    int rowsOfItem() {
      return switch (this) {
        case COLUMNS -> ROWS;
        case SHARED_TILES -> 1;
        case LARGE_TILES -> 4;
        case LARGEST_TILES -> 8;
      };
    }

    /** How a product is computed, for messages. */
    public String description() {
      return description;
    }
  }

  /** Copies the list. */
  public ProductKernel {
    statements = List.copyOf(statements);
  }

  int rows() {
    return statements.getFirst().rows();
  }

  int columns() {
    return statements.getFirst().columns();
  }

  /** The number of rows that a work item computes. */
  int rowsOfItem() {
    return form.rowsOfItem();
  }

  /** The number of elements that a work item computes in each of its rows. */
  int columnsOfItem() {
    return form.isLarge() ? form.rowsOfItem() : 1;
  }

  /** Whether there are work items some of whose rows are beyond the last one. */
  boolean hasRowsBeyond() {
    return grid().globalY() * rowsOfItem() != rows();
  }

  /** Whether there are work items some of whose columns are beyond the last one. */
  boolean hasColumnsBeyond() {
    return grid().globalX() * columnsOfItem() != columns();
  }

  /** The launch of this kernel. */
  public Launch launch() {
    return new Launch("product", this, grid());
  }

  private Grid grid() {
    return switch (form) {
      case COLUMNS -> Grid.of(columns(), Math.ceilDiv(rows(), ROWS));
      case SHARED_TILES -> Grid.ofTiles(columns(), rows(), SharedTile.SIDE, SharedTile.SIDE);
      case LARGE_TILES, LARGEST_TILES ->
          Grid.ofTiles(columns(), rows(), form.tile(), LargeTile.SIDE);
    };
  }

  @Override
  public boolean usesBarriers() {
    return form != Form.COLUMNS;
  }

  @Override
  public void emit(CodeBuilder code, int step) {
    ProductEmitter.emit(code, this, step);
  }
}
