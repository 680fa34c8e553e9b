package org.charrnn.testkit.graph;

import static org.charrnn.testkit.graph.LossCheck.check;
import static org.charrnn.testkit.graph.LossCheck.weigh;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The gradient of each op against finite differences. */
class OpGradientTest {

  private static final Shape FULL = Shape.of(2, 3, 4); // [T, B, H]

  /** Shapes that broadcast to {@code FULL}. */
  private static final List<Shape> SMALLER =
      List.of(
          Shape.SCALAR,
          Shape.of(1),
          Shape.of(4),
          Shape.of(1, 4),
          Shape.of(1, 1),
          Shape.of(3, 1),
          Shape.of(3, 4),
          Shape.of(1, 3, 4),
          Shape.of(2, 3, 1),
          FULL);

  // ---- element-wise

  @TestFactory
  Stream<DynamicTest> unary() {
    return Stream.of(
        unary("negate", Tensor::negate),
        unary("tanh", Tensor::tanh),
        unary("sigmoid", Tensor::sigmoid),
        unary("exp", Tensor::exp),
        unary("square", Tensor::square),
        unary("sqrt", a -> a.square().plus(0.3).sqrt()),
        unary("log", a -> a.square().plus(0.3).log()),
        unary("plus a number", a -> a.plus(3)),
        unary("times a number", a -> a.times(-0.7)),
        unary("times one", a -> a.times(1).tanh()),
        unary("divided by a number", a -> a.dividedBy(3)),
        unary("from a number", a -> a.subtractedFrom(1).tanh()),
        unary("larger of a number", a -> a.maximum(0.1)),
        unary("smaller of a number", a -> a.minimum(-0.1)),
        unary("with itself", a -> a.times(a).plus(a).dividedBy(a.square().plus(1))),
        unary("itself and its mean", a -> a.minus(a.mean()).square()),
        unary("mean", a -> a.square().mean()),
        unary("greater contributes nothing", a -> a.tanh().plus(a.greaterThan(a.negate()))));
  }

  private static DynamicTest unary(String name, UnaryOperator<Tensor> function) {
    return DynamicTest.dynamicTest(
        name, () -> check(graph -> weigh(function.apply(graph.parameter("a", FULL)))));
  }

  @TestFactory
  Stream<DynamicTest> binary() {
    return Stream.of(
            binary("plus", Tensor::plus),
            binary("minus", Tensor::minus),
            binary("times", Tensor::times),
            binary("dividedBy", (a, b) -> a.dividedBy(b.square().plus(0.5))),
            binary("maximum", Tensor::maximum),
            binary("minimum", Tensor::minimum))
        .flatMap(tests -> tests);
  }

  /** The smaller operand on either side. */
  private static Stream<DynamicTest> binary(String name, BinaryOperator<Tensor> function) {
    return SMALLER.stream()
        .map(smaller ->
            DynamicTest.dynamicTest(
                name + " of " + smaller,
                () -> {
                  check(graph -> weigh(function.apply(full(graph), small(graph, smaller))));
                  check(graph -> weigh(function.apply(small(graph, smaller), full(graph))));
                }));
  }

  private static Tensor full(Graph graph) {
    return graph.parameter("full", FULL);
  }

  private static Tensor small(Graph graph, Shape shape) {
    return graph.parameter("small", shape);
  }

  // ---- broadcasting and sums

  @TestFactory
  Stream<DynamicTest> broadcastAndSum() {
    return SMALLER.stream()
        .map(smaller ->
            DynamicTest.dynamicTest(
                smaller.toString(),
                () -> {
                  check(graph -> weigh(small(graph, smaller).broadcastTo(FULL).tanh()));
                  check(graph -> weigh(full(graph).tanh().sumTo(smaller).square()));
                }));
  }

  // ---- products

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void matmul(boolean transposeA, boolean transposeB) {
    Shape a = transposeA ? Shape.of(3, 5) : Shape.of(5, 3);
    Shape b = transposeB ? Shape.of(4, 3) : Shape.of(3, 4);
    check(graph ->
        weigh(
            graph
                .matmul(graph.parameter("a", a), graph.parameter("b", b), transposeA, transposeB)
                .tanh()));
  }

