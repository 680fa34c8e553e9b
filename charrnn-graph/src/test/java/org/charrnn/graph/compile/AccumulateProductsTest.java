package org.charrnn.graph.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.charrnn.graph.Block;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.junit.jupiter.api.Test;

class AccumulateProductsTest {

  private final Graph graph = new Graph();
  private final Tensor x = graph.input("x", Type.F32, Shape.of(2, 3));
  private final Tensor w = graph.parameter("w", Shape.of(3, 5));
  private final Tensor u = graph.parameter("u", Shape.of(3, 5));

  private Block apply(Tensor... outputs) {
    for (Tensor output : outputs) {
      graph.output("y" + graph.outputs().size(), output);
    }
    Block block = AccumulateProducts.apply(Compiled.block(graph));
    assertTrue(Compiled.isInOrder(block));
    return block;
  }

  @Test
  void productPlusBias_isOneNode() {
    Tensor bias = graph.parameter("bias", Shape.of(5));
    Tensor sum = x.matmul(w).plus(bias);
    Node node = apply(sum).nodes().getFirst();
    assertEquals(new Op.MatMul(false, false), node.op());
    assertEquals(List.of(x, w, bias), node.inputs());
    assertSame(sum, node.outputs().getFirst());
  }

  @Test
  void addendFirst_isTheSame() {
    Tensor other = graph.input("other", Type.F32, Shape.of(2, 5));
    List<Node> nodes = apply(other.plus(x.matmul(w))).nodes();
    assertEquals(1, nodes.size());
    assertEquals(List.of(x, w, other), nodes.getFirst().inputs());
  }

  @Test
  void twoProducts_theLaterTakesUpTheOther() {
    Tensor first = x.matmul(w);
    Tensor second = x.matmul(u);
    List<Node> nodes = apply(first.plus(second)).nodes();
    assertEquals(2, nodes.size());
    assertEquals(List.of(x, u, first), nodes.getLast().inputs());
  }

  @Test
  void chainOfProducts_isAccumulated() {
    Tensor bias = graph.parameter("bias", Shape.of(5));
    List<Node> nodes = apply(bias.plus(x.matmul(w)).plus(x.matmul(u))).nodes();
    assertEquals(2, nodes.size());
    assertEquals(List.of(x, w, bias), nodes.getFirst().inputs());
    assertEquals(3, nodes.getLast().inputs().size());
  }

  @Test
  void addendThatIsComputedAfterTheProduct_comesBeforeIt() {
    Tensor product = x.matmul(w);
    Tensor later = graph.input("other", Type.F32, Shape.of(2, 5)).tanh();
    Block block = apply(product.plus(later));
    assertSame(later, block.nodes().getFirst().outputs().getFirst());
    assertEquals(List.of(x, w, later), block.nodes().getLast().inputs());
  }

  @Test
  void productThatIsReadElsewhere_stays() {
    Tensor product = x.matmul(w);
    Tensor bias = graph.parameter("bias", Shape.of(5));
    assertUnchanged(product.plus(bias), product.tanh());
  }

  @Test
  void productThatIsAnOutput_stays() {
    Tensor product = x.matmul(w);
    Tensor bias = graph.parameter("bias", Shape.of(5));
    assertUnchanged(product, product.plus(bias));
  }

  @Test
  void productPlusItself_stays() {
    Tensor product = x.matmul(w);
    assertUnchanged(product.plus(product));
  }

  @Test
  void addendThatDoesNotFit_stays() {
    Tensor column = graph.parameter("column", Shape.of(2, 1));
    Tensor number = graph.parameter("number", Shape.SCALAR);
    Tensor larger = graph.input("larger", Type.F32, Shape.of(7, 2, 5));
    assertUnchanged(
        x.matmul(w).plus(column), x.matmul(u).plus(number), graph.matmul(x, x, true, false).sum());
    Graph other = new Graph();
    Tensor a = other.input("a", Type.F32, Shape.of(2, 3));
    Tensor b = other.parameter("b", Shape.of(3, 5));
    other.output("y", a.matmul(b).plus(other.input("larger", Type.F32, larger.shape())));
    assertEquals(
        Compiled.block(other).nodes(), AccumulateProducts.apply(Compiled.block(other)).nodes());
  }

  @Test
  void difference_stays() {
    Tensor bias = graph.parameter("bias", Shape.of(5));
    assertUnchanged(x.matmul(w).minus(bias));
  }

  private void assertUnchanged(Tensor... outputs) {
    List<Node> nodes = apply(outputs).nodes();
    assertEquals(Compiled.block(graph).nodes(), nodes);
  }
}
