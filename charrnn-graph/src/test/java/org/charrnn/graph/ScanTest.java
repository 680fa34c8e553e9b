package org.charrnn.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScanTest {

  private final Graph graph = new Graph();
  private final Tensor x = graph.input("x", Type.F32, Shape.of(4, 2, 3));
  private final Tensor h = graph.leaf(Role.CARRIED_STATE, Type.F32, "h", Shape.of(2, 3));
  private final Tensor w = graph.parameter("w", Shape.of(3, 3));

  private Op.Scan scan() {
    return graph.nodes().stream()
        .filter(node -> node.op() instanceof Op.Scan)
        .map(node -> (Op.Scan) node.op())
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  private static Graph.StepResult step(Tensor state, Tensor... outputs) {
    return new Graph.StepResult(List.of(state), List.of(outputs));
  }

  @Test
  void scan_shapesOfResults() {
    Graph.Scanned scanned =
        graph.scan(
            List.of(x),
            List.of(h),
            (slices, carried) -> {
              assertEquals(Shape.of(2, 3), slices.getFirst().shape());
              Tensor next = slices.getFirst().plus(carried.getFirst().matmul(w)).tanh();
              return step(next, next, next.sumTo(Shape.of(2, 1)), next.sum());
            });
    assertEquals(List.of(h.shape()), scanned.last().stream().map(Tensor::shape).toList());
    assertEquals(
        List.of(Shape.of(4, 2, 3), Shape.of(4, 2, 1), Shape.of(4, 1)),
        scanned.outputs().stream().map(Tensor::shape).toList());
    assertEquals(4, scan().steps());
    assertFalse(scan().reverse());
  }

  @Test
  void scan_sequenceThatNobodyReads_isNotGiven() {
    Tensor unused = graph.input("unused", Type.F32, Shape.of(4, 9));
    graph.scan(
        List.of(x, unused),
        List.of(h),
        (slices, carried) -> step(carried.getFirst().plus(slices.get(0))));
    assertEquals(1, scan().sequences());
    assertFalse(graph.nodes().getLast().inputs().contains(unused));
  }

  @Test
  void scan_stateUnchangedOrTwice_hasMemoryOfItsOwn() {
    Tensor h2 = graph.leaf(Role.CARRIED_STATE, Type.F32, "h2", Shape.of(2, 3));
    graph.scan(
        List.of(x),
        List.of(h, h2),
        (slices, carried) -> {
          Tensor next = slices.getFirst().plus(carried.getFirst());
          return new Graph.StepResult(
              List.of(next, next), List.of(carried.getFirst(), slices.getFirst(), w));
        });
    Block body = scan().body();
    assertEquals(5, new HashSet<>(body.outputs()).size());
    assertNotSame(body.outputs().get(0), body.outputs().get(1));
    body.outputs().forEach(output -> assertFalse(body.inputs().contains(output)));
    assertFalse(body.outputs().contains(w));
  }

  @Test
  void scan_outputThatIsTheNewState_isTheSameTensor() {
    graph.scan(
        List.of(x),
        List.of(h),
        (slices, carried) -> {
          Tensor next = slices.getFirst().plus(carried.getFirst());
          return step(next, next);
        });
    assertSame(scan().body().outputs().get(0), scan().body().outputs().get(1));
  }

  @Test
  void scan_withoutSequence() {
    assertMessage(
        "a loop needs a sequence [steps, ...]: []",
        () -> graph.scan(List.of(), List.of(h), (_, carried) -> step(carried.getFirst())));
    Tensor scalar = graph.input("scalar", Type.F32, Shape.SCALAR);
    assertMessage(
        "a loop needs a sequence [steps, ...]: [scalar[]]",
        () -> graph.scan(List.of(scalar), List.of(h), (_, carried) -> step(carried.getFirst())));
  }

  @Test
  void scan_sequenceOfSingleNumbers() {
    Tensor vector = graph.input("vector", Type.F32, Shape.of(4));
    assertMessage(
        "a sequence of this loop must have shape [4, ...]: vector[4]",
        () -> graph.scan(List.of(vector), List.of(h), (_, carried) -> step(carried.getFirst())));
  }

  @Test
  void scan_sequencesOfDifferentLength() {
    Tensor longer = graph.input("longer", Type.F32, Shape.of(5, 2));
    assertMessage(
        "a sequence of this loop must have shape [4, ...]: longer[5, 2]",
        () -> graph.scan(List.of(x, longer), List.of(h), (_, carried) -> step(carried.getFirst())));
  }

  @Test
  void scan_withoutState() {
    assertMessage(
        "a loop needs at least one carried state",
        () ->
            graph.scan(
                List.of(x), List.of(), (slices, _) -> new Graph.StepResult(List.of(), slices)));
  }

  @Test
  void scan_stateChangesShape_namesBoth() {
    assertMessage(
        "a carried state must keep its shape: state 0 has [2, 3] before a step, [2, 1] after it",
        () ->
            graph.scan(
                List.of(x),
                List.of(h),
                (_, carried) -> step(carried.getFirst().sumTo(Shape.of(2, 1)))));
  }

  @Test
  void scan_numberOfStatesChanges() {
    assertMessage(
        "a loop must keep the number of its states: 1 before a step, 2 after it",
        () ->
            graph.scan(
                List.of(x),
                List.of(h),
                (slices, carried) ->
                    new Graph.StepResult(
                        List.of(carried.getFirst(), slices.getFirst()), List.of())));
  }

  @Test
  void scan_inTheBodyOfAnother() {
    assertMessage(
        "a loop cannot be nested in the body of another loop",
        () ->
            graph.scan(
                List.of(x),
                List.of(h),
                (slices, carried) -> {
                  Tensor slice = slices.getFirst();
                  slice
                      .graph()
                      .scan(List.of(slice), List.of(slice), (_, inner) -> step(inner.getFirst()));
                  return step(carried.getFirst());
                }));
  }

  @Test
  void scan_tensorsOfAnotherGraph() {
    Tensor foreign = new Graph().parameter("foreign", Shape.of(4, 2, 3));
    Tensor foreignState = foreign.graph().parameter("state", Shape.of(2, 3));
    assertMessage(
        "this tensor belongs to another graph: foreign[4, 2, 3]",
        () -> graph.scan(List.of(foreign), List.of(h), (_, carried) -> step(carried.getFirst())));
    assertMessage(
        "this tensor belongs to another graph: state[2, 3]",
        () ->
            graph.scan(
                List.of(x), List.of(foreignState), (_, carried) -> step(carried.getFirst())));
    assertMessage(
        "this tensor belongs to another graph: state[2, 3]",
        () -> graph.scan(List.of(x), List.of(h), (_, _) -> step(foreignState)));
    assertMessage(
        "this tensor belongs to another graph: state[2, 3]",
        () ->
            graph.scan(
                List.of(x), List.of(h), (_, carried) -> step(carried.getFirst(), foreignState)));
  }

  @Test
  void scan_tensorOfTheBodyAfterwards_isRefused() {
    Tensor[] escaped = new Tensor[1];
    graph.scan(
        List.of(x),
        List.of(h),
        (slices, carried) -> {
          escaped[0] = slices.getFirst().tanh();
          return step(carried.getFirst().plus(escaped[0]));
        });
    assertMessage(
        "this tensor belongs to another graph: [2, 3]", () -> graph.output("y", escaped[0]));
  }

  @Test
  void scan_ids_canBeASequenceButNoState() {
    Tensor ids = graph.input("ids", Type.I32, Shape.of(4, 2));
    Tensor start = graph.input("start", Type.I32, Shape.of(2));
    graph.scan(
        List.of(ids),
        List.of(h),
        (slices, carried) -> step(slices.getFirst().matmul(w).plus(carried.getFirst())));
    assertMessage(
        "initial state must be F32: start[2] is I32",
        () -> graph.scan(List.of(ids), List.of(start), (_, carried) -> step(carried.getFirst())));
    assertMessage(
        "stacked output must be F32: [2] is I32",
        () ->
            graph.scan(
                List.of(ids),
                List.of(h),
                (slices, carried) -> step(carried.getFirst(), slices.getFirst())));
  }

  @Test
  void body_hasNoLeavesOutputsOrUpdates() {
    graph.scan(
        List.of(x),
        List.of(h),
        (slices, carried) -> {
          Tensor slice = slices.getFirst();
          assertMessage(
              "the body of a loop cannot declare leaves or outputs: leaf 'p'",
              () -> slice.graph().parameter("p", Shape.of(3)));
          assertMessage(
              "the body of a loop cannot declare leaves or outputs: output 'y'",
              () -> slice.graph().output("y", slice));
          assertMessage(
              "only a leaf of this graph can be updated: w[3, 3]",
              () -> slice.graph().update(w, slice));
          return step(carried.getFirst().plus(slice));
        });
  }

  private static void assertMessage(String message, Runnable mistake) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, mistake::run).getMessage());
  }
}
