package org.charrnn.testkit.graph;

import static org.charrnn.testkit.graph.LossCheck.check;
import static org.charrnn.testkit.graph.LossCheck.weigh;

import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Graph.Scanned;
import org.charrnn.graph.Graph.StepResult;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gradients of loops over time against finite differences, with and without hoisting. */
class ScanGradientTest {

  private static final int T = 4;
  private static final int B = 3;
  private static final int H = 2;
  private static final Shape STATE = Shape.of(B, H);

  // ---- leaves

  private static Tensor x(Graph graph) {
    return graph.input("x", Type.F32, Shape.of(T, B, H));
  }

  private static Tensor ids(Graph graph) {
    return graph.input("ids", Type.I32, Shape.of(T, B));
  }

  private static Tensor start(Graph graph, String name) {
    return graph.leaf(Role.CARRIED_STATE, Type.F32, name, STATE);
  }

  private static Tensor square(Graph graph, String name) {
    return graph.parameter(name, Shape.of(H, H));
  }

  // ---- loops and their losses

  /** The next states of a step and its outputs. */
  private static StepResult step(List<Tensor> next, Tensor... outputs) {
    return new StepResult(next, List.of(outputs));
  }

  /** A loop with one state, which is also the output of each step. */
  private static Scanned loop(Tensor sequence, Tensor start, BinaryOperator<Tensor> next) {
    return sequence
        .graph()
        .scan(
            List.of(sequence),
            List.of(start),
            (slices, carried) -> {
              Tensor state = next.apply(slices.getFirst(), carried.getFirst());
              return step(List.of(state), state);
            });
  }

  /** A recurrent layer without a bias. */
  private static Scanned recurrent(Tensor sequence, Tensor start, Tensor u) {
    return loop(sequence, start, (x, h) -> h.matmul(u).plus(x).tanh());
  }

  private static Tensor weighAll(Stream<Tensor> values) {
    return values.map(LossCheck::weigh).reduce(Tensor::plus).orElseThrow();
  }

  private static Tensor weighOutputs(Scanned scanned) {
    return weighAll(scanned.outputs().stream());
  }

  private static Tensor weighLast(Scanned scanned) {
    return weighAll(scanned.last().stream());
  }

  /** Depends on the last states and on all outputs. */
  private static Tensor weighResults(Scanned scanned) {
    return weighLast(scanned).plus(weighOutputs(scanned));
  }

  /** By the results that the loss depends on. */
  @Nested
  class Losses {

    private Scanned layer(Graph graph) {
      Tensor u = square(graph, "u");
      Tensor w = square(graph, "w");
      Tensor b = graph.parameter("b", Shape.of(H));
      return loop(
          x(graph), start(graph, "h"), (x, h) -> x.matmul(w).plus(h.matmul(u)).plus(b).tanh());
    }

    @Test
    void lastState() {
      check(graph -> weighLast(layer(graph)));
    }

    @Test
    void stackedOutputs() {
      check(graph -> weighOutputs(layer(graph)));
    }

    @Test
    void both() {
      check(graph -> {
        Scanned scanned = layer(graph);
        return weigh(scanned.last().getFirst().square())
            .plus(weigh(scanned.outputs().getFirst().tanh()))
            .plus(scanned.outputs().getFirst().mean());
      });
    }

    @Test
    void neither() {
      check(graph -> {
        layer(graph);
        return weigh(graph.parameter("other", STATE).tanh());
      });
    }
  }

  /** By the way in which states depend on one another. */
  @Nested
  class States {

    @Test
    void severalThatReadOneAnother() {
      check(graph -> {
        Tensor u = square(graph, "u");
        Tensor v = square(graph, "v");
        return weighResults(
            graph.scan(
                List.of(x(graph)),
                List.of(start(graph, "h"), start(graph, "c")),
                (slices, carried) -> {
                  Tensor h = carried.get(0);
                  Tensor c = carried.get(1);
                  Tensor newC = c.times(h.matmul(u).sigmoid()).plus(slices.getFirst());
                  Tensor newH = newC.tanh().times(c.matmul(v).sigmoid());
                  return step(List.of(newH, newC), newH.times(newC));
                }));
      });
    }

