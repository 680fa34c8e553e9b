package org.charrnn.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.charrnn.graph.expression.BinaryFunction;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;
import org.jspecify.annotations.Nullable;

/**
 * A recorded computation: leaves with names and roles, nodes in order, named outputs, and updates
 * of leaves. The same op on the same operands is recorded once. Shapes and types are checked while
 * the graph is built: methods that record an op throw an {@link IllegalArgumentException} if they
 * do not fit, whose message names both shapes, or if an operand belongs neither to this graph nor
 * to a surrounding one, and a {@link TensorTooLargeException} if the result has too many elements.
 *
 * <p><b>Thread safety.</b> None: one thread records a graph.
 */
public final class Graph {

  /** Records one step of a loop over time, see {@link #scan}. */
  @FunctionalInterface
  public interface ScanBody {
    /**
     * Records one step.
     *
     * @param slices the slices of the sequences in this step, in the order of the sequences
     * @param carried the carried states after the previous step, in the order of the initial ones
     * @return the results of the step
     */
    StepResult step(List<Tensor> slices, List<Tensor> carried);
  }

  /**
   * The results of one step of a loop over time.
   *
   * @param carried the new carried states, in the order and shapes of the old ones
   * @param outputs the tensors that are stacked over the steps; there may be none
   */
  public record StepResult(List<Tensor> carried, List<Tensor> outputs) {}

  /**
   * The results of a loop over time.
   *
   * @param last the carried states after the last step
   * @param outputs the stacked outputs, each {@code [steps, ...]}
   */
  public record Scanned(List<Tensor> last, List<Tensor> outputs) {}

  private record Application(Op op, List<Tensor> inputs, Shape shape) {}

  private final @Nullable Graph parent;
  private final Set<Optimization> optimizations;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Tensor, Node> definitions = new HashMap<>();
  private final Map<Application, List<Tensor>> applied = new HashMap<>();
  private final Map<String, Tensor> leaves = new LinkedHashMap<>();
  private final Map<String, Tensor> outputs = new LinkedHashMap<>();
  private final Map<Tensor, Tensor> updates = new LinkedHashMap<>();

  /** An empty graph with all optimizations. */
  public Graph() {
    this(EnumSet.allOf(Optimization.class));
  }

  /**
   * An empty graph whose programs are optimized in the given ways only.
   *
   * @param optimizations the passes of the compiler to use, which are copied
   */
  public Graph(Set<Optimization> optimizations) {
    this(null, optimizations);
  }

  private Graph(@Nullable Graph parent, Set<Optimization> optimizations) {
    this.parent = parent;
    this.optimizations = Set.copyOf(optimizations);
  }

  /** {@return the optimizations of the programs of this graph; unmodifiable} */
  public Set<Optimization> optimizations() {
    return optimizations;
  }

  // ---- leaves, outputs, updates

  /**
   * {@return a new leaf of floats in the role {@link Role#PARAMETER}: a weight that is trained}
   *
   * @param name its name
   * @param shape its shape
   * @throws IllegalArgumentException if the name is taken or empty, or this is the body of a loop
   */
  public Tensor parameter(String name, Shape shape) {
    return leaf(Role.PARAMETER, Type.F32, name, shape);
  }

  /**
   * {@return a new leaf in the role {@link Role#INPUT}: a number or array that the caller writes
   * before each run}
   *
   * @param name its name
   * @param type the type of the elements
   * @param shape its shape
   * @throws IllegalArgumentException if the name is taken or empty, or this is the body of a loop
   */
  public Tensor input(String name, Type type, Shape shape) {
    return leaf(Role.INPUT, type, name, shape);
  }

