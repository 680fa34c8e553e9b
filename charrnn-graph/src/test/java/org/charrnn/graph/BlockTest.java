package org.charrnn.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BlockTest {

  private final Graph graph = new Graph();
  private final Tensor a = graph.parameter("a", Shape.of(3));
  private final Tensor b = graph.parameter("b", Shape.of(3));
  private final Tensor c = graph.parameter("c", Shape.of(3));

  @Test
  void captured_inOrderOfFirstUse_outputsLast() {
    Tensor sum = b.plus(a);
    Block block = new Block(List.of(), graph.nodes(), List.of(sum, c));
    assertEquals(List.of(b, a, c), block.captured());
    assertEquals(List.of(b, c), new Block(List.of(a), graph.nodes(), List.of(sum, c)).captured());
  }

  @Test
  void substitute_inputsAndOutputs_bodiesIncluded() {
    Tensor sequence = graph.input("sequence", Type.F32, Shape.of(2, 3));
    Graph.Scanned scanned =
        graph.scan(
            List.of(sequence),
            List.of(a),
            (slices, carried) ->
                new Graph.StepResult(
                    List.of(carried.getFirst().plus(slices.getFirst()).times(b)), List.of()));
    Block block = new Block(List.of(), graph.nodes(), List.of(scanned.last().getFirst(), b));
    Block changed = block.substitute(Map.of(b, c));
    assertEquals(List.of(scanned.last().getFirst(), c), changed.outputs());
    assertEquals(List.of(sequence, a, c), changed.nodes().getLast().inputs());
    assertEquals(List.of(c), ((Op.Scan) changed.nodes().getLast().op()).body().captured());
    assertSame(block, block.substitute(Map.of()));
  }

  @Test
  void new_listsChangedAfterwards_areNotSeen() {
    List<Tensor> inputs = new ArrayList<>(List.of(a));
    Block block = new Block(inputs, List.of(), List.of());
    inputs.clear();
    assertEquals(List.of(a), block.inputs());
  }
}