    @Test
    void twoThatAreExchanged() {
      check(graph -> {
        Tensor u = square(graph, "u");
        return weighLast(
            graph.scan(
                List.of(x(graph)),
                List.of(graph.parameter("first", STATE), graph.parameter("second", STATE)),
                (slices, carried) ->
                    step(
                        List.of(
                            carried.get(1),
                            carried.get(0).matmul(u).plus(slices.getFirst()).tanh()))));
      });
    }

    @Test
    void oneThatNeverChanges() {
      check(graph -> {
        Tensor constant = graph.parameter("constant", STATE);
        Tensor u = square(graph, "u");
        Scanned scanned =
            graph.scan(
                List.of(x(graph)),
                List.of(start(graph, "h"), constant),
                (slices, carried) -> {
                  Tensor h = carried.get(0).matmul(u).plus(carried.get(1)).tanh();
                  return step(List.of(h, carried.get(1)), h.times(slices.getFirst()));
                });
        return weigh(scanned.last().get(0))
            .plus(weigh(scanned.last().get(1).square()))
            .plus(weighOutputs(scanned));
      });
    }

    @Test
    void oneThatTheBodyIgnores() {
      check(graph -> {
        Tensor w = square(graph, "w");
        return weighResults(
            graph.scan(
                List.of(x(graph)),
                List.of(graph.parameter("h", STATE)),
                (slices, _) -> {
                  Tensor next = slices.getFirst().matmul(w).tanh();
                  return step(List.of(next), next.square());
                }));
      });
    }

    @Test
    void parametersThatAffectOnlyOutputs() {
      check(graph -> {
        Tensor w = square(graph, "w");
        return weighOutputs(
            graph.scan(
                List.of(x(graph)),
                List.of(start(graph, "h")),
                (slices, carried) ->
                    step(
                        List.of(carried.getFirst().plus(slices.getFirst())),
                        carried.getFirst().matmul(w).tanh())));
      });
    }

    @Test
    void twoThatBecomeEqual() {
      check(graph -> {
        Tensor u = square(graph, "u");
        Tensor shared = graph.parameter("shared", STATE);
        Scanned scanned =
            graph.scan(
                List.of(x(graph)),
                List.of(shared, shared),
                (slices, carried) -> {
                  Tensor product = carried.get(0).times(carried.get(1));
                  Tensor next = product.matmul(u).plus(slices.getFirst()).tanh();
                  return step(List.of(next, next), next, next);
                });
        return weigh(scanned.last().get(0).times(scanned.last().get(1)))
            .plus(weigh(scanned.outputs().get(0)))
            .plus(weigh(scanned.outputs().get(1).square()));
      });
    }

    @Test
    void oneThatBecomesAWeight() {
      check(graph -> {
        Tensor weight = graph.parameter("weight", STATE);
        return weighResults(
            graph.scan(
                List.of(x(graph)),
                List.of(graph.parameter("h", STATE)),
                (slices, carried) ->
                    step(List.of(weight), carried.getFirst().times(slices.getFirst()), weight)));
      });
    }

    @Test
    void sumOverTime() {
      check(graph -> {
        Tensor w = square(graph, "w");
        return weighLast(
            graph.scan(
                List.of(x(graph)),
                List.of(graph.zeros(STATE)),
                (slices, carried) ->
                    step(List.of(carried.getFirst().plus(slices.getFirst().matmul(w).tanh())))));
      });
    }
  }

  /** By the shapes and uses of weights. */
  @Nested
  class Weights {

    @Test
    void usedTwiceInTheBody_andOutside() {
      check(graph -> {
        Tensor u = square(graph, "u");
        Scanned scanned =
            graph.scan(
                List.of(x(graph).matmul(u)),
                List.of(start(graph, "h"), start(graph, "c")),
                (slices, carried) -> {
                  Tensor h = carried.get(0).matmul(u).plus(slices.getFirst()).tanh();
                  Tensor c = carried.get(1).matmul(u).sigmoid().times(h.matmul(u));
                  return step(List.of(h, c), c);
                });
        return weigh(scanned.outputs().getFirst().matmul(u).tanh());
      });
    }

