package org.charrnn.testkit.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.charrnn.api.SeededRandom;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;

/**
 * A random graph: ops on leaves and on results of ops, loops, a loss with its gradients, outputs
 * and updates. The same seed gives the same graph. Sizes are small and often equal, which reveals
 * confused dimensions. Values stay moderate, so that results can be compared to many digits.
 */
final class RandomGraph {

  /**
   * All ids that are gathered, scattered and scored are below this number, which is the minimum
   * size of tables and of rows of logits.
   */
  static final int IDS = 3;

  private final SeededRandom random;
  private final Graph graph;
  private final int steps;
  private final int batch;
  private final int hidden;
  private final List<Tensor> parameters = new ArrayList<>();
  private final List<Tensor> states = new ArrayList<>();
  private Tensor loss;

  RandomGraph(long seed, Graph graph) {
    this.random = new SeededRandom(seed);
    this.graph = graph;
    this.steps = 1 + random.nextInt(4);
    this.batch = random.nextInt(3) == 0 ? steps : 1 + random.nextInt(3);
    this.hidden = random.nextInt(4) == 0 ? batch : 1 + random.nextInt(4);
    record();
  }

  Graph graph() {
    return graph;
  }

  Tensor loss() {
    return loss;
  }

  List<Tensor> parameters() {
    return parameters;
  }

  private void record() {
    List<Tensor> pool = new ArrayList<>(leaves());
    int size = 4 + random.nextInt(8);
    for (int i = 0; i < size; i++) {
      if (random.nextInt(4) == 0) {
        pool.addAll(loop(pool));
      } else {
        pool.add(anyOp(graph, pool));
      }
    }
    loss = damped(anyFloat(pool)).mean().plus(damped(pool.getLast()).sum());
    if (random.nextBoolean()) {
      loss = loss.plus(damped(anyFloat(pool)).sum().times(anyFloat(pool).tanh().mean()));
    }
  }

  private List<Tensor> leaves() {
    parameters.add(graph.parameter("square", Shape.of(hidden, hidden)));
    parameters.add(graph.parameter("table", Shape.of(IDS + random.nextInt(15), hidden)));
    parameters.add(graph.parameter("row", Shape.of(hidden)));
    parameters.add(graph.parameter("column", Shape.of(batch, 1)));
    parameters.add(graph.parameter("number", Shape.SCALAR));
    parameters.add(graph.parameter("wide", Shape.of(hidden, IDS + random.nextInt(2))));
    states.add(graph.leaf(Role.CARRIED_STATE, Type.F32, "h", Shape.of(batch, hidden)));
    states.add(graph.leaf(Role.CARRIED_STATE, Type.F32, "c", Shape.of(batch, hidden)));
    List<Tensor> all = new ArrayList<>(parameters);
    all.addAll(states);
    all.add(graph.input("x", Type.F32, Shape.of(steps, batch, hidden)));
    all.add(graph.input("perStep", Type.F32, Shape.of(steps, hidden)));
    all.add(graph.uniform(graph.input("seed", Type.I32, Shape.SCALAR), 3, Shape.of(batch, hidden)));
    all.add(graph.input("ids", Type.I32, Shape.of(steps, batch)));
    all.add(graph.input("id", Type.I32, Shape.of(batch)));
    return all;
  }

  // ---- ops

  private Tensor anyOp(Graph target, List<Tensor> pool) {
    for (int attempt = 0; attempt < 20; attempt++) {
      Tensor result =
          switch (random.nextInt(15)) {
            case 0, 1 -> unary(anyFloat(pool));
            case 2, 3, 4, 5 -> binary(anyFloat(pool), anyFloat(pool));
            case 6, 7 -> product(target, anyFloat(pool), pool);
            case 8 -> affine(anyFloat(pool));
            case 9 -> gather(target, pool);
            case 10 -> lookUp(pool);
            case 11 -> scatter(target, pool);
            case 12 -> sum(anyFloat(pool), anyFloat(pool));
            case 13 -> crossEntropy(target, pool);
            default -> score(target, pool);
          };
      if (result != null) {
        return result;
      }
    }
    return unary(anyFloat(pool));
  }

