package org.charrnn.testkit.graph;

import static org.charrnn.testkit.graph.LossCheck.check;
import static org.charrnn.testkit.graph.LossCheck.weigh;

import java.util.List;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Graph.Scanned;
import org.charrnn.graph.Graph.StepResult;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.junit.jupiter.api.Test;

/** The gradient of loops over time, by what becomes of their states, against finite differences. */
class ScanGradientTest {

  private static final int T = 4;
  private static final int B = 3;
  private static final int H = 2;
  private static final Shape STATE = Shape.of(B, H);

  private static Tensor x(Graph graph) {
    return graph.input("x", Type.F32, Shape.of(T, B, H));
  }

  private static Tensor start(Graph graph, String name) {
    return graph.leaf(Role.CARRIED_STATE, Type.F32, name, STATE);
  }

  private static Tensor square(Graph graph, String name) {
    return graph.parameter(name, Shape.of(H, H));
  }

  // ---- what the loss reads

  private static Scanned plain(Graph graph) {
    Tensor u = square(graph, "u");
    Tensor w = square(graph, "w");
    Tensor b = graph.parameter("b", Shape.of(H));
    return graph.scan(
        List.of(x(graph)),
        List.of(start(graph, "h")),
        (slices, carried) -> {
          Tensor next =
              slices.getFirst().matmul(w).plus(carried.getFirst().matmul(u)).plus(b).tanh();
          return new StepResult(List.of(next), List.of(next));
        });
  }

  @Test
  void lossOnTheLastState() {
    check(graph -> weigh(plain(graph).last().getFirst()));
  }

  @Test
  void lossOnTheStackedStates() {
    check(graph -> weigh(plain(graph).outputs().getFirst()));
  }

  @Test
  void lossOnBoth() {
    check(graph -> {
      Scanned scanned = plain(graph);
      return weigh(scanned.last().getFirst().square())
          .plus(weigh(scanned.outputs().getFirst().tanh()))
          .plus(scanned.outputs().getFirst().mean());
    });
  }

  @Test
  void lossThatDoesNotReadTheLoop() {
    check(graph -> {
      plain(graph);
      return weigh(graph.parameter("other", STATE).tanh());
    });
  }

  // ---- states

  @Test
  void severalStatesThatReadOneAnother() {
    check(graph -> {
      Tensor u = square(graph, "u");
      Tensor v = square(graph, "v");
      Scanned scanned =
          graph.scan(
              List.of(x(graph)),
              List.of(start(graph, "h"), start(graph, "c")),
              (slices, carried) -> {
                Tensor h = carried.get(0);
                Tensor c = carried.get(1);
                Tensor newC = c.times(h.matmul(u).sigmoid()).plus(slices.getFirst());
                Tensor newH = newC.tanh().times(c.matmul(v).sigmoid());
                return new StepResult(List.of(newH, newC), List.of(newH.times(newC)));
              });
      return weigh(scanned.last().get(0))
          .plus(weigh(scanned.last().get(1)))
          .plus(weigh(scanned.outputs().getFirst()));
    });
  }

  @Test
  void statesThatChangePlaces() {
    check(graph -> {
      Tensor u = square(graph, "u");
      Scanned scanned =
          graph.scan(
              List.of(x(graph)),
              List.of(graph.parameter("first", STATE), graph.parameter("second", STATE)),
              (slices, carried) ->
                  new StepResult(
                      List.of(
                          carried.get(1), carried.get(0).matmul(u).plus(slices.getFirst()).tanh()),
                      List.of()));
      return weigh(scanned.last().get(0)).plus(weigh(scanned.last().get(1)));
    });
  }

  @Test
  void stateThatStaysAsItIs() {
    check(graph -> {
      Tensor constant = graph.parameter("constant", STATE);
      Tensor u = square(graph, "u");
      Scanned scanned =
          graph.scan(
              List.of(x(graph)),
              List.of(start(graph, "h"), constant),
              (slices, carried) -> {
                Tensor h = carried.get(0).matmul(u).plus(carried.get(1)).tanh();
                return new StepResult(
                    List.of(h, carried.get(1)), List.of(h.times(slices.getFirst())));
              });
      return weigh(scanned.last().get(0))
          .plus(weigh(scanned.last().get(1).square()))
          .plus(weigh(scanned.outputs().getFirst()));
    });
  }

  @Test
  void bodyThatIgnoresItsState() {
    check(graph -> {
      Tensor w = square(graph, "w");
      Scanned scanned =
          graph.scan(
              List.of(x(graph)),
              List.of(graph.parameter("h", STATE)),
              (slices, _) -> {
                Tensor next = slices.getFirst().matmul(w).tanh();
                return new StepResult(List.of(next), List.of(next.square()));
              });
      return weigh(scanned.last().getFirst()).plus(weigh(scanned.outputs().getFirst()));
    });
  }

  @Test
  void onlyOutputsDependOnParameters() {
    check(graph -> {
      Tensor w = square(graph, "w");
      Scanned scanned =
          graph.scan(
              List.of(x(graph)),
              List.of(start(graph, "h")),
              (slices, carried) ->
                  new StepResult(
                      List.of(carried.getFirst().plus(slices.getFirst())),
                      List.of(carried.getFirst().matmul(w).tanh())));
      return weigh(scanned.outputs().getFirst());
    });
  }

  @Test
  void twoStatesThatBecomeTheSame() {
    check(graph -> {
      Tensor u = square(graph, "u");
      Tensor shared = graph.parameter("shared", STATE);
      Scanned scanned =
          graph.scan(
              List.of(x(graph)),
              List.of(shared, shared),
              (slices, carried) -> {
                Tensor next =
                    carried.get(0).times(carried.get(1)).matmul(u).plus(slices.getFirst()).tanh();
                return new StepResult(List.of(next, next), List.of(next, next));
              });
      return weigh(scanned.last().get(0).times(scanned.last().get(1)))
          .plus(weigh(scanned.outputs().get(0)))
          .plus(weigh(scanned.outputs().get(1).square()));
    });
  }

  @Test
  void stateThatBecomesAWeight() {
    check(graph -> {
      Tensor weight = graph.parameter("weight", STATE);
      Scanned scanned =
          graph.scan(
              List.of(x(graph)),
              List.of(graph.parameter("h", STATE)),
              (slices, carried) ->
                  new StepResult(
                      List.of(weight),
                      List.of(carried.getFirst().times(slices.getFirst()), weight)));
      return weigh(scanned.outputs().get(0))
          .plus(weigh(scanned.outputs().get(1)))
          .plus(weigh(scanned.last().getFirst()));
    });
  }
}
