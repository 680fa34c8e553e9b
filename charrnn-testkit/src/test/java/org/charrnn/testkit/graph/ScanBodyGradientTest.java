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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The gradient of whatever stands in the body of a loop against finite differences, with and
 * without hoisting.
 */
class ScanBodyGradientTest {

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

  // ---- weights

  @Test
  void weightUsedTwiceInTheBody_andOutside() {
    check(graph -> {
      Tensor u = square(graph, "u");
      Scanned scanned =
          graph.scan(
              List.of(x(graph).matmul(u)),
              List.of(start(graph, "h"), start(graph, "c")),
              (slices, carried) -> {
                Tensor h = carried.get(0).matmul(u).plus(slices.getFirst()).tanh();
                Tensor c = carried.get(1).matmul(u).sigmoid().times(h.matmul(u));
                return new StepResult(List.of(h, c), List.of(c));
              });
      return weigh(scanned.outputs().getFirst().matmul(u).tanh());
    });
  }

  @Test
  void elementwiseWeightsOfAllShapes() {
    check(graph -> {
      Tensor row = graph.parameter("row", Shape.of(H));
      Tensor longRow = graph.parameter("longRow", Shape.of(1, H));
      Tensor column = graph.parameter("column", Shape.of(B, 1));
      Tensor number = graph.parameter("number", Shape.SCALAR);
      Tensor full = graph.parameter("full", STATE);
      Scanned scanned =
          graph.scan(
              List.of(x(graph)),
              List.of(start(graph, "h")),
              (slices, carried) -> {
                Tensor h = carried.getFirst().times(row).plus(longRow).times(column);
                Tensor next = h.plus(full.times(slices.getFirst())).times(number).tanh();
                return new StepResult(
                    List.of(next), List.of(next.times(row), number.times(column)));
              });
      return weigh(scanned.outputs().get(0)).plus(weigh(scanned.outputs().get(1)));
    });
  }

  @Test
  void productsOfAllLayouts() {
    check(graph -> {
      Tensor right = square(graph, "right");
      Tensor transposed = square(graph, "transposed");
      Tensor left = graph.parameter("left", Shape.of(B, B));
      Tensor leftTransposed = graph.parameter("leftTransposed", Shape.of(B, B));
      Scanned scanned =
          graph.scan(
              List.of(x(graph)),
              List.of(start(graph, "h")),
              (slices, carried) -> {
                Graph body = carried.getFirst().graph();
                Tensor h =
                    carried
                        .getFirst()
                        .matmul(right)
                        .plus(carried.getFirst().matmulTransposed(transposed));
                Tensor mixed =
                    body.matmul(left, h, false, false)
                        .plus(body.matmul(leftTransposed, slices.getFirst(), true, false));
                Tensor next = mixed.tanh();
                Tensor inner = body.matmul(next, carried.getFirst(), true, false); // [H, H]
                return new StepResult(List.of(next), List.of(inner));
              });
      return weigh(scanned.outputs().getFirst()).plus(weigh(scanned.last().getFirst()));
    });
  }

  @Test
  void tableReadInTheBody() {
    check(
        3,
        graph -> {
          Tensor table = graph.parameter("table", Shape.of(5, H));
          Tensor ids = graph.input("ids", Type.I32, Shape.of(T, B));
          Scanned scanned =
              graph.scan(
                  List.of(ids),
                  List.of(start(graph, "h")),
                  (slices, carried) -> {
                    Tensor next =
                        slices.getFirst().matmul(table).plus(carried.getFirst().times(0.5)).tanh();
                    Tensor stateful = slices.getFirst().matmul(table.square()).times(next);
                    return new StepResult(List.of(next), List.of(stateful));
                  });
          return weigh(scanned.outputs().getFirst());
        });
  }

  // ---- sequences

  @Test
  void sequenceThatIsAParameter_readTwice_andWhole() {
    check(graph -> {
      Tensor sequence = graph.parameter("sequence", Shape.of(T, B, H));
      Tensor perStep = graph.parameter("perStep", Shape.of(T, H));
      Scanned scanned =
          graph.scan(
              List.of(sequence, perStep, sequence),
              List.of(start(graph, "h")),
              (slices, carried) -> {
                Tensor whole = sequence.sumTo(STATE);
                Tensor next =
                    carried
                        .getFirst()
                        .times(slices.get(0))
                        .plus(slices.get(1))
                        .plus(slices.get(2).times(whole))
                        .tanh();
                return new StepResult(List.of(next), List.of(slices.get(0)));
              });
      return weigh(scanned.last().getFirst()).plus(weigh(scanned.outputs().getFirst().square()));
    });
  }

  /** As many steps as rows: rows of one must not be taken for rows of the other. */
  @Test
  void asManyStepsAsRows_sliceWithoutBatch() {
    check(graph -> {
      Tensor w = square(graph, "w");
      Tensor sequence = graph.parameter("sequence", Shape.of(B, B, H));
      Tensor perStep = graph.parameter("perStep", Shape.of(B, H));
      Scanned scanned =
          graph.scan(
              List.of(sequence, perStep),
              List.of(start(graph, "h")),
              (slices, carried) -> {
                Tensor input = slices.get(0).plus(slices.get(1)).matmul(w);
                Tensor next = carried.getFirst().plus(input).tanh();
                return new StepResult(List.of(next), List.of(next));
              });
      return weigh(scanned.outputs().getFirst());
    });
  }

