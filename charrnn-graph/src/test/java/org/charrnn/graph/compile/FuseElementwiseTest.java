package org.charrnn.graph.compile;

import static org.charrnn.graph.compile.Compiled.count;
import static org.charrnn.graph.compile.Compiled.countConstants;
import static org.charrnn.graph.compile.Compiled.evaluate;
import static org.charrnn.graph.compile.Compiled.expression;
import static org.charrnn.graph.compile.Compiled.nodes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.charrnn.graph.Block;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Liveness;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;
import org.junit.jupiter.api.Test;

class FuseElementwiseTest {

  private final Graph graph = new Graph();
  private final Tensor a = graph.input("a", Type.F32, Shape.of(3, 3));
  private final Tensor b = graph.input("b", Type.F32, Shape.of(3, 3));

  private Block fuse(Tensor... outputs) {
    for (Tensor output : outputs) {
      graph.output("y" + graph.outputs().size(), output);
    }
    Block block = Liveness.prune(FuseElementwise.apply(Compiled.block(graph)));
    assertTrue(Compiled.isInOrder(block));
    return block;
  }

  @Test
  void chain_isOneExpression() {
    Tensor y = a.times(b).tanh().plus(a);
    Block block = fuse(y);
    assertEquals(1, block.nodes().size());
    Node node = block.nodes().getFirst();
    assertEquals(List.of(a, b), node.inputs());
    assertEquals(List.of(y), node.outputs());
    assertArrayEquals(
        new double[] {Math.tanh(0.3 * -2) + 0.3}, evaluate(expression(node), 0.3, -2), 1e-12);
  }

  @Test
  void diamond_isComputedOnce() {
    Tensor shared = a.tanh();
    Block block = fuse(shared.exp().times(shared.negate()));
    assertEquals(1, block.nodes().size());
    Expression expression = expression(block.nodes().getFirst());
    assertEquals(1, count(expression, UnaryFunction.TANH));
    double t = Math.tanh(0.7);
    assertArrayEquals(new double[] {Math.exp(t) * -t}, evaluate(expression, 0.7), 1e-12);
  }

  @Test
  void numbers_areWrittenIntoTheExpression_once() {
    Tensor y = a.times(3).plus(b.times(3)).dividedBy(7);
    Block block = fuse(y);
    assertEquals(1, block.nodes().size());
    Expression expression = expression(block.nodes().getFirst());
    assertEquals(2, expression.operands());
    assertEquals(2, countConstants(expression));
    assertArrayEquals(new double[] {(2 * 3 + 5 * 3) / 7.0}, evaluate(expression, 2, 5), 1e-12);
  }

  @Test
  void valuesReadElsewhere_leaveAsFurtherResults() {
    Tensor inner = a.tanh();
    Tensor outer = inner.times(b);
    Tensor product = inner.matmul(b);
    Block block = fuse(outer, product);
    Node fused = nodes(block, Op.Elementwise.class).getFirst();
    assertEquals(List.of(inner, outer), fused.outputs());
    assertArrayEquals(
        new double[] {Math.tanh(0.5), Math.tanh(0.5) * 4},
        evaluate(expression(fused), 0.5, 4),
        1e-12);
  }

  @Test
  void detourThroughAProduct_keepsGroupsApart() {
    Tensor before = a.tanh();
    Tensor after = before.matmul(b).plus(before);
    Block block = fuse(after);
    assertEquals(2, nodes(block, Op.Elementwise.class).size());
    assertEquals(3, block.nodes().size());
  }

  @Test
  void detourOfTheWholeGroup_keepsGroupsApart() {
    // first -> product -> second and first -> middle -> second: middle may join one of the two,
    // never both.
    Tensor first = a.tanh();
    Tensor middle = first.exp();
    Tensor second = first.matmul(b).plus(middle).sqrt();
    Block block = fuse(second);
    assertEquals(2, nodes(block, Op.Elementwise.class).size());
  }

  @Test
  void detoursCrossing_doNotMakeACircle() {
    // Two chains, each of which waits for a product of the other's beginning.
    Tensor left = a.tanh();
    Tensor right = b.tanh();
    Tensor leftEnd = left.plus(right.matmul(a)).exp();
    Tensor rightEnd = right.plus(left.matmul(b)).exp();
    Block block = fuse(leftEnd, rightEnd, leftEnd.plus(rightEnd).plus(left));
    assertTrue(nodes(block, Op.Elementwise.class).size() >= 3);
  }

  @Test
  void differentShapes_areNotJoined() {
    Tensor row = graph.parameter("row", Shape.of(3));
    Block block = fuse(row.tanh().plus(a).exp());
    List<Node> elementwise = nodes(block, Op.Elementwise.class);
    assertEquals(2, elementwise.size());
    assertEquals(Shape.of(3), elementwise.getFirst().outputs().getFirst().shape());
  }

  @Test
  void smallerOperand_isReadByTheJoinedNode() {
    Tensor row = graph.parameter("row", Shape.of(3));
    Block block = fuse(a.plus(row).tanh());
    assertEquals(1, block.nodes().size());
    assertEquals(List.of(a, row), block.nodes().getFirst().inputs());
  }

  @Test
  void repetition_takesPartAsAnOperand() {
    Tensor row = graph.parameter("row", Shape.of(3));
    Block block = fuse(row.broadcastTo(a.shape()).times(a));
    assertEquals(1, block.nodes().size());
    assertEquals(0, count(expression(block.nodes().getFirst()), UnaryFunction.IDENTITY));
  }

  @Test
  void repetitionAlone_staysACopy() {
    Tensor row = graph.parameter("row", Shape.of(3));
    Block block = fuse(row.broadcastTo(a.shape()));
    assertArrayEquals(new double[] {6}, evaluate(expression(block.nodes().getFirst()), 6));
  }

  @Test
  void zeros_areANumberInTheShape() {
    Tensor zeros = graph.zeros(Shape.of(3, 3));
    Block block = fuse(zeros);
    assertEquals(1, block.nodes().size());
    Node node = block.nodes().getFirst();
    assertEquals(List.of(), node.inputs());
    assertEquals(Shape.of(3, 3), node.outputs().getFirst().shape());
    assertArrayEquals(new double[] {0}, evaluate(expression(node)));
  }

  @Test
  void numberThatIsAnOutput_stays() {
    Tensor number = graph.constant(5);
    Block block = fuse(number, a.times(number));
    assertEquals(2, block.nodes().size());
    assertEquals(
        1,
        nodes(block, Op.Elementwise.class).stream()
            .filter(node -> node.outputs().contains(number))
            .count());
  }

  @Test
  void numberThatAProductOrSumReads_stays() {
    Block block = fuse(graph.constant(2).broadcastTo(Shape.of(3, 3)).matmul(a));
    assertEquals(2, block.nodes().size());
  }

  @Test
  void nothingToJoin_nodesKeepTheirOrder() {
    Tensor product = a.matmul(b);
    Block block = fuse(product.tanh().matmul(a), product.exp().matmul(b));
    assertEquals(
        Compiled.block(graph).nodes().stream().map(Node::outputs).toList(),
        block.nodes().stream().map(Node::outputs).toList());
  }

  @Test
  void appliedTwice_changesNothingMore() {
    graph.output("y", a.times(b).tanh().matmul(b).plus(a).exp());
    Block once = Liveness.prune(FuseElementwise.apply(Compiled.block(graph)));
    assertEquals(once, Liveness.prune(FuseElementwise.apply(once)));
  }
}
