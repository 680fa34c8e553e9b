package org.charrnn.graph.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.charrnn.graph.Block;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.gradient.Gradients;
import org.junit.jupiter.api.Test;

class FuseCrossEntropyTest {

  private final Graph graph = new Graph();
  private final Tensor logits = graph.parameter("logits", Shape.of(4, 6));
  private final Tensor targets = graph.input("targets", Type.I32, Shape.of(4));
  private final Tensor losses = graph.crossEntropy(logits, targets);

  private List<Node> fuse() {
    Block block = FuseCrossEntropy.apply(Compiled.block(graph));
    assertTrue(Compiled.isInOrder(block));
    return Compiled.nodes(block, Op.CrossEntropy.class);
  }

  @Test
  void lossAndGradient_areOneNode() {
    Tensor gradient = Gradients.of(losses.sum(), List.of(logits)).getFirst();
    graph.output("losses", losses);
    graph.output("gradient", gradient);
    List<Node> nodes = fuse();
    assertEquals(List.of(new Op.CrossEntropy(true, true)), nodes.stream().map(Node::op).toList());
    assertEquals(List.of(losses, gradient), nodes.getFirst().outputs());
    assertEquals(List.of(logits, targets), nodes.getFirst().inputs().subList(0, 2));
    assertEquals(3, nodes.getFirst().inputs().size());
  }

  @Test
  void lossThatIsReadBeforeTheGradient_isStillInOrder() {
    Tensor loss = losses.sum();
    Tensor gradient = Gradients.of(loss, List.of(logits)).getFirst();
    graph.output("loss", loss.times(2));
    graph.output("gradient", gradient);
    assertEquals(1, fuse().size());
  }

  @Test
  void lossAlone_orGradientAlone_stay() {
    Tensor gradient = Gradients.of(losses.sum(), List.of(logits)).getFirst();
    graph.output("gradient", gradient);
    assertEquals(List.of(new Op.CrossEntropy(false, true)), fuse().stream().map(Node::op).toList());
  }

  @Test
  void gradientThatDependsOnTheLoss_staysApart() {
    Tensor squared = losses.square().sum(); // d = 2 * losses * (softmax - onehot)
    graph.output("losses", losses);
    graph.output("gradient", Gradients.of(squared, List.of(logits)).getFirst());
    assertEquals(
        List.of(new Op.CrossEntropy(true, false), new Op.CrossEntropy(false, true)),
        fuse().stream().map(Node::op).toList());
  }

  @Test
  void twoGradientsOfOneLoss_onlyOneTakesTheLossAlong() {
    graph.output("losses", losses);
    graph.output("sum", Gradients.of(losses.sum(), List.of(logits)).getFirst());
    graph.output("mean", Gradients.of(losses.mean(), List.of(logits)).getFirst());
    assertEquals(
        List.of(new Op.CrossEntropy(true, true), new Op.CrossEntropy(false, true)),
        fuse().stream().map(Node::op).toList());
  }

  @Test
  void twoLossesThatWeighOneAnother_onlyOneIsJoined() {
    Tensor others = graph.parameter("others", Shape.of(4, 6));
    Tensor product = losses.times(graph.crossEntropy(others, targets)).sum();
    List<Tensor> gradients = Gradients.of(product, List.of(logits, others));
    graph.output("first", gradients.get(0)); // needs the second loss
    graph.output("second", gradients.get(1)); // needs the first loss
    assertEquals(
        List.of(
            new Op.CrossEntropy(true, false),
            new Op.CrossEntropy(true, true),
            new Op.CrossEntropy(false, true)),
        fuse().stream().map(Node::op).toList());
  }

  @Test
  void otherTargets_stayApart() {
    Tensor others = graph.input("others", Type.I32, Shape.of(4));
    Tensor gradient =
        Gradients.of(graph.crossEntropy(logits, others).sum(), List.of(logits)).getFirst();
    graph.output("losses", losses);
    graph.output("gradient", gradient);
    assertEquals(2, fuse().size());
  }
}