  /**
   * {@return a new leaf: a tensor that the caller of the program provides}
   *
   * @param role the role in the program: neither {@link Role#TEMPORARY} nor {@link Role#OUTPUT}
   * @param type the type of the elements
   * @param name its name, unique among the leaves and outputs of this graph
   * @param shape its shape
   * @throws IllegalArgumentException if the name is taken or empty, the role is not that of a leaf,
   *     or this is the body of a loop
   */
  public Tensor leaf(Role role, Type type, String name, Shape shape) {
    requireNoBody("leaf '" + name + "'");
    if (role == Role.TEMPORARY || role == Role.OUTPUT) {
      throw new IllegalArgumentException(
          "a leaf must be a parameter, a state or an input, not " + role + ": " + name);
    }
    Tensor leaf = new Tensor(this, type, shape, name, role);
    if (name.isEmpty() || outputs.containsKey(name) || leaves.putIfAbsent(name, leaf) != null) {
      throw new IllegalArgumentException(
          "the name of a leaf must be new and not empty: '" + name + "'");
    }
    return leaf;
  }

  /**
   * Makes {@code value} readable after each run under {@code name}.
   *
   * @param name the name of the output
   * @param value the tensor, of floats
   * @throws IllegalArgumentException if the name is taken or empty, the tensor is not one of this
   *     graph or of floats, or this is the body of a loop
   */
  public void output(String name, Tensor value) {
    requireNoBody("output '" + name + "'");
    require(value);
    OpRules.requireType(Type.F32, "output '" + name + "'", value);
    if (name.isEmpty()
        || leaves.containsKey(name)
        || outputs.putIfAbsent(name, computed(value)) != null) {
      throw new IllegalArgumentException(
          "the name of an output must be new and not empty: '" + name + "'");
    }
  }

  /**
   * Sets {@code leaf} to {@code value} at the end of each run; all values are computed from the old
   * leaves. Setting a leaf to itself costs nothing.
   *
   * @param leaf the parameter or state to update
   * @param value the value after the run, of the shape of the leaf
   * @throws IllegalArgumentException if the leaf is not one of this graph or is updated already,
   *     one of the two is of integers, or their shapes differ
   */
  public void update(Tensor leaf, Tensor value) {
    require(value);
    if (leaves.get(leaf.name()) != leaf) {
      throw new IllegalArgumentException("only a leaf of this graph can be updated: " + leaf);
    }
    OpRules.requireType(Type.F32, "updated leaf", leaf);
    OpRules.requireType(Type.F32, "update of " + leaf, value);
    if (!leaf.shape().equals(value.shape())) {
      throw new IllegalArgumentException(
          "the update of " + leaf + " has another shape: " + value.shape());
    }
    if (leaf != value && updates.putIfAbsent(leaf, computed(value)) != null) {
      throw new IllegalArgumentException("updated twice: " + leaf);
    }
  }

  /** A copy of a leaf, which does not change when the leaf does; other values as they are. */
  private Tensor computed(Tensor value) {
    return value.isLeaf()
        ? record(
            new Op.Elementwise(Expression.of(UnaryFunction.IDENTITY)),
            List.of(value),
            Type.F32,
            value.shape())
        : value;
  }

  /** {@return the leaves by name, in order of declaration; an unmodifiable view} */
  public Map<String, Tensor> leaves() {
    return Collections.unmodifiableMap(leaves);
  }

  /** {@return the named outputs, in order of declaration; an unmodifiable view} */
  public Map<String, Tensor> outputs() {
    return Collections.unmodifiableMap(outputs);
  }

  /** {@return the new value of each updated leaf, in order of declaration; an unmodifiable view} */
  public Map<Tensor, Tensor> updates() {
    return Collections.unmodifiableMap(updates);
  }

  /** {@return the nodes recorded so far, in order; an unmodifiable view} */
  public List<Node> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /**
   * {@return the node that computes {@code tensor} in this graph; null for leaves and for tensors
   * of other graphs}
   *
   * @param tensor a tensor
   */
  public @Nullable Node definition(Tensor tensor) {
    return definitions.get(tensor);
  }

  // ---- ops

  /**
   * {@return a constant, a scalar}
   *
   * @param value the number, in double precision until an accelerator rounds it to a float
   */
  public Tensor constant(double value) {
    return record(
        new Op.Elementwise(Expression.constant(value)), List.of(), Type.F32, Shape.SCALAR);
  }

