package org.charrnn.graph.gradient;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.charrnn.graph.Block;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Liveness;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;
import org.charrnn.graph.program.Program;
import org.junit.jupiter.api.Test;

/** What is recorded; that the numbers are right is proved by finite differences elsewhere. */
class GradientsTest {

  private final Graph graph = new Graph();
  private final Tensor x = graph.input("x", Type.F32, Shape.of(2, 3));
  private final Tensor w = graph.parameter("w", Shape.of(3, 5));

  private static long count(List<Node> nodes, Class<? extends Op> kind) {
    return nodes.stream().filter(node -> kind.isInstance(node.op())).count();
  }

  private List<Node> live(Tensor... results) {
    return Liveness.prune(new Block(List.of(), graph.nodes(), List.of(results))).nodes();
  }

  @Test
  void of_lossThatIsNoScalar() {
    var error =
        assertThrows(IllegalArgumentException.class, () -> Gradients.of(x.matmul(w), List.of(w)));
    assertEquals(
        "only a scalar can be differentiated; sum the loss first: [2, 5]", error.getMessage());
  }

  @Test
  void of_lossOfASingleElement_countsAsScalar() {
    Tensor loss = x.matmul(w).sumTo(Shape.of(1));
    assertEquals(w.shape(), Gradients.of(loss, List.of(w)).getFirst().shape());
  }

  @Test
  void of_parameterOfAnotherGraph() {
    Tensor foreign = new Graph().parameter("foreign", Shape.of(3));
    var error =
        assertThrows(IllegalArgumentException.class, () -> Gradients.of(x.sum(), List.of(foreign)));
    assertEquals("this tensor belongs to another graph: foreign[3]", error.getMessage());
  }

  @Test
  void of_parameterWithoutInfluence_isZeros() {
    Tensor unused = graph.parameter("unused", Shape.of(4, 2));
    Tensor gradient = Gradients.of(x.matmul(w).sum(), List.of(unused)).getFirst();
    assertSame(graph.zeros(Shape.of(4, 2)), gradient);
  }

  @Test
  void of_eachParameter_hasItsShape() {
    Tensor bias = graph.parameter("bias", Shape.of(5));
    Tensor column = graph.parameter("column", Shape.of(2, 1));
    Tensor number = graph.parameter("number", Shape.SCALAR);
    Tensor table = graph.parameter("table", Shape.of(7, 5));
    Tensor ids = graph.input("ids", Type.I32, Shape.of(2));
    Tensor y =
        x.matmul(w).plus(bias).times(column).dividedBy(number).plus(ids.matmul(table)).tanh();
    List<Tensor> parameters = List.of(w, bias, column, number, table);
    List<Tensor> gradients = Gradients.of(y.sum(), parameters);
    for (int i = 0; i < parameters.size(); i++) {
      assertEquals(parameters.get(i).shape(), gradients.get(i).shape(), parameters.get(i).name());
    }
  }

  @Test
  void of_products_inEveryLayout_areProductsOfTheSameShape() {
    for (boolean transposeA : new boolean[] {false, true}) {
      for (boolean transposeB : new boolean[] {false, true}) {
        Graph fresh = new Graph();
        Tensor a = fresh.parameter("a", transposeA ? Shape.of(3, 2) : Shape.of(2, 3));
        Tensor b = fresh.parameter("b", transposeB ? Shape.of(5, 3) : Shape.of(3, 5));
        List<Tensor> gradients =
            Gradients.of(fresh.matmul(a, b, transposeA, transposeB).sum(), List.of(a, b));
        for (Tensor gradient : gradients) {
          Node node = fresh.definition(gradient);
          assertTrue(node != null && node.op() instanceof Op.MatMul);
        }
        assertEquals(a.shape(), gradients.get(0).shape());
        assertEquals(b.shape(), gradients.get(1).shape());
      }
    }
  }

  @Test
  void of_gradientThatNobodyNeeds_isNotComputed() {
    Tensor gradient = Gradients.of(x.matmul(w).tanh().sum(), List.of(w)).getFirst();
    List<Node> nodes = live(gradient);
    assertEquals(2, count(nodes, Op.MatMul.class), "x * w and x^T * d, but no d * w^T");
  }

