package org.charrnn.graph;

import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.UnaryFunction;

/**
 * A symbol for an array of numbers: it has a shape and a type, but no data.
 *
 * <p>Methods such as {@link #plus} record a {@link Node} on the innermost {@link Graph} of their
 * operands and return the symbol of its result, so a formula in code reads as on paper.
 * Element-wise functions broadcast the smaller operand to the shape of the larger one if {@link
 * Shape#broadcastsTo} allows it; otherwise they throw an {@link IllegalArgumentException} that
 * names both shapes. All methods that record a node throw one if an operand is of integers, except
 * for the ids of {@link #matmul}, or if the operands belong to unrelated graphs.
 *
 * <p>Constants are folded, and neutral elements dropped: {@code x.times(1)} is {@code x}.
 *
 * <p>Tensors are compared by identity.
 *
 * <p><b>Thread safety.</b> None: one thread records a graph.
 */
public final class Tensor {

  private final Graph graph;
  private final Type type;
  private final Shape shape;
  private final String name;
  private final Role role;

  Tensor(Graph graph, Type type, Shape shape, String name, Role role) {
    this.graph = graph;
    this.type = type;
    this.shape = shape;
    this.name = name;
    this.role = role;
  }

  /**
   * {@return a new symbol of the same graph, which no node computes yet, for a pass that rewrites
   * nodes}
   *
   * @param type the type of its elements
   * @param shape its shape
   */
  public Tensor sibling(Type type, Shape shape) {
    return new Tensor(graph, type, shape, "", Role.TEMPORARY);
  }

  /** {@return the graph on which this tensor was recorded} */
  public Graph graph() {
    return graph;
  }

  /** {@return the type of the elements} */
  public Type type() {
    return type;
  }

  /** {@return the shape} */
  public Shape shape() {
    return shape;
  }

  /** {@return the name of a leaf; empty for computed tensors} */
  public String name() {
    return name;
  }

  /** {@return the role in the program; {@link Role#TEMPORARY} for computed tensors} */
  public Role role() {
    return role;
  }

  /** {@return whether the caller provides this tensor: a parameter, a state or an input} */
  public boolean isLeaf() {
    return role != Role.TEMPORARY;
  }

  /**
   * {@return {@code this + other}}
   *
   * @param other the other operand
   */
  public Tensor plus(Tensor other) {
    return binary(BinaryFunction.ADD, other);
  }

  /**
   * {@return {@code this + number}}
   *
   * @param number the other operand
   */
  public Tensor plus(double number) {
    return plus(graph.constant(number));
  }

  /**
   * {@return {@code this - other}}
   *
   * @param other the other operand
   */
  public Tensor minus(Tensor other) {
    return binary(BinaryFunction.SUBTRACT, other);
  }

  /**
   * {@return {@code number - this}; for example {@code z.subtractedFrom(1)} for {@code 1 - z}}
   *
   * @param number the other operand
   */
  public Tensor subtractedFrom(double number) {
    return graph.constant(number).minus(this);
  }

  /**
   * {@return {@code this * other}, element by element}
   *
   * @param other the other operand
   */
  public Tensor times(Tensor other) {
    return binary(BinaryFunction.MULTIPLY, other);
  }

  /**
   * {@return {@code this * number}}
   *
   * @param number the other operand
   */
  public Tensor times(double number) {
    return times(graph.constant(number));
  }

  /**
   * {@return {@code this / other}, element by element, as floats divide: infinite or NaN where
   * {@code other} is 0}
   *
   * @param other the other operand
   */
  public Tensor dividedBy(Tensor other) {
    return binary(BinaryFunction.DIVIDE, other);
  }

  /**
   * {@return {@code this / number}}
   *
   * @param number the other operand
   */
  public Tensor dividedBy(double number) {
    return dividedBy(graph.constant(number));
  }

  /**
   * {@return the larger of {@code this} and {@code other}, element by element; NaN if either is}
   * Where they are equal, the gradient flows to {@code other}.
   *
   * @param other the other operand
   */
  public Tensor maximum(Tensor other) {
    return binary(BinaryFunction.MAXIMUM, other);
  }

