package org.charrnn.api;

import org.charrnn.graph.Shape;

/**
 * The declaration of a parameter, of a cell or of a network.
 *
 * <p><b>Thread safety.</b> Immutable.
 *
 * @param name its name, unique in its layer, such as {@code U_r}
 * @param shape its shape
 * @param kind whether it is a weight or a bias
 * @param initializer sets its initial values
 */
public record ParameterSpec(String name, Shape shape, Kind kind, Initializer initializer) {

  /** The kind of a parameter. */
  public enum Kind {
    /** A matrix that multiplies. A profile may prescribe how weights are initialized. */
    WEIGHT,
    /** A vector that is added or that scales units; initialized as its cell says. */
    BIAS
  }

  /**
   * {@return a weight {@code [rows, columns]}, initially uniform in {@code +-1/sqrt(columns)}, as
   * in the recurrent layers of PyTorch if {@code columns} is the hidden size}
   *
   * @param name the name, unique in the layer
   * @param rows the number of rows, at least 1
   * @param columns the number of columns, at least 1
   * @throws IllegalArgumentException if a number is below 1, or the weight would have more than
   *     {@link Integer#MAX_VALUE} elements
   */
  public static ParameterSpec weight(String name, int rows, int columns) {
    return weight(name, rows, columns, Initializer.uniform(1 / Math.sqrt(columns)));
  }

  /**
   * {@return a weight {@code [rows, columns]} with its own initialization}
   *
   * @param name the name, unique in the layer
   * @param rows the number of rows, at least 1
   * @param columns the number of columns, at least 1
   * @param initializer sets its initial values
   * @throws IllegalArgumentException if a number is below 1, or the weight would have more than
   *     {@link Integer#MAX_VALUE} elements
   */
  public static ParameterSpec weight(String name, int rows, int columns, Initializer initializer) {
    return new ParameterSpec(name, Shape.of(rows, columns), Kind.WEIGHT, initializer);
  }

  /**
   * {@return a bias {@code [columns]}, initially zero}
   *
   * @param name the name, unique in the layer
   * @param columns the number of columns, at least 1
   * @throws IllegalArgumentException if it is below 1
   */
  public static ParameterSpec bias(String name, int columns) {
    return bias(name, columns, Initializer.zeros());
  }

  /**
   * {@return a bias {@code [columns]} with its own initialization}
   *
   * @param name the name, unique in the layer
   * @param columns the number of columns, at least 1
   * @param initializer sets its initial values
   * @throws IllegalArgumentException if {@code columns} is below 1
   */
  public static ParameterSpec bias(String name, int columns, Initializer initializer) {
    return new ParameterSpec(name, Shape.of(columns), Kind.BIAS, initializer);
  }
}
