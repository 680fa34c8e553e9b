package org.charrnn.graph.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.charrnn.graph.Block;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.junit.jupiter.api.Test;

class PassTest {

  @Test
  void everywhere_rewritesBodiesLikeTheBlockAroundThem() {
    Graph graph = new Graph();
    Tensor x = graph.input("x", Type.F32, Shape.of(4, 2, 3));
    Tensor h = graph.leaf(Role.CARRIED_STATE, Type.F32, "h", Shape.of(2, 3));
    Graph.Scanned scanned =
        graph.scan(
            List.of(x),
            List.of(h),
            (slices, carried) ->
                new Graph.StepResult(
                    List.of(carried.getFirst().plus(slices.getFirst()).tanh().exp()), List.of()));
    Tensor last = scanned.last().getFirst();
    Tensor result = last.tanh().exp();
    Block block = new Block(List.of(x, h), graph.nodes(), List.of(result));
    Block fused = Pass.everywhere(FuseElementwise::apply).apply(block, Compiled.nothing());
    assertEquals(2, fused.nodes().size());
    Node loop = fused.nodes().getFirst();
    assertEquals(1, ((Op.Scan) loop.op()).body().nodes().size());
    assertSame(last, loop.outputs().getFirst());
  }
}
