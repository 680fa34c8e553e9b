package org.charrnn.accel.java.vector.matmul;

import java.util.List;
import java.util.stream.Stream;

/**
 * The memory that the products of a session share.
 *
 * @param arena where all workers together pack operands
 * @param scratches the arrays of each worker
 */
record ProductMemory(PackingArena arena, List<Scratch> scratches) {

  ProductMemory(int workers) {
    this(new PackingArena(), Stream.generate(Scratch::new).limit(workers).toList());
  }

  /** The memory of one worker as if it were the only one. */
  ProductMemory of(int worker) {
    return new ProductMemory(arena, List.of(scratches.get(worker)));
  }

  Scratch scratch(int worker) {
    return scratches.get(worker);
  }

  /**
   * Requests scratch memory of at least this size, in floats, which {@link #allocate} allocates.
   *
   * @param left for the rows of a left operand that a worker packs
   * @param edge for a block that extends beyond the edge of a result
   */
  void reserve(int left, int edge) {
    scratches.forEach(scratch -> scratch.reserve(left, edge));
  }

  /** Allocates the memory that was requested, at once, so that it does not grow step by step. */
  void allocate() {
    arena.allocate();
    scratches.forEach(Scratch::allocate);
  }
}