  private Tensor unary(Tensor a) {
    return switch (random.nextInt(10)) {
      case 0 -> a.negate();
      case 1 -> a.tanh();
      case 2 -> a.sigmoid();
      case 3 -> a.tanh().exp();
      case 4 -> a.square().plus(0.5).sqrt();
      case 5 -> a.square().plus(0.5).log();
      case 6 -> a.subtractedFrom(1);
      case 7 -> a.times(random.nextBoolean() ? 1 : 0.5);
      case 8 -> a.plus(random.nextInt(2));
      default -> a.maximum(0.1).minimum(2);
    };
  }

  private Tensor binary(Tensor a, Tensor b) {
    if (!a.shape().broadcastsTo(b.shape()) && !b.shape().broadcastsTo(a.shape())) {
      return null;
    }
    return switch (random.nextInt(8)) {
      case 0, 1 -> a.plus(b);
      case 2 -> a.minus(b);
      case 3, 4 -> a.tanh().times(b);
      case 5 -> a.dividedBy(b.square().plus(1));
      case 6 -> a.maximum(b);
      default -> a.minimum(b.times(0.7));
    };
  }

  private Tensor product(Graph target, Tensor a, List<Tensor> pool) {
    boolean transposeA = random.nextInt(4) == 0;
    boolean transposeB = random.nextInt(3) == 0;
    int length = transposeA ? a.shape().rows() : a.shape().columns();
    Tensor b =
        any(
            pool,
            tensor ->
                isFloat(tensor)
                    && length == (transposeB ? tensor.shape().columns() : tensor.shape().rows()));
    return b == null ? null : damped(target.matmul(a, b, transposeA, transposeB));
  }

  /** {@code a W + b}, as in cells. */
  private Tensor affine(Tensor a) {
    if (a.shape().columns() != hidden) {
      return null;
    }
    Tensor product = a.matmul(parameters.get(0));
    return random.nextBoolean() ? product.plus(parameters.get(2)) : product.plus(a);
  }

  /** Rows of the table, as in the first layer of a network. */
  private Tensor lookUp(List<Tensor> pool) {
    Tensor ids = any(pool, RandomGraph::isIds);
    return ids == null ? null : ids.matmul(parameters.get(1));
  }

  /** The loss of logits {@code a W}, as in the last layer of a network. */
  private Tensor score(Graph target, List<Tensor> pool) {
    Tensor ids = any(pool, RandomGraph::isIds);
    Tensor a =
        any(
            pool,
            tensor ->
                ids != null
                    && isFloat(tensor)
                    && tensor.shape().columns() == hidden
                    && tensor.shape().rows() == ids.shape().elements());
    return a == null ? null : target.crossEntropy(a.matmul(parameters.get(5)), ids);
  }

  private Tensor gather(Graph target, List<Tensor> pool) {
    Tensor table =
        any(
            pool,
            tensor ->
                isFloat(tensor) && tensor.shape().rank() == 2 && tensor.shape().rows() >= IDS);
    Tensor ids = any(pool, RandomGraph::isIds);
    return table == null || ids == null ? null : target.gather(table, ids);
  }

  private Tensor scatter(Graph target, List<Tensor> pool) {
    Tensor ids = any(pool, RandomGraph::isIds);
    Tensor values =
        any(
            pool,
            tensor ->
                isFloat(tensor) && ids != null && tensor.shape().rows() == ids.shape().elements());
    return values == null ? null : target.scatterAdd(values, ids, IDS + random.nextInt(3));
  }

  private Tensor sum(Tensor a, Tensor like) {
    Shape smaller = random.nextBoolean() ? like.shape() : Shape.of(a.shape().columns());
    return smaller.broadcastsTo(a.shape()) ? damped(a.sumTo(smaller)) : null;
  }

  private Tensor crossEntropy(Graph target, List<Tensor> pool) {
    Tensor ids = any(pool, RandomGraph::isIds);
    Tensor logits =
        any(
            pool,
            tensor ->
                isFloat(tensor)
                    && tensor.shape().columns() >= IDS
                    && ids != null
                    && tensor.shape().rows() == ids.shape().elements());
    return logits == null ? null : target.crossEntropy(logits, ids);
  }

  /** Limits the growth of values. */
  private Tensor damped(Tensor tensor) {
    return random.nextInt(3) == 0 ? tensor.tanh() : tensor.times(0.5);
  }

  // ---- loops

