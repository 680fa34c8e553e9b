package org.charrnn.accel.java.vector.matmul;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.charrnn.accel.java.runtime.Operand;
import org.charrnn.accel.java.runtime.Task;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.graph.Operands;
import org.charrnn.graph.program.Slot;

/** The right operands that are packed once before a loop. */
public final class LoopOperands {

  /** The rows multiplied with a matrix from which on packing it costs little in comparison. */
  private static final int ROWS_WORTH_PACKING = 16;

  private record Key(Slot right, boolean transposed, int vectors) {}

  private final Map<Key, PackedRight> packed = new LinkedHashMap<>();
  private final int iterations;
  private final Predicate<Slot> fixed;
  private final WorkerTeam team;
  private final PackingArena arena;

  LoopOperands(int iterations, Predicate<Slot> fixed, WorkerTeam team, PackingArena arena) {
    this.iterations = iterations;
    this.fixed = fixed;
    this.team = team;
    this.arena = arena;
  }

  boolean isPacked(Operands.MatMul<Operand> product) {
    return fixed.test(product.right().slot())
        && (long) iterations * product.result().rows() >= ROWS_WORTH_PACKING;
  }

  /** The right operand of a product as it is packed before the loop; empty if it is not. */
  Optional<PackedRight> packed(Operands.MatMul<Operand> product, Blocking blocking) {
    if (!isPacked(product)) {
      return Optional.empty();
    }
    boolean transposed = product.transposeRight();
    Key key = new Key(product.right().slot(), transposed, blocking.vectors());
    return Optional.of(
        packed.computeIfAbsent(
            key, _ -> new PackedRight(product.right(), transposed, blocking, arena, team)));
  }

  /** The tasks that pack them, to be run right before the loop. */
  public List<Task> packing() {
    return List.copyOf(packed.values());
  }
}