  @Test
  void of_crossEntropyOfAGradient() {
    Tensor ids = graph.input("ids", Type.I32, Shape.of(2));
    Tensor gradient =
        Gradients.of(graph.crossEntropy(x.matmul(w), ids).sum(), List.of(w)).getFirst();
    var error =
        assertThrows(
            IllegalArgumentException.class, () -> Gradients.of(gradient.sum(), List.of(w)));
    assertEquals("the second derivative of the cross entropy is not supported", error.getMessage());
  }

  @Test
  void of_greaterThan_isZero() {
    Tensor gradient = Gradients.of(w.greaterThan(graph.constant(0)).sum(), List.of(w)).getFirst();
    assertSame(graph.zeros(w.shape()), gradient);
  }

  // ---- loops

  private final Tensor sequence = graph.input("sequence", Type.F32, Shape.of(4, 2, 3));
  private final Tensor h = graph.leaf(Role.CARRIED_STATE, Type.F32, "h", Shape.of(2, 3));
  private final Tensor u = graph.parameter("u", Shape.of(3, 3));

  private Graph.Scanned scan(UnaryOperator<Tensor> next) {
    return graph.scan(
        List.of(sequence),
        List.of(h),
        (slices, carried) -> {
          Tensor state = next.apply(carried.getFirst().plus(slices.getFirst()));
          return new Graph.StepResult(List.of(state), List.of(state));
        });
  }

  @Test
  void of_weightInALoop_isOneProductOutside() {
    Graph.Scanned scanned = scan(sum -> sum.matmul(u).tanh());
    Tensor gradient = Gradients.of(scanned.outputs().getFirst().sum(), List.of(u)).getFirst();
    Node product = graph.definition(gradient);
    assertNotNull(product);
    assertEquals(new Op.MatMul(true, false), product.op());
    assertEquals(8, product.inputs().get(0).shape().rows(), "the rows of all steps");
    Op.Scan backward =
        (Op.Scan)
            live(gradient).stream()
                .map(Node::op)
                .filter(op -> op instanceof Op.Scan)
                .toList()
                .getLast();
    assertTrue(backward.reverse());
    assertEquals(
        1, count(backward.body().nodes(), Op.MatMul.class), "only the gradient of the state");
  }

  @Test
  void of_weightUsedTwiceInALoop_isASumOfTwoProducts() {
    Graph.Scanned scanned = scan(sum -> sum.matmul(u).tanh().matmul(u).tanh());
    Tensor gradient = Gradients.of(scanned.last().getFirst().sum(), List.of(u)).getFirst();
    Node sum = graph.definition(gradient);
    assertTrue(sum != null && sum.op() instanceof Op.Elementwise && sum.inputs().size() == 2);
    sum.inputs().forEach(term -> assertTrue(graph.definition(term).op() instanceof Op.MatMul));
  }

  @Test
  void of_initialStateAndSequence_haveTheirShapes() {
    Graph.Scanned scanned = scan(sum -> sum.matmul(u).tanh());
    List<Tensor> gradients = Gradients.of(scanned.last().getFirst().sum(), List.of(h, sequence));
    assertEquals(
        List.of(h.shape(), sequence.shape()), gradients.stream().map(Tensor::shape).toList());
  }

  @Test
  void of_weightThatNoStateDependsOn_needsNoStateInTheBackwardLoop() {
    Graph.Scanned scanned =
        graph.scan(
            List.of(sequence),
            List.of(h),
            (slices, carried) -> {
              Tensor state = carried.getFirst().plus(slices.getFirst()).tanh();
              return new Graph.StepResult(List.of(state), List.of(state.matmul(u).tanh()));
            });
    Tensor gradient = Gradients.of(scanned.outputs().getFirst().sum(), List.of(u)).getFirst();
    assertEquals(u.shape(), gradient.shape());
    assertTrue(graph.definition(gradient).op() instanceof Op.MatMul);
    graph.output("gradient", gradient);
    assertFalse(Compiler.compile(graph, "p").instructions().isEmpty());
  }

  @Test
  void of_resultOfALoopThatTheParameterDoesNotReach_isZeros() {
    Graph.Scanned scanned =
        graph.scan(
            List.of(sequence),
            List.of(h),
            (slices, carried) -> {
              Tensor state = carried.getFirst().plus(slices.getFirst()).tanh();
              return new Graph.StepResult(List.of(state), List.of(state, state.matmul(u)));
            });
    Tensor gradient = Gradients.of(scanned.outputs().getFirst().sum(), List.of(u)).getFirst();
    assertSame(graph.zeros(u.shape()), gradient);
  }