  /**
   * {@return the larger of {@code this} and {@code number}; NaN where this tensor is} Its gradient
   * is 0 where they are equal.
   *
   * @param number the other operand
   */
  public Tensor maximum(double number) {
    return maximum(graph.constant(number));
  }

  /**
   * {@return the smaller of {@code this} and {@code other}, element by element; NaN if either is}
   * Where they are equal, the gradient flows to {@code other}.
   *
   * @param other the other operand
   */
  public Tensor minimum(Tensor other) {
    return binary(BinaryFunction.MINIMUM, other);
  }

  /**
   * {@return the smaller of {@code this} and {@code number}; NaN where this tensor is} Its gradient
   * is 0 where they are equal.
   *
   * @param number the other operand
   */
  public Tensor minimum(double number) {
    return minimum(graph.constant(number));
  }

  /**
   * {@return 1 where {@code this > other}, else 0} Its gradient is zero.
   *
   * @param other the other operand
   */
  public Tensor greaterThan(Tensor other) {
    return binary(BinaryFunction.GREATER, other);
  }

  /** {@return {@code -this}} */
  public Tensor negate() {
    return unary(UnaryFunction.NEGATE);
  }

  /** {@return {@code this * this}} */
  public Tensor square() {
    return times(this);
  }

  /** {@return the square root; NaN below zero} */
  public Tensor sqrt() {
    return unary(UnaryFunction.SQRT);
  }

  /** {@return {@code e} to the power of {@code this}} */
  public Tensor exp() {
    return unary(UnaryFunction.EXP);
  }

  /** {@return the natural logarithm; negative infinity at zero, NaN below it} */
  public Tensor log() {
    return unary(UnaryFunction.LOG);
  }

  /** {@return the hyperbolic tangent} */
  public Tensor tanh() {
    return unary(UnaryFunction.TANH);
  }

  /** {@return the logistic function {@code 1 / (1 + exp(-this))}} */
  public Tensor sigmoid() {
    return unary(UnaryFunction.SIGMOID);
  }

  /**
   * {@return this tensor broadcast to {@code shape}}
   *
   * @param shape the shape of the result
   * @throws IllegalArgumentException if this tensor cannot be broadcast to it, see {@link
   *     Shape#broadcastsTo}
   */
  public Tensor broadcastTo(Shape shape) {
    return graph.broadcast(this, shape);
  }

  /**
   * {@return the matrix product {@code this [m, k] * weight [k, n] -> [m, n]}} It keeps the leading
   * axes of this tensor. If this tensor holds ids, they represent one-hot rows and the product is
   * the rows of {@code weight} that they name, so a cell treats both kinds of input the same way.
   *
   * @param weight the weight, of floats
   * @throws IllegalArgumentException if the sizes do not fit
   */
  public Tensor matmul(Tensor weight) {
    Graph target = Graph.innermost(this, weight);
    return type == Type.I32
        ? target.gather(weight, this)
        : target.matmul(this, weight, false, false);
  }

  /**
   * {@return the matrix product with a weight that is stored transposed: {@code this [m, k] *
   * weight [n, k] -> [m, n]}} It keeps the leading axes of this tensor.
   *
   * @param weight the weight
   * @throws IllegalArgumentException if the sizes do not fit
   */
  public Tensor matmulTransposed(Tensor weight) {
    return Graph.innermost(this, weight).matmul(this, weight, false, true);
  }

  /** {@return the sum of all elements, a scalar} */
  public Tensor sum() {
    return sumTo(Shape.SCALAR);
  }

  /** {@return the mean of all elements, a scalar} */
  public Tensor mean() {
    return sum().times(1.0 / shape.elements());
  }

  /**
   * {@return the sum over all elements to which an element of a tensor of shape {@code smaller}
   * would be broadcast}
   *
   * @param smaller the shape of the result
   * @throws IllegalArgumentException if it cannot be broadcast to the shape of this tensor
   */
  public Tensor sumTo(Shape smaller) {
    return graph.sum(this, smaller);
  }

  private Tensor unary(UnaryFunction function) {
    return graph.apply(function, this);
  }

  private Tensor binary(BinaryFunction function, Tensor other) {
    return Graph.innermost(this, other).apply(function, this, other);
  }

  /** {@return the name, if any, and the shape} */
  @Override
  public String toString() {
    return name + shape;
  }
}
