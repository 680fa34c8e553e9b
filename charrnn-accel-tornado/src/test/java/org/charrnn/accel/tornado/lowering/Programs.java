package org.charrnn.accel.tornado.lowering;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.kernel.ProductKernel;
import org.charrnn.accel.tornado.layout.Placement;
import org.charrnn.api.Hyperparameters;
import org.charrnn.api.Optimizer;
import org.charrnn.api.network.Architecture;
import org.charrnn.api.network.Network;
import org.charrnn.api.network.StepSpec;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.gradient.Gradients;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.charrnn.model.gru.GruCell;
import org.charrnn.optim.adagrad.Adagrad;

/** Programs and their launches. */
public final class Programs {

  private static final int NARROW = 3;

  /** So large that a weight after the step is hardly more than its gradient. */
  private static final float RATE = 1000;

  private Programs() {}

  /** A GRU of one layer. */
  public static Network gru(int vocabulary, int hidden) {
    return new Network(new Architecture(vocabulary, 0, hidden, 1, false), new GruCell());
  }

  /** Trains a GRU of one layer on a vocabulary of 50. */
  public static Program training(int steps, int hidden, int batch) {
    return training(gru(50, hidden), steps, batch);
  }

  /** Trains a network with clipped gradients. */
  public static Program training(Network network, int steps, int batch) {
    Optimizer optimizer = new Adagrad();
    return network.train(
        StepSpec.builder(steps, batch)
            .carryState(true)
            .meanLoss(true)
            .clipNorm(1)
            .optimizer(Hyperparameters.defaultsOf(optimizer))
            .build(),
        optimizer);
  }

  /**
   * Matrix products with each combination of transposed operands, which are {@code a0} to {@code
   * a3} and {@code b0} to {@code b3}; the results are {@code c0} to {@code c3}.
   */
  public static Program products(int rows, int inner, int columns) {
    Graph graph = new Graph();
    for (int i = 0; i < 4; i++) {
      boolean transposeA = isTransposedA(i);
      boolean transposeB = isTransposedB(i);
      Shape a = transposeA ? Shape.of(inner, rows) : Shape.of(rows, inner);
      Shape b = transposeB ? Shape.of(columns, inner) : Shape.of(inner, columns);
      graph.output(
          "c" + i,
          graph.matmul(
              graph.input("a" + i, Type.F32, a),
              graph.input("b" + i, Type.F32, b),
              transposeA,
              transposeB));
    }
    return Compiler.compile(graph, "products");
  }

  /** Whether the left operand of product {@code i} of {@link #products} is stored transposed. */
  public static boolean isTransposedA(int i) {
    return i / 2 == 1;
  }

  /** Whether the right operand of product {@code i} of {@link #products} is stored transposed. */
  public static boolean isTransposedB(int i) {
    return i % 2 == 1;
  }

  /** Adds up the rows of a sequence, one in each step. */
  public static Program adding(int steps) {
    Graph graph = new Graph();
    Graph.Scanned sums =
        graph.scan(
            List.of(graph.input("rows", Type.F32, Shape.of(steps, 3))),
            List.of(graph.input("sum", Type.F32, Shape.of(3))),
            (slices, carried) ->
                new Graph.StepResult(
                    List.of(carried.getFirst().plus(slices.getFirst())), List.of()));
    graph.output("total", sums.last().getFirst());
    return Compiler.compile(graph, "adding");
  }

  /** Multiplies a row by a matrix in each step. */
  public static Program multiplying(int steps) {
    Graph graph = new Graph();
    Tensor matrix = graph.input("matrix", Type.F32, Shape.of(3, 3));
    Graph.Scanned powers =
        graph.scan(
            List.of(graph.input("rows", Type.F32, Shape.of(steps, 1, 3))),
            List.of(graph.input("row", Type.F32, Shape.of(1, 3))),
            (slices, carried) ->
                new Graph.StepResult(
                    List.of(carried.getFirst().matmul(matrix).plus(slices.getFirst())), List.of()));
    graph.output("last", powers.last().getFirst());
    return Compiler.compile(graph, "multiplying");
  }

  /**
   * Trains a loop whose state has many columns although its weights have few numbers, so that a
   * simulator runs it in seconds: the recurrent weights are products of narrow matrices.
   */
  public static Program narrow(int steps, int rows, int columns) {
    Graph graph = new Graph();
    Tensor down = graph.parameter("down", Shape.of(columns, NARROW));
    Tensor gate = graph.parameter("gate", Shape.of(NARROW, columns));
    Tensor candidate = graph.parameter("candidate", Shape.of(NARROW, columns));
    Graph.Scanned states =
        scan(
            graph,
            steps,
            Shape.of(rows, columns),
            (slice, state) -> {
              Tensor narrow = state.matmul(down);
              Tensor kept = narrow.matmul(gate).sigmoid().times(state);
              return kept.plus(narrow.matmul(candidate).plus(slice).tanh());
            });
    return trained(graph, states, List.of(down, gate, candidate));
  }

  /** Trains a loop whose rows depend on one another, which thus runs step by step. */
  public static Program mixing(int steps, int rows, int columns) {
    Graph graph = new Graph();
    Tensor mix = graph.parameter("mix", Shape.of(rows, rows));
    Tensor weight = graph.parameter("weight", Shape.of(columns, columns));
    Graph.Scanned states =
        scan(
            graph,
            steps,
            Shape.of(rows, columns),
            (slice, state) -> mix.matmul(state).matmul(weight).plus(slice).tanh());
    return trained(graph, states, List.of(mix, weight));
  }

  /** A loop over a sequence; {@code next} is the state after a slice of it and a state. */
  private static Graph.Scanned scan(
      Graph graph, int steps, Shape state, BinaryOperator<Tensor> next) {
    return graph.scan(
        List.of(graph.parameter("sequence", state.stacked(steps))),
        List.of(graph.parameter("state", state)),
        (slices, carried) ->
            new Graph.StepResult(
                List.of(next.apply(slices.getFirst(), carried.getFirst())), List.of()));
  }

  /** Updates weights such that the last state of a loop becomes smaller. */
  private static Program trained(Graph graph, Graph.Scanned states, List<Tensor> weights) {
    Tensor loss = states.last().getFirst().square().sum();
    List<Tensor> gradients = Gradients.of(loss, weights);
    for (int i = 0; i < weights.size(); i++) {
      graph.update(weights.get(i), weights.get(i).minus(gradients.get(i).times(RATE)));
    }
    graph.output("loss", loss);
    return Compiler.compile(graph, "trained");
  }

  public static List<Segment> lower(Program program, boolean gpu) {
    Map<Buffer, Integer> externals = new HashMap<>();
    int base = Placement.RESERVED;
    for (Buffer buffer : program.externals()) {
      externals.put(buffer, base);
      base += buffer.shape().elements();
    }
    return Lowering.lower(program, Placement.of(program, externals, base, base), gpu);
  }

  public static List<Launch> launches(Program program, boolean gpu) {
    return lower(program, gpu).stream().flatMap(part -> part.launches().stream()).toList();
  }

  /**
   * The launches of {@code program}, as a list for people: the label of each, of products with
   * their form.
   */
  public static List<String> kernels(Program program, boolean gpu) {
    return launches(program, gpu).stream()
        .map(launch ->
            launch.kernel() instanceof ProductKernel product
                ? launch.label() + " " + product.form().description()
                : launch.label())
        .toList();
  }
}
