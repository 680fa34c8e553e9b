package org.charrnn.graph.gradient;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Operands;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;

/**
 * The gradient rules: how the gradient of the result of an op flows to its operands. All gradients
 * are recorded on one graph.
 */
final class GradientRules {

  private final Graph graph;
  private final Set<Tensor> needed;
  private final Adjoints adjoints;

  /**
   * Creates the rules for one graph.
   *
   * @param graph the graph on which gradients are recorded; operands may belong to another graph
   *     that is visible from it
   * @param needed the tensors whose gradients are computed
   * @param adjoints the gradients so far
   */
  GradientRules(Graph graph, Set<Tensor> needed, Adjoints adjoints) {
    this.graph = graph;
    this.needed = needed;
    this.adjoints = adjoints;
  }

  /**
   * Adds the gradients of the operands of a kernel.
   *
   * @param upstream the gradient of its first result
   */
  void apply(Node node, Tensor upstream) {
    if (!(node.op() instanceof Op.Kernel kernel)) {
      throw new IllegalStateException("a loop inside a loop has no gradient: " + node.op());
    }
    switch (Operands.of(kernel, node.inputs(), node.outputs())) {
      case Operands.MatMul<Tensor> product -> product(product, upstream);
      case Operands.Gather<Tensor>(Tensor table, Tensor ids, Tensor _) ->
          add(table, () -> graph.scatterAdd(upstream, ids, table.shape().rows()));
      case Operands.ScatterAdd<Tensor>(Tensor values, Tensor ids, Tensor _) ->
          add(values, () -> graph.gather(upstream, ids, values.shape()));
      case Operands.Sum<Tensor>(Tensor operand, Tensor _) ->
          add(operand, () -> graph.broadcast(upstream, operand.shape()));
      case Operands.CrossEntropy<Tensor> entropy -> crossEntropy(entropy, upstream);
      case Operands.Elementwise<Tensor>(
              Expression expression,
              List<Tensor> operands,
              List<Tensor> results) ->
          elementwise(expression, operands, results.getFirst(), upstream);
      case Operands.Uniform<Tensor> _,
          Operands.UniqueRows<Tensor> _,
          Operands.UpdateRows<Tensor> _ ->
          throw new IllegalStateException("no gradient flows through " + kernel);
    }
  }

  private void product(Operands.MatMul<Tensor> product, Tensor upstream) {
    Tensor a = product.left();
    Tensor b = product.right();
    boolean transposeA = product.transposeLeft();
    boolean transposeB = product.transposeRight();
    add(
        a,
        () ->
            transposeA
                ? graph.matmul(b, upstream, transposeB, true, a.shape())
                : graph.matmul(upstream, b, false, !transposeB, a.shape()));
    add(
        b,
        () ->
            transposeB
                ? graph.matmul(upstream, a, true, transposeA, b.shape())
                : graph.matmul(a, upstream, !transposeA, false, b.shape()));
  }

  private void crossEntropy(Operands.CrossEntropy<Tensor> entropy, Tensor upstream) {
    if (entropy.loss().isEmpty()) {
      throw new IllegalArgumentException(
          "the second derivative of the cross entropy is not supported");
    }
    Tensor logits = entropy.logits();
    add(logits, () -> graph.crossEntropyGradient(logits, entropy.targets(), upstream));
  }

  /** The expression is a single term, since passes have not run yet. */
  private void elementwise(Expression expression, List<Tensor> inputs, Tensor y, Tensor dy) {
    switch (expression.terms().getFirst()) {
      case Expression.Term.Constant _ -> {}
      case Expression.Term.Unary(UnaryFunction function, int _) ->
          unary(function, inputs.getFirst(), y, dy);
      case Expression.Term.Binary(BinaryFunction function, int _, int _) ->
          binary(function, inputs.get(0), inputs.get(1), y, dy);
    }
  }

  private void unary(UnaryFunction function, Tensor a, Tensor y, Tensor dy) {
    switch (function) {
      case IDENTITY -> flow(a, dy);
      case NEGATE -> flow(a, negate(dy));
      case SQRT -> flow(a, divide(times(dy, graph.constant(0.5)), y));
      case EXP -> flow(a, times(dy, y));
      case LOG -> flow(a, divide(dy, a));
      case TANH -> flow(a, times(dy, oneMinus(times(y, y))));
      case SIGMOID -> flow(a, times(dy, times(y, oneMinus(y))));
    }
  }

  private void binary(BinaryFunction function, Tensor a, Tensor b, Tensor y, Tensor dy) {
    switch (function) {
      case ADD -> {
        flow(a, dy);
        flow(b, dy);
      }
      case SUBTRACT -> {
        flow(a, dy);
        flow(b, negate(dy));
      }
      case MULTIPLY -> {
        flow(a, times(dy, b));
        flow(b, times(dy, a));
      }
      case DIVIDE -> {
        flow(a, divide(dy, b));
        flow(b, negate(divide(times(dy, y), b)));
      }
      case MAXIMUM -> choose(a, b, graph.apply(BinaryFunction.GREATER, a, b), dy);
      case MINIMUM -> choose(a, b, graph.apply(BinaryFunction.GREATER, b, a), dy);
      case GREATER -> {}
    }
  }

  /** Routes the gradient to {@code a} where {@code first} is 1 and to {@code b} where it is 0. */
  private void choose(Tensor a, Tensor b, Tensor first, Tensor dy) {
    flow(a, times(dy, first));
    flow(b, times(dy, oneMinus(first)));
  }

  /** Adds to the gradient of an operand, summed over the repetitions if it was broadcast. */
  private void flow(Tensor operand, Tensor gradient) {
    add(operand, () -> graph.sum(gradient, operand.shape()));
  }

  private void add(Tensor operand, Supplier<Tensor> gradient) {
    if (needed.contains(operand)) {
      adjoints.add(operand, gradient.get());
    }
  }

  private Tensor negate(Tensor a) {
    return graph.apply(UnaryFunction.NEGATE, a);
  }

  private Tensor times(Tensor a, Tensor b) {
    return graph.apply(BinaryFunction.MULTIPLY, a, b);
  }

  private Tensor divide(Tensor a, Tensor b) {
    return graph.apply(BinaryFunction.DIVIDE, a, b);
  }

  private Tensor oneMinus(Tensor a) {
    return graph.apply(BinaryFunction.SUBTRACT, graph.constant(1), a);
  }
}