    @Test
    void elementwise_allShapes() {
      check(graph -> {
        Tensor row = graph.parameter("row", Shape.of(H));
        Tensor longRow = graph.parameter("longRow", Shape.of(1, H));
        Tensor column = graph.parameter("column", Shape.of(B, 1));
        Tensor number = graph.parameter("number", Shape.SCALAR);
        Tensor full = graph.parameter("full", STATE);
        return weighOutputs(
            graph.scan(
                List.of(x(graph)),
                List.of(start(graph, "h")),
                (slices, carried) -> {
                  Tensor h = carried.getFirst().times(row).plus(longRow).times(column);
                  Tensor next = h.plus(full.times(slices.getFirst())).times(number).tanh();
                  return step(List.of(next), next.times(row), number.times(column));
                }));
      });
    }

    @Test
    void products_allLayouts() {
      check(graph -> {
        Tensor right = square(graph, "right");
        Tensor transposed = square(graph, "transposed");
        Tensor left = graph.parameter("left", Shape.of(B, B));
        Tensor leftTransposed = graph.parameter("leftTransposed", Shape.of(B, B));
        return weighResults(
            graph.scan(
                List.of(x(graph)),
                List.of(start(graph, "h")),
                (slices, carried) -> {
                  Tensor state = carried.getFirst();
                  Graph body = state.graph();
                  Tensor h = state.matmul(right).plus(state.matmulTransposed(transposed));
                  Tensor next =
                      body.matmul(left, h, false, false)
                          .plus(body.matmul(leftTransposed, slices.getFirst(), true, false))
                          .tanh();
                  return step(List.of(next), body.matmul(next, state, true, false)); // [H, H]
                }));
      });
    }

    @Test
    void tableReadInTheBody() {
      check(
          3,
          graph -> {
            Tensor table = graph.parameter("table", Shape.of(5, H));
            return weighOutputs(
                graph.scan(
                    List.of(ids(graph)),
                    List.of(start(graph, "h")),
                    (slices, carried) -> {
                      Tensor row = slices.getFirst().matmul(table);
                      Tensor next = row.plus(carried.getFirst().times(0.5)).tanh();
                      return step(
                          List.of(next), slices.getFirst().matmul(table.square()).times(next));
                    }));
          });
    }
  }

  /** By the sequences that a loop reads, and by loops that read the results of loops. */
  @Nested
  class Sequences {

    @Test
    void parameter_readTwice_andWhole() {
      check(graph -> {
        Tensor sequence = graph.parameter("sequence", Shape.of(T, B, H));
        Tensor perStep = graph.parameter("perStep", Shape.of(T, H));
        Scanned scanned =
            graph.scan(
                List.of(sequence, perStep, sequence),
                List.of(start(graph, "h")),
                (slices, carried) -> {
                  Tensor whole = sequence.sumTo(STATE);
                  Tensor sum = carried.getFirst().times(slices.get(0)).plus(slices.get(1));
                  return step(List.of(sum.plus(slices.get(2).times(whole)).tanh()), slices.get(0));
                });
        return weighLast(scanned).plus(weigh(scanned.outputs().getFirst().square()));
      });
    }

    /** As many steps as rows: the two dimensions must not be confused. */
    @Test
    void asManyStepsAsRows_sliceWithoutBatch() {
      check(graph -> {
        Tensor w = square(graph, "w");
        Tensor sequence = graph.parameter("sequence", Shape.of(B, B, H));
        Tensor perStep = graph.parameter("perStep", Shape.of(B, H));
        return weighOutputs(
            graph.scan(
                List.of(sequence, perStep),
                List.of(start(graph, "h")),
                (slices, carried) -> {
                  Tensor input = slices.get(0).plus(slices.get(1)).matmul(w);
                  Tensor next = carried.getFirst().plus(input).tanh();
                  return step(List.of(next), next);
                }));
      });
    }

