package org.charrnn.accel.java.runtime;

/**
 * The inner loops over one row, which each accelerator writes in its own way. A row is given as an
 * array, the index of its first element, and the number of its elements.
 *
 * <p><b>Thread safety.</b> None; each worker has its own.
 */
public interface RowMath {

  /** The maximum of a row. */
  float maximum(float[] x, int start, int count);

  /** The sum of a row. */
  double sum(float[] x, int start, int count);

  /** {@code y = exp(x - shift)}. */
  void exp(float[] x, int xStart, float shift, float[] y, int yStart, int count);

  /** {@code x *= factor}. */
  void scale(float[] x, int start, int count, float factor);

  /** {@code y += x}. */
  void add(float[] x, int xStart, float[] y, int yStart, int count);
}
