package org.charrnn.interchange.layout;

import java.util.List;
import org.charrnn.graph.Shape;
import org.charrnn.text.checkpoint.HostTensor;

/** Transposes, stacks and cuts matrices. Nothing is rounded. */
public final class Matrices {

  private Matrices() {}

  /** {@code [r, c]} as {@code [c, r]}. */
  public static HostTensor transpose(HostTensor matrix) {
    int rows = matrix.shape().rows();
    int columns = matrix.shape().columns();
    float[] from = matrix.values();
    float[] to = new float[from.length];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        to[column * rows + row] = from[row * columns + column];
      }
    }
    return new HostTensor(Shape.of(columns, rows), to);
  }

  /** Matrices of equal width one below the other, {@code [sum of rows, columns]}. */
  public static HostTensor stack(List<HostTensor> matrices) {
    int columns = matrices.getFirst().shape().columns();
    int rows = matrices.stream().mapToInt(it -> it.shape().rows()).sum();
    return new HostTensor(Shape.of(rows, columns), concatenated(matrices));
  }

  /** Vectors in sequence, {@code [sum of lengths]}. */
  public static HostTensor concatenate(List<HostTensor> vectors) {
    float[] values = concatenated(vectors);
    return new HostTensor(Shape.of(values.length), values);
  }

  /** Block {@code index} of {@code count} blocks of equal height. */
  public static HostTensor block(HostTensor stacked, int index, int count) {
    int rows = stacked.shape().rows() / count;
    return rows(stacked, index * rows, rows);
  }

  /** Piece {@code index} of {@code count} pieces of equal length of a vector. */
  public static HostTensor piece(HostTensor vector, int index, int count) {
    int length = vector.shape().elements() / count;
    float[] values = new float[length];
    System.arraycopy(vector.values(), index * length, values, 0, length);
    return new HostTensor(Shape.of(length), values);
  }

  /** The sum of two tensors of one shape, rounded once. */
  public static HostTensor sum(HostTensor first, HostTensor second) {
    float[] values = first.values().clone();
    for (int i = 0; i < values.length; i++) {
      values[i] += second.values()[i];
    }
    return new HostTensor(first.shape(), values);
  }

  /** Some columns of a matrix, from {@code from} on. */
  public static HostTensor columns(HostTensor matrix, int from, int count) {
    int rows = matrix.shape().rows();
    int columns = matrix.shape().columns();
    float[] values = new float[rows * count];
    for (int row = 0; row < rows; row++) {
      System.arraycopy(matrix.values(), row * columns + from, values, row * count, count);
    }
    return new HostTensor(Shape.of(rows, count), values);
  }

  /** Some rows of a matrix, from {@code from} on. */
  public static HostTensor rows(HostTensor matrix, int from, int count) {
    int columns = matrix.shape().columns();
    float[] values = new float[count * columns];
    System.arraycopy(matrix.values(), from * columns, values, 0, values.length);
    return new HostTensor(Shape.of(count, columns), values);
  }

  private static float[] concatenated(List<HostTensor> tensors) {
    float[] values = new float[tensors.stream().mapToInt(it -> it.shape().elements()).sum()];
    int at = 0;
    for (HostTensor tensor : tensors) {
      System.arraycopy(tensor.values(), 0, values, at, tensor.values().length);
      at += tensor.values().length;
    }
    return values;
  }
}