  @ParameterizedTest
  @CsvSource({"false, false", "true, false", "false, true", "true, true"})
  void matmul_ofItself(boolean transposeA, boolean transposeB) {
    check(graph -> {
      Tensor a = graph.parameter("a", Shape.of(4, 4));
      return weigh(graph.matmul(a, a, transposeA, transposeB).tanh());
    });
  }

  @Test
  void matmul_ofASequence_andOfARow() {
    check(graph -> {
      Tensor w = graph.parameter("w", Shape.of(4, 5));
      Tensor row = graph.parameter("row", Shape.of(4));
      Tensor sequence = full(graph).matmul(w).plus(graph.parameter("bias", Shape.of(5)));
      return weigh(sequence.tanh()).plus(weigh(row.matmul(w).square()));
    });
  }

  @Test
  void matmul_transposedSequence() {
    check(graph -> {
      Tensor other = graph.parameter("other", Shape.of(2, 3, 5));
      Tensor scores = graph.matmul(full(graph), other, true, false); // [4, 5]
      Tensor back = full2(graph).matmulTransposed(scores); // [2, 3, 5] * [4, 5]^T
      return weigh(back.tanh());
    });
  }

  private static Tensor full2(Graph graph) {
    return graph.parameter("full2", Shape.of(2, 3, 5));
  }

  // ---- ids

  @Test
  void gather_repeatedIds() {
    check(
        3,
        graph -> {
          Tensor table = graph.parameter("table", Shape.of(5, 4));
          Tensor ids = graph.input("ids", Type.I32, Shape.of(4, 3));
          return weigh(ids.matmul(table).tanh()).plus(weigh(graph.gather(table.square(), ids)));
        });
  }

  @Test
  void scatterAdd_repeatedIds_valuesOfAnyShape() {
    check(
        3,
        graph -> {
          Tensor ids = graph.input("ids", Type.I32, Shape.of(3, 2));
          Tensor flat = graph.parameter("flat", Shape.of(6, 4));
          Tensor deep = graph.parameter("deep", Shape.of(3, 2, 4));
          Tensor sum =
              graph.scatterAdd(flat.tanh(), ids, 5).plus(graph.scatterAdd(deep.square(), ids, 5));
          return weigh(sum.tanh());
        });
  }

  @Test
  void crossEntropy_upstreamsOfAllKinds() {
    check(
        4,
        graph -> {
          Tensor logits = graph.parameter("logits", Shape.of(3, 2, 4));
          Tensor targets = graph.input("targets", Type.I32, Shape.of(3, 2));
          Tensor losses = graph.crossEntropy(logits.times(3), targets);
          return weigh(losses).plus(losses.mean()).plus(losses.square().sum());
        });
  }

  @Test
  void crossEntropy_productOfLosses() {
    check(
        4,
        graph -> {
          Tensor targets = graph.input("targets", Type.I32, Shape.of(5));
          Tensor first = graph.crossEntropy(graph.parameter("a", Shape.of(5, 4)), targets);
          Tensor second = graph.crossEntropy(graph.parameter("b", Shape.of(5, 4)), targets);
          return first.times(second).sum();
        });
  }

  @Test
  void uniform_isAConstant() {
    check(graph -> {
      Tensor seed = graph.input("seed", Type.I32, Shape.SCALAR);
      Tensor kept = graph.uniform(seed, 1, FULL).greaterThan(graph.constant(0.5));
      return weigh(full(graph).times(kept).tanh());
    });
  }

  // ---- whole graphs

  @Test
  void unusedParameter_hasZeros() {
    check(graph -> {
      graph.parameter("unused", Shape.of(2, 2));
      return weigh(full(graph).tanh());
    });
  }

  @Test
  void valueReadByThreeBranches() {
    check(graph -> {
      Tensor a = full(graph);
      Tensor b = graph.parameter("b", Shape.of(4));
      Tensor shared = a.times(b).tanh(); // read by three branches
      return weigh(shared.times(shared)).plus(weigh(shared.exp())).plus(shared.sum());
    });
  }
}