  /**
   * {@return a tensor of zeros}
   *
   * @param shape the shape of the result
   */
  public Tensor zeros(Shape shape) {
    return broadcast(constant(0), shape);
  }

  /**
   * {@return random numbers in [0, 1), see {@link Op.Uniform}}
   *
   * @param seed a tensor of one integer, which the caller changes from run to run
   * @param salt distinguishes the uses of a seed
   * @param shape the shape of the result
   * @throws IllegalArgumentException if the seed is not a single integer
   */
  public Tensor uniform(Tensor seed, int salt, Shape shape) {
    OpRules.checkSeed(seed);
    return record(new Op.Uniform(salt), List.of(seed), Type.F32, shape);
  }

  /**
   * {@return the rows of {@code table [rows, n]} that {@code ids} name: {@code [..ids.., n]}}
   *
   * @param table the table, {@code [rows, n]}
   * @param ids the ids, integers in {@code [0, rows)}
   * @throws IllegalArgumentException if a type or the rank of the table does not fit
   */
  public Tensor gather(Tensor table, Tensor ids) {
    return gather(table, ids, OpRules.gather(table, ids));
  }

  /**
   * {@return the rows of {@code table} that {@code ids} name, in the given shape}
   *
   * @param table the table, {@code [rows, n]}
   * @param ids the ids, integers in {@code [0, rows)}
   * @param result the shape of the result: {@code n} columns and a row for each id
   * @throws IllegalArgumentException if a type, the rank of the table or the shape does not fit
   */
  public Tensor gather(Tensor table, Tensor ids, Shape result) {
    OpRules.checkResult("gather", OpRules.gather(table, ids), result);
    return record(new Op.Gather(), List.of(table, ids), Type.F32, result);
  }

  /**
   * {@return zeros of shape {@code [rows, n]}, with each row of {@code values [..ids.., n]} added
   * to the row that its id names}
   *
   * @param values the rows to add, of floats
   * @param ids the ids, integers below {@code rows}; a negative one is skipped
   * @param rows the number of rows of the result, at least 1
   * @throws IllegalArgumentException if a type does not fit, or there is not a row of values for
   *     each id
   */
  public Tensor scatterAdd(Tensor values, Tensor ids, int rows) {
    Shape result = OpRules.scatterAdd(values, ids, rows);
    return record(new Op.ScatterAdd(rows), List.of(values, ids), Type.F32, result);
  }

  /**
   * {@return the matrix product, see {@link Op.MatMul}} It keeps the leading axes of {@code a},
   * unless that is stored transposed.
   *
   * @param a the first operand, {@code [m, k]}, or {@code [k, m]} if it is stored transposed
   * @param b the second operand, {@code [k, n]}, or {@code [n, k]} if it is stored transposed
   * @param transposeA whether {@code a} is stored transposed
   * @param transposeB whether {@code b} is stored transposed
   * @throws IllegalArgumentException if an operand is of integers, or {@code k} differs
   */
  public Tensor matmul(Tensor a, Tensor b, boolean transposeA, boolean transposeB) {
    return matmul(a, b, transposeA, transposeB, OpRules.matmul(a, b, transposeA, transposeB));
  }

  /**
   * {@return the matrix product, see {@link Op.MatMul}, in the given shape}
   *
   * @param a the first operand, {@code [m, k]}, or {@code [k, m]} if it is stored transposed
   * @param b the second operand, {@code [k, n]}, or {@code [n, k]} if it is stored transposed
   * @param transposeA whether {@code a} is stored transposed
   * @param transposeB whether {@code b} is stored transposed
   * @param result the shape of the result: {@code m} rows and {@code n} columns
   * @throws IllegalArgumentException if an operand is of integers, {@code k} differs, or the shape
   *     does not fit
   */
  public Tensor matmul(Tensor a, Tensor b, boolean transposeA, boolean transposeB, Shape result) {
    OpRules.checkMatmul(a, b, transposeA, transposeB);
    OpRules.checkResult("matmul", OpRules.matmul(a, b, transposeA, transposeB), result);
    return record(new Op.MatMul(transposeA, transposeB), List.of(a, b), Type.F32, result);
  }

