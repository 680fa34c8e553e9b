package org.charrnn.accel.java.vector.matmul;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.charrnn.accel.java.runtime.Operand;
import org.charrnn.accel.java.runtime.Task;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.graph.Operands;
import org.charrnn.graph.program.Slot;

/**
 * The right operands that are packed before a loop: those that the program does not change if they
 * changed since its last run, others that the loop does not change in each run.
 */
public final class LoopOperands {

  /** The rows multiplied with a matrix from which on packing it costs little in comparison. */
  private static final int ROWS_WORTH_PACKING = 16;

  private record Key(Slot right, boolean transposed, int vectors) {}

  private final Map<Key, PackedRight> packed = new HashMap<>();
  private final List<Task> packing = new ArrayList<>();
  private final int iterations;
  private final Predicate<Slot> fixed;
  private final Predicate<Operand> constant;
  private final WorkerTeam team;
  private final PackingArena arena;
  private final KeptOperands kept;

  LoopOperands(
      int iterations,
      Predicate<Slot> fixed,
      Predicate<Operand> constant,
      WorkerTeam team,
      PackingArena arena,
      KeptOperands kept) {
    this.iterations = iterations;
    this.fixed = fixed;
    this.constant = constant;
    this.team = team;
    this.arena = arena;
    this.kept = kept;
  }

  /** Whether it pays to pack the right operand of a product in each run. */
  boolean isPacked(Operands.MatMul<Operand> product) {
    return fixed.test(product.right().slot()) && rows(product) >= ROWS_WORTH_PACKING;
  }

  /** Whether the right operand of a product in tiles is packed only when it has changed. */
  private boolean isKept(Operands.MatMul<Operand> product) {
    return constant.test(product.right())
        && product.result().rows() > Products.MOST_ROWS_STREAMED
        && rows(product) <= Products.MOST_ROWS_WORTH_KEEPING;
  }

  /** The rows of all iterations, which are multiplied with the same matrix. */
  private long rows(Operands.MatMul<Operand> product) {
    return (long) iterations * product.result().rows();
  }

  /** The right operand of a product as it is packed before the loop; empty if it is not. */
  Optional<PackedRight> packed(Operands.MatMul<Operand> product, Blocking blocking) {
    if (!isPacked(product) && !isKept(product)) {
      return Optional.empty();
    }
    Key key = new Key(product.right().slot(), product.transposeRight(), blocking.vectors());
    return Optional.of(packed.computeIfAbsent(key, _ -> pack(product, blocking)));
  }

  private PackedRight pack(Operands.MatMul<Operand> product, Blocking blocking) {
    PackedRight right;
    if (isKept(product)) {
      right = kept.of(product.right(), product.transposeRight(), blocking);
      packing.add(_ -> right.packIfChanged());
    } else {
      right = new PackedRight(product.right(), product.transposeRight(), blocking, arena, team);
      packing.add(right);
    }
    return right;
  }

  /** The tasks that pack them, to be run right before the loop. */
  public List<Task> packing() {
    return List.copyOf(packing);
  }
}
