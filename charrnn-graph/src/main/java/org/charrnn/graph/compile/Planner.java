package org.charrnn.graph.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.charrnn.graph.Block;
import org.charrnn.graph.Node;
import org.charrnn.graph.Op;
import org.charrnn.graph.Operands;
import org.charrnn.graph.Role;
import org.charrnn.graph.Tensor;
import org.charrnn.graph.Type;
import org.charrnn.graph.expression.Expression;
import org.charrnn.graph.expression.UnaryFunction;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;

/**
 * Assigns memory to each tensor of a block and writes the instructions.
 *
 * <p>Leaves and outputs have buffers of their own. A new value of a leaf overwrites the old one if
 * that is not read afterwards; otherwise it is copied at the end. Temporaries share buffers: a
 * buffer is reused once its value is no longer read, and an op that allows it overwrites an operand
 * that it is the last to read.
 *
 * <p>A state that a loop carries has a buffer of {@code steps + 1} states. Each step reads one and
 * writes the next, so the states before and after a step are two views of the same memory and
 * nothing is copied. If the body is a single expression, it overwrites what it alone reads, since
 * that is cheaper than memory of its own: a state of which only the last value is read after the
 * loop, and the slices of sequences that are not read after it.
 */
final class Planner {

  private static final Op.Elementwise COPY =
      new Op.Elementwise(Expression.of(UnaryFunction.IDENTITY));

  private final String name;
  private final Block block;
  private final Results results;
  private final Pool pool = new Pool();
  private final Map<Tensor, Slot> slots = new HashMap<>();
  private final List<Instruction> instructions = new ArrayList<>();
  private final List<PendingCopy> pendingCopies = new ArrayList<>();

  /** A result that is computed elsewhere and copied to its buffer at the end. */
  private record PendingCopy(Tensor value, Slot target) {}

  Planner(String name, Block block, Results results) {
    this.name = name;
    this.block = block;
    this.results = results;
  }

  Program plan() {
    for (Tensor leaf : block.inputs()) {
      slots.put(leaf, whole(pool.external(leaf.name(), leaf.role(), leaf.type(), leaf.shape())));
    }
    results.outputs().forEach(this::placeOutput);
    results.updates().forEach(this::placeUpdate);

    Lifetimes lifetimes = new Lifetimes(block, pool);
    for (int i = 0; i < block.nodes().size(); i++) {
      Node node = block.nodes().get(i);
      switch (node.op()) {
        case Op.Scan scan -> loop(node, scan, lifetimes, i);
        case Op.Kernel kernel -> instructions.add(run(node, kernel, lifetimes, i));
      }
      lifetimes.release(node, i);
    }
    pendingCopies.forEach(
        pending -> instructions.add(copy(slot(pending.value()), pending.target())));
    return new Program(name, pool.buffers(), instructions);
  }

  private void placeOutput(String outputName, Tensor value) {
    Slot slot = whole(pool.external(outputName, Role.OUTPUT, value.type(), value.shape()));
    if (isComputedByKernel(value) && !slots.containsKey(value)) {
      slots.put(value, slot);
    } else {
      pendingCopies.add(new PendingCopy(value, slot));
    }
  }

  private void placeUpdate(Tensor leaf, Tensor value) {
    if (isComputedByKernel(value) && !slots.containsKey(value) && canOverwrite(leaf, value)) {
      slots.put(value, slot(leaf));
    } else {
      pendingCopies.add(new PendingCopy(value, slot(leaf)));
    }
  }

  private boolean isComputedByKernel(Tensor value) {
    return block.nodes().stream()
        .anyMatch(node -> node.outputs().contains(value) && node.op() instanceof Op.Kernel);
  }

  /** Whether the old value of {@code leaf} is not read once the new one is written. */
  private boolean canOverwrite(Tensor leaf, Tensor value) {
    boolean written = false;
    for (Node node : block.nodes()) {
      boolean reads = node.inputs().contains(leaf);
      if (node.outputs().contains(value)) {
        written = true;
        reads &= !overwritable(node, value).contains(leaf);
      }
      if (written && reads) {
        return false;
      }
    }
    return true;
  }

  /** The operands that {@code node} may overwrite with {@code result} if the shapes are equal. */
  private static List<Tensor> overwritable(Node node, Tensor result) {
    if (!(node.op() instanceof Op.Kernel kernel)) {
      return List.of();
    }
    return switch (Operands.of(kernel, node.inputs(), node.outputs())) {
      case Operands.Elementwise<Tensor> elementwise -> elementwise.operands();
      case Operands.UpdateRows<Tensor> update -> update.operands();
      case Operands.MatMul<Tensor> product ->
          product.addend().stream()
              .filter(addend -> addend != product.left() && addend != product.right())
              .toList();
      case Operands.CrossEntropy<Tensor> entropy ->
          entropy.gradient().stream()
              .filter(gradient -> gradient == result)
              .map(_ -> entropy.logits())
              .toList();
      case Operands.Uniform<Tensor> _,
          Operands.Gather<Tensor> _,
          Operands.ScatterAdd<Tensor> _,
          Operands.UniqueRows<Tensor> _,
          Operands.Sum<Tensor> _ ->
          List.of();
    };
  }