  @Test
  void singleStep() {
    check(graph -> {
      Tensor u = square(graph, "u");
      Scanned scanned =
          graph.scan(
              List.of(graph.parameter("x", Shape.of(1, B, H))),
              List.of(graph.parameter("h", STATE)),
              (slices, carried) -> {
                Tensor next = carried.getFirst().matmul(u).plus(slices.getFirst()).tanh();
                return new StepResult(List.of(next), List.of(next));
              });
      return weigh(scanned.outputs().getFirst()).plus(weigh(scanned.last().getFirst().square()));
    });
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void loopsOnLoops(int layers) {
    check(graph -> {
      Tensor sequence = x(graph);
      Tensor loss = graph.constant(0);
      for (int layer = 0; layer < layers; layer++) {
        Tensor u = square(graph, "u" + layer);
        Tensor w = square(graph, "w" + layer);
        Scanned scanned =
            graph.scan(
                List.of(sequence),
                List.of(graph.parameter("h" + layer, STATE)),
                (slices, carried) -> {
                  Tensor h = carried.getFirst();
                  Tensor gate = h.matmul(u).plus(slices.getFirst()).sigmoid();
                  Tensor next =
                      gate.times(h)
                          .plus(gate.subtractedFrom(1).times(slices.getFirst().matmul(w).tanh()));
                  return new StepResult(List.of(next), List.of(next));
                });
        sequence = scanned.outputs().getFirst();
        loss = loss.plus(weigh(scanned.last().getFirst()));
      }
      return loss.plus(weigh(sequence));
    });
  }

  @Test
  void lastStateOfOneLoop_beginsAnother() {
    check(graph -> {
      Tensor u = square(graph, "u");
      Tensor x = x(graph);
      Graph.ScanBody body =
          (slices, carried) -> {
            Tensor next = carried.getFirst().matmul(u).plus(slices.getFirst()).tanh();
            return new StepResult(List.of(next), List.of(carried.getFirst()));
          };
      Scanned encoder = graph.scan(List.of(x), List.of(start(graph, "h")), body);
      Scanned decoder = graph.scan(List.of(encoder.outputs().getFirst()), encoder.last(), body);
      return weigh(decoder.outputs().getFirst()).plus(weigh(decoder.last().getFirst()));
    });
  }

  // ---- other ops in the body

  @Test
  void crossEntropyInTheBody() {
    check(
        3,
        graph -> {
          Tensor v = graph.parameter("v", Shape.of(H, 3));
          Tensor u = square(graph, "u");
          Tensor targets = graph.input("targets", Type.I32, Shape.of(T, B));
          Scanned scanned =
              graph.scan(
                  List.of(x(graph), targets),
                  List.of(start(graph, "h")),
                  (slices, carried) -> {
                    Tensor next = carried.getFirst().matmul(u).plus(slices.getFirst()).tanh();
                    Graph body = next.graph();
                    Tensor losses = body.crossEntropy(next.matmul(v), slices.get(1));
                    return new StepResult(List.of(next.times(losses.mean())), List.of(losses));
                  });
          return weigh(scanned.outputs().getFirst()).plus(weigh(scanned.last().getFirst()));
        });
  }

  @Test
  void scalarsAndRowsInTheBody() {
    check(graph -> {
      Tensor u = square(graph, "u");
      Scanned scanned =
          graph.scan(
              List.of(x(graph)),
              List.of(start(graph, "h"), graph.parameter("norm", Shape.SCALAR)),
              (slices, carried) -> {
                Tensor h = carried.get(0).matmul(u).plus(slices.getFirst());
                Tensor size = h.square().mean().plus(0.1).sqrt();
                Tensor centre = h.sumTo(Shape.of(H)).times(0.3);
                Tensor perRow = h.sumTo(Shape.of(B, 1));
                Tensor next = h.minus(centre).dividedBy(size).plus(perRow).tanh();
                Tensor norm = carried.get(1).times(size).tanh();
                return new StepResult(List.of(next, norm), List.of(size, centre, perRow, norm));
              });
      Tensor loss = weigh(scanned.last().get(0)).plus(scanned.last().get(1));
      for (Tensor output : scanned.outputs()) {
        loss = loss.plus(weigh(output.tanh()));
      }
      return loss;
    });
  }

  @Test
  void everyPrimitiveInTheBody() {
    check(graph -> {
      Tensor a = graph.parameter("a", Shape.of(H));
      Scanned scanned =
          graph.scan(
              List.of(x(graph)),
              List.of(start(graph, "h")),
              (slices, carried) -> {
                Tensor h = carried.getFirst();
                Tensor root = h.square().plus(a.square()).plus(0.2).sqrt();
                Tensor log = root.plus(slices.getFirst().square()).log();
                Tensor chosen = h.maximum(a).minimum(log.exp()).negate();
                Tensor next = chosen.dividedBy(root).plus(log.sigmoid()).minus(h.times(a)).tanh();
                return new StepResult(List.of(next), List.of(next.greaterThan(h).times(log)));
              });
      return weigh(scanned.last().getFirst()).plus(weigh(scanned.outputs().getFirst()));
    });
  }

  @Test
  void sumOverTime_asTheOnlyState() {
    check(graph -> {
      Tensor w = square(graph, "w");
      Scanned scanned =
          graph.scan(
              List.of(x(graph)),
              List.of(graph.zeros(STATE)),
              (slices, carried) ->
                  new StepResult(
                      List.of(carried.getFirst().plus(slices.getFirst().matmul(w).tanh())),
                      List.of()));
      return weigh(scanned.last().getFirst());
    });
  }
}
