package org.charrnn.graph;

import java.util.List;
import java.util.Set;

/**
 * How the gradient of a result of one op flows to its operands. All that is computed is recorded on
 * one graph.
 */
final class GradientRules {

  private final Graph graph;
  private final Set<Tensor> needed;
  private final Adjoints adjoints;

  /**
   * @param graph where gradients are recorded; an operand may belong to another graph that it can
   *     see
   * @param needed the tensors whose gradient is wanted; no other is computed
   */
  GradientRules(Graph graph, Set<Tensor> needed, Adjoints adjoints) {
    this.graph = graph;
    this.needed = needed;
    this.adjoints = adjoints;
  }

  void apply(Node node, Tensor upstream) {
    List<Tensor> inputs = node.inputs();
    switch (node.op()) {
      case Op.MatMul(boolean transposeA, boolean transposeB) ->
          product(inputs.get(0), inputs.get(1), transposeA, transposeB, upstream);
      case Op.Gather() -> {
        if (needed.contains(inputs.get(0))) {
          adjoints.add(
              inputs.get(0),
              graph.scatterAdd(upstream, inputs.get(1), inputs.get(0).shape().rows()));
        }
      }
      case Op.ScatterAdd _ -> {
        if (needed.contains(inputs.get(0))) {
          adjoints.add(inputs.get(0), graph.gather(upstream, inputs.get(1), inputs.get(0).shape()));
        }
      }
      case Op.Sum() -> {
        if (needed.contains(inputs.get(0))) {
          adjoints.add(inputs.get(0), graph.broadcast(upstream, inputs.get(0).shape()));
        }
      }
      case Op.CrossEntropy(boolean loss, boolean _) -> {
        if (!loss) {
          throw new IllegalArgumentException(
              "second derivatives of the cross entropy are not defined here");
        }
        adjoints.add(
            inputs.get(0), graph.crossEntropyGradient(inputs.get(0), inputs.get(1), upstream));
      }
      case Op.Elementwise(Expression expression) ->
          elementwise(expression, inputs, node.outputs().getFirst(), upstream);
      case Op.Uniform _, Op.UniqueRows _, Op.UpdateRows _, Op.Scan _ ->
          throw new IllegalStateException("no gradient flows through " + node.op());
    }
  }

  private void product(
      Tensor a, Tensor b, boolean transposeA, boolean transposeB, Tensor upstream) {
    if (needed.contains(a)) {
      adjoints.add(
          a,
          transposeA
              ? graph.matmul(b, upstream, transposeB, true, a.shape())
              : graph.matmul(upstream, b, false, !transposeB, a.shape()));
    }
    if (needed.contains(b)) {
      adjoints.add(
          b,
          transposeB
              ? graph.matmul(upstream, a, true, transposeA, b.shape())
              : graph.matmul(a, upstream, !transposeA, false, b.shape()));
    }
  }

  /** Before passes run, an expression is a single term. */
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
      case NEGATE -> flow(a, graph.apply(UnaryFunction.NEGATE, dy));
      case SQRT -> flow(a, divide(times(dy, graph.constant(0.5)), y));
      case EXP -> flow(a, times(dy, y));
      case LOG -> flow(a, divide(dy, a));
      case TANH -> flow(a, times(dy, oneMinus(times(y, y))));
      case SIGMOID -> flow(a, times(dy, times(y, oneMinus(y))));
    }
  }

  private void binary(BinaryFunction function, Tensor a, Tensor b, Tensor y, Tensor dy) {
    switch (function) {
      case GREATER -> {}
      case ADD -> {
        flow(a, dy);
        flow(b, dy);
      }
      case SUBTRACT -> {
        flow(a, dy);
        flow(b, graph.apply(UnaryFunction.NEGATE, dy));
      }
      case MULTIPLY -> {
        flow(a, times(dy, b));
        flow(b, times(dy, a));
      }
      case DIVIDE -> {
        flow(a, divide(dy, b));
        flow(b, graph.apply(UnaryFunction.NEGATE, divide(times(dy, y), b)));
      }
      case MAXIMUM -> choose(a, b, graph.apply(BinaryFunction.GREATER, a, b), dy);
      case MINIMUM -> choose(a, b, graph.apply(BinaryFunction.GREATER, b, a), dy);
    }
  }

  /** Sends the gradient to {@code a} where {@code first} is 1 and to {@code b} where it is 0. */
  private void choose(Tensor a, Tensor b, Tensor first, Tensor dy) {
    flow(a, times(dy, first));
    flow(b, times(dy, oneMinus(first)));
  }

  /**
   * Adds to the gradient of an operand, summed over the repetitions if the operand was repeated.
   */
  private void flow(Tensor operand, Tensor gradient) {
    if (needed.contains(operand)) {
      adjoints.add(operand, graph.sum(gradient, operand.shape()));
    }
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
