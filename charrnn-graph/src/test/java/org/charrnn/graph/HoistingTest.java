package org.charrnn.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

class HoistingTest {

  private static final int STEPS = 4;

  private Graph graph = new Graph();

  private Tensor weight(String name) {
    return graph.parameter(name, Shape.of(3, 3));
  }

  /**
   * The nodes around a loop whose new state is a function of the slice and the old state, and those
   * of its body.
   */
  private record Recorded(List<Op> outside, Block body) {
    long outside(Class<? extends Op> kind) {
      return outside.stream().filter(kind::isInstance).count();
    }

    long inside(Class<? extends Op> kind) {
      return body.nodes().stream().filter(node -> kind.isInstance(node.op())).count();
    }
  }

  private Recorded record(Tensor sequence, BinaryOperator<Tensor> step) {
    Tensor h = graph.leaf(Role.CARRIED_STATE, Type.F32, "h", Shape.of(2, 3));
    graph.scan(
        List.of(sequence),
        List.of(h),
        (slices, carried) ->
            new Graph.StepResult(
                List.of(step.apply(slices.getFirst(), carried.getFirst())), List.of()));
    Op.Scan scan = (Op.Scan) graph.nodes().getLast().op();
    return new Recorded(graph.nodes().stream().map(Node::op).toList(), scan.body());
  }

  private Tensor sequence() {
    return graph.input("x", Type.F32, Shape.of(STEPS, 2, 3));
  }

  @Test
  void productOfASlice_isOneProductOverTheWindow() {
    Tensor w = weight("w");
    Tensor u = weight("u");
    Recorded recorded = record(sequence(), (x, h) -> x.matmul(w).plus(h.matmul(u)).tanh());
    assertEquals(1, recorded.outside(Op.MatMul.class));
    assertEquals(1, recorded.inside(Op.MatMul.class));
    assertEquals(Shape.of(STEPS, 2, 3), graph.nodes().getFirst().outputs().getFirst().shape());
    assertFalse(recorded.body().captured().contains(w));
    assertTrue(recorded.body().captured().contains(u));
  }

  @Test
  void rowsOfATable_areLookedUpForTheWholeWindow() {
    Tensor w = weight("w");
    Tensor ids = graph.input("ids", Type.I32, Shape.of(STEPS, 2));
    Recorded recorded = record(ids, (x, h) -> x.matmul(w).plus(h));
    assertEquals(1, recorded.outside(Op.Gather.class));
    assertEquals(0, recorded.inside(Op.Gather.class));
  }

  @Test
  void productThatDependsOnTheState_stays() {
    Tensor w = weight("w");
    Recorded recorded = record(sequence(), (x, h) -> x.times(h).matmul(w));
    assertEquals(0, recorded.outside(Op.MatMul.class));
    assertEquals(1, recorded.inside(Op.MatMul.class));
  }

  @Test
  void cheapElementwise_stays() {
    Tensor bias = graph.parameter("bias", Shape.of(3));
    Recorded recorded = record(sequence(), (x, h) -> x.plus(bias).tanh().plus(h));
    assertEquals(0, recorded.outside(Op.Elementwise.class));
    assertEquals(3, recorded.inside(Op.Elementwise.class));
  }

  @Test
  void elementwiseThatAProductNeeds_movesWithIt() {
    Tensor bias = graph.parameter("bias", Shape.of(3));
    Tensor w = weight("w");
    Recorded recorded = record(sequence(), (x, h) -> x.plus(bias).tanh().matmul(w).plus(h));
    assertEquals(1, recorded.outside(Op.MatMul.class));
    assertEquals(2, recorded.outside(Op.Elementwise.class));
    assertEquals(1, recorded.body().nodes().size());
  }

  @Test
  void numbersThatAProductNeeds_moveWithIt() {
    Tensor w = weight("w");
    Recorded recorded = record(sequence(), (x, h) -> x.times(0.5).matmul(w).plus(h));
    assertEquals(1, recorded.outside(Op.MatMul.class));
    assertEquals(0, recorded.inside(Op.MatMul.class));
    assertEquals(1, recorded.body().nodes().size());
  }

  @Test
  void productOfAProduct_movesToo() {
    Tensor w = weight("w");
    Tensor u = weight("u");
    Recorded recorded = record(sequence(), (x, h) -> x.matmul(w).tanh().matmul(u).plus(h));
    assertEquals(2, recorded.outside(Op.MatMul.class));
    assertEquals(0, recorded.inside(Op.MatMul.class));
  }

  @Test
  void rowThatRepeatsOverTheBatch_asManyStepsAsRows_isNotTakenForABatch() {
    // [T, H] would repeat to [T, B, H] where T = B, but as rows of the batch instead of steps.
    Tensor rows = graph.input("rows", Type.F32, Shape.of(2, 3));
    Tensor x = graph.input("x", Type.F32, Shape.of(2, 2, 3));
    Tensor h = graph.leaf(Role.CARRIED_STATE, Type.F32, "h", Shape.of(2, 3));
    Tensor w = weight("w");
    graph.scan(
        List.of(x, rows),
        List.of(h),
        (slices, carried) ->
            new Graph.StepResult(
                List.of(slices.get(0).plus(slices.get(1)).matmul(w).plus(carried.getFirst())),
                List.of()));
    Op.Scan scan = (Op.Scan) graph.nodes().getLast().op();
    assertEquals(List.of(x, rows), graph.nodes().getLast().inputs().subList(0, scan.sequences()));
    assertTrue(scan.body().nodes().stream().anyMatch(node -> node.op() instanceof Op.MatMul));
  }

  @Test
  void productThatIsStacked_staysInTheBody() {
    Tensor w = weight("w");
    Tensor h = graph.leaf(Role.CARRIED_STATE, Type.F32, "h", Shape.of(2, 3));
    Tensor x = sequence();
    graph.scan(
        List.of(x),
        List.of(h),
        (slices, carried) ->
            new Graph.StepResult(
                List.of(carried.getFirst().tanh()), List.of(slices.getFirst().matmul(w))));
    Op.Scan scan = (Op.Scan) graph.nodes().getLast().op();
    assertTrue(scan.body().nodes().stream().anyMatch(node -> node.op() instanceof Op.MatMul));
  }

  @Test
  void graphWithoutHoisting_keepsProductsInTheBody() {
    graph = new Graph(EnumSet.complementOf(EnumSet.of(Optimization.HOISTING)));
    Tensor w = weight("w");
    Recorded recorded = record(sequence(), (x, h) -> x.matmul(w).plus(h));
    assertEquals(0, recorded.outside(Op.MatMul.class));
    assertEquals(1, recorded.inside(Op.MatMul.class));
  }
}
