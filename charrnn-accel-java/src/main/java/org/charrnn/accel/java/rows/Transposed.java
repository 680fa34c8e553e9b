package org.charrnn.accel.java.rows;

/**
 * A right operand that is stored transposed, {@code [n, k]}, turned into rows {@code [k][n]}
 * whenever it is run.
 */
final class Transposed implements Right, Step {

  private static final int BLOCK =
      32; // rows and columns turned at a time stay in the first-level cache

  private final Operand source;
  private final float[][] turned;

  Transposed(Operand source) {
    this.source = source;
    this.turned = new float[source.columns()][source.rows()];
  }

  @Override
  public float[][] rows() {
    return turned;
  }

  @Override
  public int first(int time) {
    return 0;
  }

  @Override
  public void run(int time) {
    for (int row = 0; row < source.rows(); row += BLOCK) {
      int lastRow = Math.min(source.rows(), row + BLOCK);
      for (int column = 0; column < source.columns(); column += BLOCK) {
        turn(source.first(time), row, lastRow, column, Math.min(source.columns(), column + BLOCK));
      }
    }
  }

  private void turn(int first, int row, int lastRow, int column, int lastColumn) {
    for (int i = row; i < lastRow; i++) {
      float[] line = source.floats()[first + i];
      for (int j = column; j < lastColumn; j++) {
        turned[j][i] = line[j];
      }
    }
  }
}
