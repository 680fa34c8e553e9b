package org.charrnn.graph;

/**
 * A symbol for an array of numbers: it has a shape and a type, but no data.
 *
 * <p>Methods such as {@link #plus} record a {@link Node} on the innermost {@link Graph} of their
 * operands and return the symbol of its result, so a formula in code reads as on paper.
 * Element-wise functions broadcast the smaller operand to the shape of the larger one if {@link
 * Shape#broadcastsTo} allows it; otherwise they throw an {@link IllegalArgumentException} that
 * names both shapes.
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

  /** A new symbol of the same graph, for a pass that rewrites nodes. */
  public Tensor sibling(Type type, Shape shape) {
    return new Tensor(graph, type, shape, "", Role.TEMPORARY);
  }

  /** The graph on which this tensor was recorded. */
  public Graph graph() {
    return graph;
  }

  /** The type of the elements. */
  public Type type() {
    return type;
  }

  /** The shape. */
  public Shape shape() {
    return shape;
  }

  /** The name of a leaf; empty for computed tensors. */
  public String name() {
    return name;
  }

  /** The role in the program; {@link Role#TEMPORARY} for computed tensors. */
  public Role role() {
    return role;
  }

  /** Whether the caller provides this tensor: a parameter, a state or an input. */
  public boolean isLeaf() {
    return role != Role.TEMPORARY;
  }

  /** {@code this + other}. */
  public Tensor plus(Tensor other) {
    return binary(BinaryFunction.ADD, other);
  }

  /** {@code this + number}. */
  public Tensor plus(double number) {
    return plus(graph.constant(number));
  }

  /** {@code this - other}. */
  public Tensor minus(Tensor other) {
    return binary(BinaryFunction.SUBTRACT, other);
  }

  /** {@code number - this}; for example {@code z.subtractedFrom(1)} for {@code 1 - z}. */
  public Tensor subtractedFrom(double number) {
    return graph.constant(number).minus(this);
  }

  /** {@code this * other}, element by element. */
  public Tensor times(Tensor other) {
    return binary(BinaryFunction.MULTIPLY, other);
  }

  /** {@code this * number}. */
  public Tensor times(double number) {
    return times(graph.constant(number));
  }

  /** {@code this / other}, element by element. */
  public Tensor dividedBy(Tensor other) {
    return binary(BinaryFunction.DIVIDE, other);
  }

  /** {@code this / number}. */
  public Tensor dividedBy(double number) {
    return dividedBy(graph.constant(number));
  }

  /** The larger of {@code this} and {@code other}. */
  public Tensor maximum(Tensor other) {
    return binary(BinaryFunction.MAXIMUM, other);
  }

  /** The larger of {@code this} and {@code number}. */
  public Tensor maximum(double number) {
    return maximum(graph.constant(number));
  }

  /** The smaller of {@code this} and {@code other}. */
  public Tensor minimum(Tensor other) {
    return binary(BinaryFunction.MINIMUM, other);
  }

  /** The smaller of {@code this} and {@code number}. */
  public Tensor minimum(double number) {
    return minimum(graph.constant(number));
  }

  /** 1 where {@code this > other}, else 0. Its gradient is zero. */
  public Tensor greaterThan(Tensor other) {
    return binary(BinaryFunction.GREATER, other);
  }

  /** {@code -this}. */
  public Tensor negate() {
    return unary(UnaryFunction.NEGATE);
  }

  /** {@code this * this}. */
  public Tensor square() {
    return times(this);
  }

  /** The square root; NaN below zero. */
  public Tensor sqrt() {
    return unary(UnaryFunction.SQRT);
  }

  /** {@code e} to the power of {@code this}. */
  public Tensor exp() {
    return unary(UnaryFunction.EXP);
  }

  /** The natural logarithm. */
  public Tensor log() {
    return unary(UnaryFunction.LOG);
  }

  /** The hyperbolic tangent. */
  public Tensor tanh() {
    return unary(UnaryFunction.TANH);
  }

  /** The logistic function {@code 1 / (1 + exp(-this))}. */
  public Tensor sigmoid() {
    return unary(UnaryFunction.SIGMOID);
  }

  /** This tensor broadcast to {@code shape}. */
  public Tensor broadcastTo(Shape shape) {
    return graph.broadcast(this, shape);
  }

  /**
   * Matrix product {@code this [m, k] * weight [k, n] -> [m, n]}. If this tensor holds ids, they
   * represent one-hot rows and the product is the rows of {@code weight} that they name, so a cell
   * treats both kinds of input the same way.
   */
  public Tensor matmul(Tensor weight) {
    Graph target = Graph.innermost(this, weight);
    return type == Type.I32
        ? target.gather(weight, this)
        : target.matmul(this, weight, false, false);
  }

  /**
   * Matrix product with a weight stored transposed: {@code this [m, k] * weight [n, k] -> [m, n]}.
   */
  public Tensor matmulTransposed(Tensor weight) {
    return Graph.innermost(this, weight).matmul(this, weight, false, true);
  }

  /** The sum of all elements, a scalar. */
  public Tensor sum() {
    return sumTo(Shape.SCALAR);
  }

  /** The mean of all elements, a scalar. */
  public Tensor mean() {
    return sum().times(1.0 / shape.elements());
  }

  /**
   * The sum over all elements to which an element of a tensor of shape {@code smaller} would be
   * broadcast.
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

  /** The name, if any, and the shape. */
  @Override
  public String toString() {
    return name + shape;
  }
}