  /**
   * Softmax and cross entropy of each row of logits against its target, in nats.
   *
   * @param logits unnormalized scores, {@code [..targets.., V]}
   * @param targets ids, integers below V; a negative one is skipped: its loss is 0
   * @return the loss of each target, in the shape of {@code targets}
   * @throws IllegalArgumentException if a type does not fit, or there is not a row of logits for
   *     each target
   */
  public Tensor crossEntropy(Tensor logits, Tensor targets) {
    OpRules.checkCrossEntropy(logits, targets);
    return record(
        new Op.CrossEntropy(true, false), List.of(logits, targets), Type.F32, targets.shape());
  }

  /**
   * {@return the gradient of {@link #crossEntropy} with respect to the logits, in their shape}
   *
   * @param logits unnormalized scores, {@code [..targets.., V]}
   * @param targets ids, integers below V; the gradient of a negative one is 0
   * @param upstream the gradient of the losses: a scalar, or in the shape of {@code targets}
   * @throws IllegalArgumentException if a type does not fit, there is not a row of logits for each
   *     target, or the gradient of the losses has another shape
   */
  public Tensor crossEntropyGradient(Tensor logits, Tensor targets, Tensor upstream) {
    OpRules.checkCrossEntropy(logits, targets);
    OpRules.checkUpstream(upstream, targets);
    return record(
        new Op.CrossEntropy(false, true),
        List.of(logits, targets, upstream),
        Type.F32,
        logits.shape());
  }

  /**
   * {@return the sum over all repetitions, see {@link Tensor#sumTo}, recorded on this graph}
   *
   * @param value the tensor, of floats
   * @param smaller the shape of the result
   * @throws IllegalArgumentException if the tensor is of integers, or that shape cannot be
   *     broadcast to the tensor's
   */
  public Tensor sum(Tensor value, Shape smaller) {
    OpRules.requireType(Type.F32, "summed value", value);
    if (smaller.equals(value.shape())) {
      return value;
    }
    OpRules.checkSum(value, smaller);
    return record(new Op.Sum(), List.of(value), Type.F32, smaller);
  }

  /**
   * {@return {@code value} repeated to {@code shape}, recorded on this graph}
   *
   * @param value the tensor, of floats
   * @param shape the shape of the result
   * @throws IllegalArgumentException if the tensor is of integers, or cannot be broadcast to that
   *     shape
   */
  public Tensor broadcast(Tensor value, Shape shape) {
    OpRules.requireType(Type.F32, "broadcast value", value);
    if (shape.equals(value.shape())) {
      return value;
    }
    OpRules.checkBroadcast(value, shape);
    return record(
        new Op.Elementwise(Expression.of(UnaryFunction.IDENTITY)), List.of(value), Type.F32, shape);
  }

  /**
   * {@return a function of each element, recorded on this graph even if its operand belongs to a
   * surrounding one}
   *
   * @param function the function
   * @param operand the operand, of floats
   * @throws IllegalArgumentException if the operand is of integers
   */
  public Tensor apply(UnaryFunction function, Tensor operand) {
    OpRules.requireType(Type.F32, "operand of " + function, operand);
    Tensor simpler = Algebra.simplify(this, function, operand);
    return simpler != null
        ? simpler
        : record(
            new Op.Elementwise(Expression.of(function)),
            List.of(operand),
            Type.F32,
            operand.shape());
  }