    @Test
    void singleStep() {
      check(graph -> {
        Tensor x = graph.parameter("x", Shape.of(1, B, H));
        Scanned scanned = recurrent(x, graph.parameter("h", STATE), square(graph, "u"));
        return weighOutputs(scanned).plus(weigh(scanned.last().getFirst().square()));
      });
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void stackedLoops(int layers) {
      check(graph -> {
        Tensor sequence = x(graph);
        Tensor loss = graph.constant(0);
        for (int layer = 0; layer < layers; layer++) {
          Tensor u = square(graph, "u" + layer);
          Tensor w = square(graph, "w" + layer);
          Scanned scanned =
              loop(
                  sequence,
                  graph.parameter("h" + layer, STATE),
                  (x, h) -> {
                    Tensor gate = h.matmul(u).plus(x).sigmoid();
                    Tensor candidate = x.matmul(w).tanh();
                    return gate.times(h).plus(gate.subtractedFrom(1).times(candidate));
                  });
          sequence = scanned.outputs().getFirst();
          loss = loss.plus(weighLast(scanned));
        }
        return loss.plus(weigh(sequence));
      });
    }

    @Test
    void lastStateOfOneLoop_startsAnother() {
      check(graph -> {
        Tensor u = square(graph, "u");
        Graph.ScanBody body =
            (slices, carried) ->
                step(
                    List.of(carried.getFirst().matmul(u).plus(slices.getFirst()).tanh()),
                    carried.getFirst());
        Scanned encoder = graph.scan(List.of(x(graph)), List.of(start(graph, "h")), body);
        return weighResults(
            graph.scan(List.of(encoder.outputs().getFirst()), encoder.last(), body));
      });
    }
  }

  /** By the other ops in the body. */
  @Nested
  class Ops {

    @Test
    void crossEntropy() {
      check(
          3,
          graph -> {
            Tensor v = graph.parameter("v", Shape.of(H, 3));
            Tensor u = square(graph, "u");
            return weighResults(
                graph.scan(
                    List.of(x(graph), ids(graph)),
                    List.of(start(graph, "h")),
                    (slices, carried) -> {
                      Tensor next = carried.getFirst().matmul(u).plus(slices.getFirst()).tanh();
                      Tensor losses = next.graph().crossEntropy(next.matmul(v), slices.get(1));
                      return step(List.of(next.times(losses.mean())), losses);
                    }));
          });
    }

    @Test
    void scalarsAndRows() {
      check(graph -> {
        Tensor u = square(graph, "u");
        Scanned scanned =
            graph.scan(
                List.of(x(graph)),
                List.of(start(graph, "h"), graph.parameter("norm", Shape.SCALAR)),
                (slices, carried) -> {
                  Tensor h = carried.get(0).matmul(u).plus(slices.getFirst());
                  Tensor size = h.square().mean().plus(0.1).sqrt();
                  Tensor center = h.sumTo(Shape.of(H)).times(0.3);
                  Tensor perRow = h.sumTo(Shape.of(B, 1));
                  Tensor next = h.minus(center).dividedBy(size).plus(perRow).tanh();
                  Tensor norm = carried.get(1).times(size).tanh();
                  return step(List.of(next, norm), size, center, perRow, norm);
                });
        return weigh(scanned.last().get(0))
            .plus(scanned.last().get(1))
            .plus(weighAll(scanned.outputs().stream().map(Tensor::tanh)));
      });
    }

    @Test
    void everyPrimitive() {
      check(graph -> {
        Tensor a = graph.parameter("a", Shape.of(H));
        return weighResults(
            graph.scan(
                List.of(x(graph)),
                List.of(start(graph, "h")),
                (slices, carried) -> {
                  Tensor h = carried.getFirst();
                  Tensor root = h.square().plus(a.square()).plus(0.2).sqrt();
                  Tensor log = root.plus(slices.getFirst().square()).log();
                  Tensor chosen = h.maximum(a).minimum(log.exp()).negate();
                  Tensor sum = chosen.dividedBy(root).plus(log.sigmoid());
                  Tensor next = sum.minus(h.times(a)).tanh();
                  return step(List.of(next), next.greaterThan(h).times(log));
                }));
      });
    }
  }
}