  @Test
  void of_scalarsInALoop_areStackedAsAColumn() {
    Tensor number = graph.parameter("number", Shape.SCALAR);
    Graph.Scanned scanned =
        graph.scan(
            List.of(sequence),
            List.of(h),
            (slices, carried) -> {
              Tensor sum =
                  carried.getFirst().matmul(u).sum().tanh(); // a scalar that the gradient needs
              Tensor state =
                  carried.getFirst().plus(slices.getFirst()).times(sum).times(number).tanh();
              return new Graph.StepResult(List.of(state), List.of(sum, state.sum()));
            });
    Tensor loss = scanned.outputs().get(0).sum().plus(scanned.outputs().get(1).sum());
    List<Tensor> gradients = Gradients.of(loss, List.of(u, number, h));
    assertEquals(
        List.of(u.shape(), Shape.SCALAR, h.shape()),
        gradients.stream().map(Tensor::shape).toList());
    graph.output("losses", scanned.outputs().get(1));
    for (int i = 0; i < gradients.size(); i++) {
      graph.output("g" + i, gradients.get(i));
    }
    Program program = Compiler.compile(graph, "p");
    assertEquals(Shape.of(4, 1), program.buffer("losses").shape());
  }

  @Test
  void of_cheapValues_areComputedAgainRatherThanStacked() {
    Graph.Scanned scanned =
        scan(sum -> {
          Tensor gate = sum.matmul(u).sigmoid();
          return gate.subtractedFrom(1).times(sum);
        });
    Tensor gradient = Gradients.of(scanned.last().getFirst().sum(), List.of(u)).getFirst();
    List<Node> loops =
        live(gradient).stream().filter(node -> node.op() instanceof Op.Scan).toList();
    Op.Scan forward = (Op.Scan) loops.getFirst().op();
    Expression oneMinus = Expression.of(BinaryFunction.SUBTRACT);
    List<Tensor> stacked = forward.body().outputs().subList(1, forward.body().outputs().size());
    assertTrue(
        forward.body().nodes().stream()
            .anyMatch(node -> node.op().equals(new Op.Elementwise(oneMinus))));
    for (Node node : forward.body().nodes()) {
      if (node.op().equals(new Op.Elementwise(oneMinus))) {
        assertFalse(
            stacked.contains(node.outputs().getFirst()), "1 - gate is stacked though gate is");
      }
    }
  }

  @Test
  void of_valuesThatFollowInAFewCheapSteps_areComputedAgainRatherThanStacked() {
    Graph.Scanned scanned =
        scan(sum -> {
          Tensor candidate = sum.maximum(0).plus(sum.sigmoid().minimum(0.5));
          return sum.matmul(u).sigmoid().times(candidate);
        });
    Tensor gradient = Gradients.of(scanned.last().getFirst().sum(), List.of(u)).getFirst();
    Op.Scan forward =
        live(gradient).stream()
            .flatMap(node -> node.op() instanceof Op.Scan scan ? Stream.of(scan) : Stream.empty())
            .findFirst()
            .orElseThrow();
    List<Tensor> outputs = forward.body().outputs();
    List<Op> stacked =
        forward.body().nodes().stream()
            .filter(node -> outputs.subList(1, outputs.size()).contains(node.outputs().getFirst()))
            .map(Node::op)
            .toList();
    Op.Elementwise sigmoid = new Op.Elementwise(Expression.of(UnaryFunction.SIGMOID));
    assertEquals(2, stacked.stream().filter(sigmoid::equals).count());
    for (BinaryFunction cheap : List.of(BinaryFunction.MAXIMUM, BinaryFunction.MINIMUM)) {
      assertFalse(stacked.contains(new Op.Elementwise(Expression.of(cheap))), cheap.name());
    }
  }

  @Test
  void of_sameLoss_twice_isTheSameGradient() {
    Tensor loss = x.matmul(w).tanh().sum();
    assertSame(
        Gradients.of(loss, List.of(w)).getFirst(), Gradients.of(loss, List.of(w)).getFirst());
  }
}