  /**
   * {@return a function of each pair of elements, recorded on this graph even if its operands
   * belong to a surrounding one}
   *
   * @param function the function
   * @param left the left operand, of floats
   * @param right the right operand, of floats
   * @throws IllegalArgumentException if an operand is of integers, or their shapes do not fit
   */
  public Tensor apply(BinaryFunction function, Tensor left, Tensor right) {
    Shape shape = OpRules.elementwise(function, left, right);
    Tensor simpler = Algebra.simplify(this, function, left, right, shape);
    return simpler != null
        ? simpler
        : record(
            new Op.Elementwise(Expression.of(function)), List.of(left, right), Type.F32, shape);
  }

  // ---- loops

  /**
   * {@return the results of a loop over time} The body may also use tensors of this graph, such as
   * weights, which are the same in each step. Products that do not depend on the carried states,
   * such as the product of the inputs and a weight, are computed for all steps at once, before the
   * loop, see {@link Optimization#HOISTING}.
   *
   * @param sequences tensors {@code [steps, ...]} of at least two axes, at least one, of which the
   *     body receives one slice per step
   * @param initial the carried states before the first step, of floats, at least one
   * @param body records one step; it is called once
   * @throws IllegalArgumentException if there is no sequence or no state, lengths differ, a state
   *     or an output is of integers, the number or the shape of a state changes, or this graph is
   *     the body of a loop
   */
  public Scanned scan(List<Tensor> sequences, List<Tensor> initial, ScanBody body) {
    OpRules.checkLoop(sequences, initial);
    sequences.forEach(this::require);
    initial.forEach(this::require);
    LoopBuilder loop = new LoopBuilder(this, this, sequences.getFirst().shape().size(0), false);
    List<Tensor> slices = sequences.stream().map(loop::sequence).toList();
    List<Tensor> carried = initial.stream().map(loop::carried).toList();
    StepResult step = body.step(slices, carried);
    return loop.finish(step.carried(), step.outputs());
  }

  /** A graph for the body of a loop, which may use the tensors of {@code surrounding}. */
  static Graph body(Graph surrounding) {
    return new Graph(surrounding, surrounding.optimizations);
  }

  boolean isBody() {
    return parent != null;
  }

  // ---- recording

  /** The graph on which an op of these operands is recorded: the inner one of their graphs. */
  static Graph innermost(Tensor a, Tensor b) {
    return a.graph().depth() >= b.graph().depth() ? a.graph() : b.graph();
  }

  private int depth() {
    return parent == null ? 0 : 1 + parent.depth();
  }

  Tensor record(Op op, List<Tensor> inputs, Type type, Shape shape) {
    inputs.forEach(this::require);
    return applied
        .computeIfAbsent(
            new Application(op, inputs, shape),
            _ ->
                append(
                    new Node(
                        op, inputs, List.of(new Tensor(this, type, shape, "", Role.TEMPORARY)))))
        .getFirst();
  }

  List<Tensor> append(Node node) {
    nodes.add(node);
    node.outputs().forEach(output -> definitions.put(output, node));
    return node.outputs();
  }

  /** Replaces {@code node} by {@code replacement}, which defines the same tensors. */
  void replace(Node node, Node replacement) {
    nodes.set(nodes.indexOf(node), replacement);
    replacement.outputs().forEach(output -> definitions.put(output, replacement));
  }

  /**
   * Checks that {@code tensor} belongs to this graph or to a surrounding one.
   *
   * @param tensor a tensor
   * @throws IllegalArgumentException if it belongs to another graph
   */
  public void require(Tensor tensor) {
    for (Graph graph = this; graph != null; graph = graph.parent) {
      if (graph == tensor.graph()) {
        return;
      }
    }
    throw new IllegalArgumentException("this tensor belongs to another graph: " + tensor);
  }

  private void requireNoBody(String what) {
    if (isBody()) {
      throw new IllegalArgumentException(
          "the body of a loop cannot declare leaves or outputs: " + what);
    }
  }

  /** {@return all results: the outputs and the new values of leaves} */
  public Collection<Tensor> results() {
    List<Tensor> results = new ArrayList<>(outputs.values());
    results.addAll(updates.values());
    return results;
  }
}
