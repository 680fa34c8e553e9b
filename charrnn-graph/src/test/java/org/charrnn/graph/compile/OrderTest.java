package org.charrnn.graph.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.charrnn.graph.Block;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;
import org.junit.jupiter.api.Test;

class OrderTest {

  private final Graph graph = new Graph();
  private final Tensor x = graph.input("x", Type.F32, Shape.of(3));

  private static Block block(List<Node> nodes) {
    return new Block(List.of(), nodes, List.of());
  }

  @Test
  void sort_whatIsInOrder_staysAsItIs() {
    x.tanh().plus(x.exp()).times(x.tanh());
    assertEquals(graph.nodes(), Order.sort(block(graph.nodes())).nodes());
  }

  @Test
  void sort_reversed_isInOrderAgain() {
    x.tanh().plus(x.exp()).times(x.tanh());
    Block sorted = Order.sort(block(graph.nodes().reversed()));
    assertEquals(4, sorted.nodes().size());
    assertTrue(Compiled.isInOrder(sorted));
  }

  @Test
  void sort_independentNodes_keepTheirOrder() {
    x.tanh();
    x.exp();
    x.log();
    List<Node> nodes = graph.nodes().reversed();
    assertEquals(nodes, Order.sort(block(nodes)).nodes());
  }

  @Test
  void sort_sameOperandTwice_waitsOnce() {
    x.tanh().square();
    assertEquals(graph.nodes(), Order.sort(block(graph.nodes().reversed())).nodes());
  }

  @Test
  void sort_nodesThatDependOnOneAnother() {
    Tensor a = x.sibling(Type.F32, x.shape());
    Tensor b = x.sibling(Type.F32, x.shape());
    Op tanh = new Op.Elementwise(Expression.of(UnaryFunction.TANH));
    List<Node> circle =
        List.of(new Node(tanh, List.of(a), List.of(b)), new Node(tanh, List.of(b), List.of(a)));
    var error = assertThrows(IllegalStateException.class, () -> Order.sort(block(circle)));
    assertTrue(
        error.getMessage().startsWith("nodes that depend on one another"), error.getMessage());
  }
}
