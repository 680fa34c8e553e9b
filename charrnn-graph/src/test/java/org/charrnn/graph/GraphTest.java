package org.charrnn.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GraphTest {

  private final Graph graph = new Graph();
  private final Tensor x = graph.input("x", Type.F32, Shape.of(2, 3));
  private final Tensor w = graph.parameter("w", Shape.of(3, 5));
  private final Tensor ids = graph.input("ids", Type.I32, Shape.of(4));

  // ---- recording

  @Test
  void record_sameOpOnSameOperands_once() {
    assertSame(x.matmul(w), x.matmul(w));
    assertSame(x.tanh(), x.tanh());
    assertSame(graph.constant(2), graph.constant(2));
    assertEquals(3, graph.nodes().size());
  }

  @Test
  void record_otherOperandsOrOtherShape_again() {
    assertNotSame(x.minus(x.tanh()), x.tanh().minus(x));
    assertNotSame(x.sumTo(Shape.of(3)), x.sumTo(Shape.SCALAR));
    assertNotSame(graph.constant(0.0), graph.constant(-0.0));
  }

  @Test
  void definition_nodeOfAResult() {
    Tensor product = x.matmul(w);
    Node node = graph.definition(product);
    assertNotNull(node);
    assertEquals(new Op.MatMul(false, false), node.op());
    assertEquals(List.of(x, w), node.inputs());
    assertNull(graph.definition(x));
  }

  @Test
  void apply_numbers_areFolded() {
    Tensor sum = graph.constant(2).plus(graph.constant(3)).times(4);
    assertSame(graph.constant(20), sum);
    assertSame(graph.constant(3), graph.constant(9).sqrt());
  }

  @Test
  void apply_neutralElements_areGone() {
    assertSame(x, x.plus(0));
    assertSame(x, graph.constant(0).plus(x));
    assertSame(x, x.minus(graph.constant(0)));
    assertSame(x, x.times(1));
    assertSame(x, graph.constant(1).times(x));
    assertSame(x, x.dividedBy(1));
  }

  @Test
  void apply_numberThatIsNotNeutral_stays() {
    assertNotSame(x, x.subtractedFrom(0));
    assertNotSame(x, graph.constant(1).dividedBy(x));
    assertNotSame(x, x.times(0));
  }

  @Test
  void apply_neutralElementThatRepeats_stays() {
    Tensor zeros = graph.zeros(Shape.of(7, 2, 3));
    assertEquals(Shape.of(7, 2, 3), x.plus(zeros).shape());
  }

  @Test
  void apply_smallerOperandRepeats() {
    Tensor row = graph.parameter("row", Shape.of(3));
    Tensor column = graph.parameter("column", Shape.of(2, 1));
    assertEquals(x.shape(), x.plus(row).shape());
    assertEquals(x.shape(), row.plus(x).shape());
    assertEquals(x.shape(), column.times(x).shape());
  }

  @Test
  void shapes_ofEveryOp() {
    Tensor sequence = graph.input("sequence", Type.F32, Shape.of(7, 2, 3));
    assertEquals(Shape.of(7, 2, 5), sequence.matmul(w).shape());
    assertEquals(Shape.of(2, 3), graph.matmul(x.matmul(w), w, false, true).shape());
    assertEquals(Shape.of(3, 3), graph.matmul(x, x, true, false).shape());
    assertEquals(Shape.of(4, 5), ids.matmul(w).shape());
    assertEquals(Shape.of(9, 5), graph.scatterAdd(ids.matmul(w), ids, 9).shape());
    assertEquals(Shape.of(4), graph.crossEntropy(ids.matmul(w), ids).shape());
    assertEquals(Shape.SCALAR, x.mean().shape());
    assertEquals(Shape.of(7, 2, 3), x.broadcastTo(Shape.of(7, 2, 3)).shape());
    assertSame(x, x.broadcastTo(x.shape()));
    assertSame(x, x.sumTo(x.shape()));
  }

  @Test
  void tensor_knowsWhatItIs() {
    assertEquals("w[3, 5]", w.toString());
    assertEquals("[2, 5]", x.matmul(w).toString());
    assertEquals(Role.PARAMETER, w.role());
    assertTrue(w.isLeaf());
    assertEquals(Role.TEMPORARY, x.tanh().role());
  }

  // ---- leaves, outputs, updates

  @Test
  void leaf_nameTwice() {
    assertMessage(
        "the name of a leaf must be new and not empty: 'w'",
        () -> graph.parameter("w", Shape.of(1)));
    assertMessage(
        "the name of a leaf must be new and not empty: ''", () -> graph.parameter("", Shape.of(1)));
  }

  @Test
  void leaf_nameOfAnOutput() {
    graph.output("loss", x.sum());
    assertMessage(
        "the name of a leaf must be new and not empty: 'loss'",
        () -> graph.input("loss", Type.F32, Shape.SCALAR));
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      names = {"TEMPORARY", "OUTPUT"})
  void leaf_roleThatIsNoLeaf(Role role) {
    assertMessage(
        "a leaf must be a parameter, a state or an input, not " + role + ": y",
        () -> graph.leaf(role, Type.F32, "y", Shape.SCALAR));
  }

  @Test
  void leaves_keepTheOrderOfDeclaration() {
    assertEquals(List.of("x", "w", "ids"), List.copyOf(graph.leaves().keySet()));
    assertThrows(UnsupportedOperationException.class, () -> graph.leaves().clear());
    assertThrows(UnsupportedOperationException.class, () -> graph.nodes().clear());
  }

  @Test
  void output_nameTaken() {
    graph.output("y", x.tanh());
    assertMessage(
        "the name of an output must be new and not empty: 'y'", () -> graph.output("y", x.exp()));
    assertMessage(
        "the name of an output must be new and not empty: 'x'", () -> graph.output("x", x.exp()));
    assertMessage(
        "the name of an output must be new and not empty: ''", () -> graph.output("", x.exp()));
  }

  @Test
  void output_leaf_isCopied() {
    graph.output("old", w);
    Tensor copy = graph.outputs().get("old");
    assertNotSame(w, copy);
    assertEquals(w.shape(), copy.shape());
    assertNotNull(graph.definition(copy));
  }

  @Test
  void output_ids_areRefused() {
    assertMessage("output 'y' must be F32: ids[4] is I32", () -> graph.output("y", ids));
  }

  @Test
  void update_whatIsNoLeaf() {
    assertMessage(
        "only a leaf of this graph can be updated: [2, 3]", () -> graph.update(x.tanh(), x));
    Tensor foreign = new Graph().parameter("w", Shape.of(3, 5));
    assertMessage(
        "only a leaf of this graph can be updated: w[3, 5]", () -> graph.update(foreign, w));
  }

  @Test
  void update_otherShape_namesBoth() {
    assertMessage("the update of w[3, 5] has another shape: [2, 3]", () -> graph.update(w, x));
  }

  @Test
  void update_ids_areRefused() {
    assertMessage("updated leaf must be F32: ids[4] is I32", () -> graph.update(ids, ids));
  }

  @Test
  void update_twice() {
    graph.update(w, w.times(2));
    assertMessage("updated twice: w[3, 5]", () -> graph.update(w, w.times(3)));
  }

  @Test
  void results_outputsThenUpdates() {
    Tensor output = x.tanh();
    Tensor update = w.times(2);
    graph.update(w, update);
    graph.output("y", output);
    assertEquals(List.of(output, update), List.copyOf(graph.results()));
  }

  // ---- mistakes of shape and type

  @Test
  void matmul_innerSizesDiffer_namesBoth() {
    assertMessage(
        "matrix product of w[3, 5] and x[2, 3]: 5 columns against 2 rows", () -> w.matmul(x));
    assertMessage(
        "matrix product of x[2, 3] and w[3, 5]^T: 3 columns against 5 rows",
        () -> x.matmulTransposed(w));
    assertMessage(
        "matrix product of x[2, 3]^T and w[3, 5]: 2 columns against 3 rows",
        () -> graph.matmul(x, w, true, false));
  }

  @Test
  void apply_shapesDiffer_namesBoth() {
    assertMessage(
        "ADD of shapes x[2, 3] and w[3, 5]: neither can be broadcast to the other",
        () -> x.plus(w));
  }

  @Test
  void sumAndBroadcast_shapesDoNotFit_namesBoth() {
    assertMessage("cannot sum x[2, 3] to shape [5]", () -> x.sumTo(Shape.of(5)));
    assertMessage("cannot broadcast x[2, 3] to shape [4, 3]", () -> x.broadcastTo(Shape.of(4, 3)));
  }

  @Test
  void scatterAdd_rowsDiffer_namesBoth() {
    assertMessage(
        "scatterAdd needs a row of values for each id: values [2, 3], ids [4]",
        () -> graph.scatterAdd(x, ids, 9));
  }

  @Test
  void crossEntropy_rowsDiffer_namesBoth() {
    assertMessage(
        "crossEntropy needs a row of logits for each target: logits x[2, 3], targets ids[4]",
        () -> graph.crossEntropy(x, ids));
  }

  @Test
  void crossEntropyGradient_rowsOrUpstreamDiffer_namesBoth() {
    Tensor one = graph.constant(1);
    assertMessage(
        "crossEntropy needs a row of logits for each target: logits x[2, 3], targets ids[4]",
        () -> graph.crossEntropyGradient(x, ids, one));
    assertMessage(
        "the gradient of the losses must be a scalar or of the shape of the targets: gradient"
            + " w[3, 5], targets ids[4]",
        () -> graph.crossEntropyGradient(graph.zeros(Shape.of(4, 3)), ids, w));
  }

  @Test
  void resultOfAnotherShape_isRefused() {
    assertEquals(Shape.of(2, 2, 5), graph.gather(w, ids, Shape.of(2, 2, 5)).shape());
    assertMessage(
        "the result of gather has shape [4, 5], which [3, 5] does not fit",
        () -> graph.gather(w, ids, Shape.of(3, 5)));
    assertMessage(
        "the result of matmul has shape [2, 5], which [2, 3] does not fit",
        () -> graph.matmul(x, w, false, false, Shape.of(2, 3)));
  }

  @Test
  void gather_tableOfAnotherRank() {
    Tensor vector = graph.parameter("vector", Shape.of(5));
    assertMessage("a table must have shape [rows, columns]: vector[5]", () -> ids.matmul(vector));
  }

  @Test
  void types_areChecked() {
    assertMessage("operand of ADD must be F32: ids[4] is I32", () -> ids.plus(1));
    assertMessage("operand of TANH must be F32: ids[4] is I32", ids::tanh);
    assertMessage("right operand must be F32: ids[4] is I32", () -> x.matmul(ids));
    assertMessage("left operand must be F32: ids[4] is I32", () -> ids.matmulTransposed(w));
    assertMessage("table must be F32: ids[4] is I32", () -> graph.gather(ids, ids));
    assertMessage("ids must be I32: x[2, 3] is F32", () -> graph.gather(w, x));
    assertMessage("values must be F32: ids[4] is I32", () -> graph.scatterAdd(ids, ids, 3));
    assertMessage("ids must be I32: w[3, 5] is F32", () -> graph.scatterAdd(x, w, 3));
    assertMessage("logits must be F32: ids[4] is I32", () -> graph.crossEntropy(ids, ids));
    assertMessage("targets must be I32: w[3, 5] is F32", () -> graph.crossEntropy(x, w));
    assertMessage("summed value must be F32: ids[4] is I32", ids::sum);
    assertMessage(
        "broadcast value must be F32: ids[4] is I32", () -> ids.broadcastTo(Shape.of(3, 4)));
  }

  @Test
  void tensorsOfAnotherGraph_areRefused() {
    Tensor foreign = new Graph().parameter("foreign", Shape.of(2, 3));
    String message = "this tensor belongs to another graph: foreign[2, 3]";
    assertMessage(message, () -> x.plus(foreign));
    assertMessage(message, () -> graph.output("y", foreign));
    assertMessage(message, () -> graph.update(x, foreign));
  }

  private static void assertMessage(String message, Runnable mistake) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, mistake::run).getMessage());
  }
}
