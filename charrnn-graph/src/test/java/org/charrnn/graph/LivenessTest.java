package org.charrnn.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class LivenessTest {

  private final Graph graph = new Graph();
  private final Tensor x = graph.input("x", Type.F32, Shape.of(2, 3));

  private Block prune(Tensor... outputs) {
    return Liveness.prune(new Block(List.of(x), graph.nodes(), List.of(outputs)));
  }

  @Test
  void prune_whatNoOutputDependsOn_isGone() {
    Tensor kept = x.tanh().exp();
    x.tanh().log();
    Block block = prune(kept);
    assertEquals(
        List.of(x.tanh(), kept),
        block.nodes().stream().map(node -> node.outputs().getFirst()).toList());
  }

  @Test
  void prune_withoutOutputs_isEmpty() {
    x.tanh();
    assertEquals(List.of(), prune().nodes());
  }

  @Test
  void prune_loop_bodyAndStackedOutputs() {
    Tensor sequence = graph.input("sequence", Type.F32, Shape.of(4, 2, 3));
    Tensor w = graph.parameter("w", Shape.of(3, 3));
    Graph.Scanned scanned =
        graph.scan(
            List.of(sequence),
            List.of(x, x),
            (slices, carried) -> {
              Tensor first = carried.get(0).plus(slices.getFirst()).tanh();
              Tensor second = carried.get(1).exp();
              return new Graph.StepResult(
                  List.of(first, second), List.of(first.matmul(w), first.sqrt()));
            });
    Block block = prune(scanned.outputs().get(1));
    Node loop = block.nodes().getLast();
    Op.Scan scan = (Op.Scan) loop.op();
    assertEquals(
        List.of(scanned.last().get(0), scanned.last().get(1), scanned.outputs().get(1)),
        loop.outputs());
    assertEquals(3, scan.body().outputs().size());
    assertFalse(scan.body().nodes().stream().anyMatch(node -> node.op() instanceof Op.MatMul));
    assertFalse(
        loop.inputs().contains(w), "the loop waits for a weight that its body no longer uses");
    assertTrue(
        scan.body().nodes().stream()
            .anyMatch(node -> node.outputs().contains(scan.body().outputs().get(1))));
  }

  @Test
  void prune_loopWhoseResultsNobodyReads_isGone() {
    Tensor sequence = graph.input("sequence", Type.F32, Shape.of(4, 2, 3));
    graph.scan(
        List.of(sequence),
        List.of(x),
        (slices, carried) ->
            new Graph.StepResult(List.of(carried.get(0).plus(slices.getFirst())), List.of()));
    assertEquals(
        List.of(x.tanh()),
        prune(x.tanh()).nodes().stream().map(node -> node.outputs().getFirst()).toList());
  }
}