  private Instruction.Run run(Node node, Op.Kernel kernel, Lifetimes lifetimes, int index) {
    for (Tensor output : node.outputs()) {
      if (!slots.containsKey(output)) {
        List<Tensor> candidates =
            overwritable(node, output).stream()
                .filter(operand -> slot(operand).firstRow(0) == 0 && slot(operand).stride() == 0)
                .toList();
        Buffer dying = lifetimes.dying(candidates, output, index);
        Buffer buffer =
            dying != null
                ? dying
                : pool.take(output.type(), output.shape().rows(), output.shape().columns());
        slots.put(output, part(buffer, 0, output.shape().rows(), 0));
        lifetimes.own(output, buffer);
      }
    }
    return new Instruction.Run(
        kernel,
        node.inputs().stream().map(this::slot).toList(),
        node.outputs().stream().map(this::slot).toList());
  }

  // ---- loops

  private void loop(Node node, Op.Scan scan, Lifetimes around, int index) {
    Block body = scan.body();
    for (int s = 0; s < scan.sequences(); s++) {
      Tensor slice = body.inputs().get(s);
      Slot sequence = slot(node.inputs().get(s));
      int rows = sequence.rows() / scan.steps();
      slots.put(slice, part(sequence.buffer(), sequence.row(), rows, rows));
    }
    for (int c = 0; c < scan.carried(); c++) {
      carry(node, scan, c);
      around.own(node.outputs().get(c), slot(node.outputs().get(c)).buffer());
    }
    for (int o = scan.carried(); o < body.outputs().size(); o++) {
      stack(node, scan, o, around, index);
      around.own(node.outputs().get(o), slot(node.outputs().get(o)).buffer());
    }
    Lifetimes lifetimes = new Lifetimes(body, pool);
    List<Instruction.Run> runs = new ArrayList<>();
    for (int i = 0; i < body.nodes().size(); i++) {
      Node step = body.nodes().get(i);
      runs.add(run(step, (Op.Kernel) step.op(), lifetimes, i));
      lifetimes.release(step, i);
    }
    instructions.add(new Instruction.Loop(scan.steps(), scan.reverse(), runs));
  }

  /**
   * The buffer of a carried state over time: {@code steps + 1} states, the initial one first in
   * time: at the end if the loop is reversed.
   */
  private void carry(Node node, Op.Scan scan, int c) {
    Tensor state = scan.body().inputs().get(scan.sequences() + c);
    int rows = state.shape().rows();
    Tensor start = node.inputs().get(scan.sequences() + c);
    if (canOverwriteState(scan, c)) {
      Slot slot = part(pool.take(Type.F32, rows, state.shape().columns()), 0, rows, 0);
      for (Tensor same : List.of(state, scan.body().outputs().get(c), node.outputs().get(c))) {
        slots.put(same, slot);
      }
      instructions.add(copy(slot(start), slot));
      return;
    }
    int end = scan.steps() * rows;
    Buffer buffer = pool.take(Type.F32, end + rows, state.shape().columns());
    slots.put(state, part(buffer, scan.reverse() ? rows : 0, rows, rows));
    slots.put(scan.body().outputs().get(c), part(buffer, scan.reverse() ? 0 : rows, rows, rows));
    slots.put(node.outputs().get(c), part(buffer, scan.reverse() ? 0 : end, rows, 0));
    instructions.add(copy(slot(start), part(buffer, scan.reverse() ? end : 0, rows, 0)));
  }

  private static boolean isExpression(Block body) {
    return body.nodes().size() == 1 && body.nodes().getFirst().op() instanceof Op.Elementwise;
  }

  /**
   * Whether a loop is one expression and neither the states before its steps nor those after are
   * stacked.
   */
  private static boolean canOverwriteState(Op.Scan scan, int c) {
    Block body = scan.body();
    List<Tensor> stacked = body.outputs().subList(scan.carried(), body.outputs().size());
    return isExpression(body)
        && !stacked.contains(body.outputs().get(c))
        && !stacked.contains(body.inputs().get(scan.sequences() + c));
  }

  /** The buffer of a stacked output: a new one, or that of a sequence that the loop reads last. */
  private void stack(Node node, Op.Scan scan, int o, Lifetimes around, int index) {
    Tensor output = scan.body().outputs().get(o);
    int rows = output.shape().rows();
    if (!slots.containsKey(output)) {
      Buffer dying = around.dying(overwritableSequences(node, scan), node.outputs().get(o), index);
      Buffer buffer =
          dying != null
              ? dying
              : pool.take(output.type(), scan.steps() * rows, output.shape().columns());
      slots.put(output, part(buffer, 0, rows, rows));
    }
    Slot first = slot(output);
    slots.put(node.outputs().get(o), part(first.buffer(), first.row(), scan.steps() * rows, 0));
  }

  /** The sequences of which a loop that is one expression may overwrite each slice. */
  private List<Tensor> overwritableSequences(Node node, Op.Scan scan) {
    if (!isExpression(scan.body())) {
      return List.of();
    }
    return node.inputs().subList(0, scan.sequences()).stream()
        .filter(sequence -> !scan.body().captured().contains(sequence))
        .filter(sequence -> slot(sequence).firstRow(0) == 0)
        .toList();
  }

  // ---- slots

  private Slot slot(Tensor tensor) {
    return Objects.requireNonNull(slots.get(tensor), () -> "no memory is assigned to " + tensor);
  }

  private static Slot whole(Buffer buffer) {
    return part(buffer, 0, buffer.rows(), 0);
  }

  private static Slot part(Buffer buffer, int row, int rows, int stride) {
    return new Slot(buffer, row, rows, stride);
  }

  private static Instruction.Run copy(Slot from, Slot to) {
    return new Instruction.Run(COPY, List.of(from), List.of(to));
  }
}