  private List<Tensor> loop(List<Tensor> pool) {
    List<Tensor> sequences = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      String leaf = random.nextInt(3) == 0 ? "x" : random.nextInt(3) == 0 ? "perStep" : "";
      sequences.add(
          any(
              pool,
              tensor ->
                  leaf.isEmpty()
                      ? tensor.shape().rank() > 1 && tensor.shape().size(0) == steps
                      : tensor.name().equals(leaf)));
    }
    List<Tensor> initial = new ArrayList<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      Tensor start = random.nextInt(3) == 0 ? anyFloat(pool) : states.get(random.nextInt(2));
      initial.add(random.nextInt(4) == 0 ? graph.zeros(start.shape()) : start);
    }
    Graph.Scanned scanned =
        graph.scan(sequences, initial, (slices, carried) -> step(pool, slices, carried));
    List<Tensor> results = new ArrayList<>(scanned.outputs());
    scanned.last().stream().filter(_ -> random.nextBoolean()).forEach(results::add);
    return results;
  }

  private Graph.StepResult step(List<Tensor> outside, List<Tensor> slices, List<Tensor> carried) {
    Graph body = carried.getFirst().graph();
    List<Tensor> pool = new ArrayList<>(slices);
    pool.addAll(carried);
    if (random.nextBoolean()) {
      addSumOfSlices(slices, pool);
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      pool.add(outside.get(random.nextInt(outside.size())));
    }
    for (int i = random.nextInt(8); i > 0; i--) {
      pool.add(anyOp(body, pool));
    }
    List<Tensor> next = new ArrayList<>();
    for (Tensor state : carried) {
      next.add(successor(state, pool));
    }
    List<Tensor> outputs = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      outputs.add(random.nextInt(3) == 0 ? next.getFirst() : anyFloat(pool));
    }
    return new Graph.StepResult(next, outputs);
  }

  /**
   * Adds a function of the slices that does not depend on the states, so that it can be hoisted.
   */
  private void addSumOfSlices(List<Tensor> slices, List<Tensor> pool) {
    List<Tensor> terms = slices.stream().filter(RandomGraph::isFloat).toList();
    if (terms.isEmpty()) {
      return;
    }
    Tensor sum = binary(terms.getFirst(), terms.getLast());
    if (sum != null) {
      Tensor product = affine(random.nextBoolean() ? unary(sum) : sum);
      pool.add(product == null ? sum : product);
    }
  }

  private Tensor successor(Tensor state, List<Tensor> pool) {
    if (random.nextInt(6) == 0) {
      return state;
    }
    Tensor candidate = anyFloat(pool.subList(pool.size() / 2, pool.size()));
    if (candidate == null) {
      return damped(state);
    }
    if (candidate.shape().equals(state.shape())) {
      return random.nextInt(3) == 0 ? candidate : candidate.plus(state).tanh();
    }
    if (candidate.shape().broadcastsTo(state.shape())) {
      Tensor sum = candidate.plus(state);
      return sum.shape().equals(state.shape()) ? sum.tanh() : state.tanh();
    }
    return state.shape().broadcastsTo(candidate.shape())
        ? candidate.sumTo(state.shape()).tanh()
        : state.times(0.9);
  }

  /**
   * Makes some values outputs and updates some leaves.
   *
   * @param gradients whether the gradients of the loss are recorded, and update the parameters
   */
  void recordResults(boolean gradients) {
    new RandomTraining(random, graph, parameters, states, loss).record(gradients);
  }

  // ---- selection

  private static boolean isIds(Tensor tensor) {
    return !isFloat(tensor);
  }

  private static boolean isFloat(Tensor tensor) {
    return tensor.type() == Type.F32;
  }

  private Tensor anyFloat(List<Tensor> pool) {
    // Recent values are preferred, so that chains become long.
    if (random.nextBoolean()) {
      Tensor recent = any(pool.subList(pool.size() * 2 / 3, pool.size()), RandomGraph::isFloat);
      if (recent != null) {
        return recent;
      }
    }
    return any(pool, RandomGraph::isFloat);
  }

  private Tensor any(List<Tensor> pool, Predicate<Tensor> condition) {
    List<Tensor> fitting = pool.stream().filter(condition).toList();
    return fitting.isEmpty() ? null : fitting.get(random.nextInt(fitting.size()));
  }
}
