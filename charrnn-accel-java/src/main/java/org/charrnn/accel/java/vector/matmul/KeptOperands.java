package org.charrnn.accel.java.vector.matmul;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.charrnn.accel.java.runtime.Matrix;
import org.charrnn.accel.java.runtime.Operand;
import org.charrnn.accel.java.team.WorkerTeam;

/**
 * The right operands that stay packed from one run of a program to the next. All programs of a
 * session that read the same rows of a matrix in the same way share them; they are garbage when all
 * these programs are.
 */
final class KeptOperands {

  private record Key(int row, int rows, boolean transposed, int vectors) {}

  private final Map<Matrix, Map<Key, WeakReference<PackedRight>>> packed = new WeakHashMap<>();
  private final WorkerTeam team;

  /** Operands that a team packs. */
  KeptOperands(WorkerTeam team) {
    this.team = team;
  }

  /**
   * The packed form of an operand, to be {@linkplain PackedRight#packIfChanged packed} before it is
   * used.
   */
  PackedRight of(Operand right, boolean transposed, Blocking blocking) {
    Key key = new Key(right.slot().row(), right.slot().rows(), transposed, blocking.vectors());
    Map<Key, WeakReference<PackedRight>> ofMatrix =
        packed.computeIfAbsent(right.matrix(), _ -> new HashMap<>());
    WeakReference<PackedRight> known = ofMatrix.get(key);
    PackedRight kept = known == null ? null : known.get();
    if (kept == null) {
      PackingArena own = new PackingArena();
      kept = new PackedRight(right, transposed, blocking, own, team);
      own.allocate();
      ofMatrix.put(key, new WeakReference<>(kept));
    }
    return kept;
  }
}
