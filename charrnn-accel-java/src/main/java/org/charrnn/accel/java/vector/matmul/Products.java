package org.charrnn.accel.java.vector.matmul;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.charrnn.accel.java.codegen.Lanes;
import org.charrnn.accel.java.runtime.Operand;
import org.charrnn.accel.java.runtime.Task;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.graph.Operands;
import org.charrnn.graph.program.Slot;

/**
 * Makes the tasks of matrix products. A right operand that the program does not change stays packed
 * from one run to the next, unless it is changed in between; another one that a loop does not
 * change is packed once before it.
 *
 * <p>All operands must be contiguous.
 */
public final class Products {

  /** With more rows, packing a matrix takes a thirtieth of the product or less. */
  static final int MOST_ROWS_WORTH_KEEPING = 256;

  /** With more rows, the right operand is packed rather than streamed. */
  static final int MOST_ROWS_STREAMED = 2;

  /** Dot products are used if the sums are longer than the number of rows times this. */
  private static final int DOT_PRODUCT_RATIO = 10;

  private final WorkerTeam team;
  private final ProductMemory memory;
  private final TileEmitter tiles;
  private final KeptOperands kept;

  /** Products that {@code team} computes. */
  public Products(WorkerTeam team) {
    this(team, new ProductMemory(team.size()), new TileEmitter(), new KeptOperands(team));
  }

  private Products(WorkerTeam team, ProductMemory memory, TileEmitter tiles, KeptOperands kept) {
    this.team = team;
    this.memory = memory;
    this.tiles = tiles;
    this.kept = kept;
  }

  /** Products that one worker of the team computes alone, with its memory. */
  public Products alone(int worker) {
    return new Products(new WorkerTeam(1), memory.of(worker), tiles, kept);
  }

  /** Allocates the memory that the products made so far need. */
  public void allocate() {
    memory.allocate();
  }

  /**
   * The packed operands of a loop.
   *
   * @param fixed which right operands are the same in all iterations
   * @param constant which right operands the program does not change
   */
  public LoopOperands loop(int iterations, Predicate<Slot> fixed, Predicate<Operand> constant) {
    memory.arena().rewind();
    return new LoopOperands(iterations, fixed, constant, team, memory.arena(), kept);
  }

  /**
   * Products in a loop.
   *
   * @param products one, or several with the same left operand and results of the same shape
   * @param loop the operands that are packed before the loop
   */
  public Task inLoop(List<Operands.MatMul<Operand>> products, LoopOperands loop) {
    Operands.MatMul<Operand> first = products.getFirst();
    if (products.size() == 1 && !loop.isPacked(first)) {
      Optional<Task> inPlace = inPlace(first);
      if (inPlace.isPresent()) {
        return inPlace.get();
      }
    }
    return blocked(products, product -> loop.packed(product, blocking(product)));
  }

  /**
   * A product outside of loops. A right operand that the program does not change is packed once, so
   * that sums over the rows of both operands need no kernel of their own, whose bits would depend
   * on the number of rows: a model that generates gives a text the same bytes in every batch.
   *
   * @param constantRight whether the program does not change the right operand
   */
  public Task outsideOfLoops(Operands.MatMul<Operand> product, boolean constantRight) {
    Optional<Task> inPlace =
        constantRight && product.transposeRight() ? Optional.empty() : inPlace(product);
    if (inPlace.isPresent()) {
      return inPlace.get();
    }
    memory.arena().rewind();
    if (!constantRight || product.result().rows() > MOST_ROWS_WORTH_KEEPING) {
      return blocked(List.of(product), _ -> Optional.empty());
    }
    PackedRight packed = kept.of(product.right(), product.transposeRight(), blocking(product));
    Task blocked = blocked(List.of(product), _ -> Optional.of(packed));
    return t -> {
      packed.packIfChanged();
      blocked.run(t);
    };
  }

  /** A product for which packing does not pay; empty if it does. */
  private Optional<Task> inPlace(Operands.MatMul<Operand> product) {
    int m = product.result().rows();
    if (product.transposeLeft()) {
      return Optional.empty();
    } else if (!product.transposeRight()) {
      return m <= MOST_ROWS_STREAMED
          ? Optional.of(new StreamedProduct(product, team))
          : Optional.empty();
    }
    boolean longSums = product.left().columns() > DOT_PRODUCT_RATIO * m;
    return longSums && Lanes.COUNT <= Lanes.MOST_EXCHANGED
        ? Optional.of(new DotProduct(product, team, memory, tiles))
        : Optional.empty();
  }

  private Task blocked(
      List<Operands.MatMul<Operand>> products,
      Function<Operands.MatMul<Operand>, Optional<PackedRight>> packed) {
    List<RightHandSide> sides =
        products.stream()
            .map(product ->
                new RightHandSide(
                    product.right(),
                    product.transposeRight(),
                    product.addend().orElse(null),
                    product.result(),
                    packed.apply(product).orElse(null)))
            .toList();
    Operands.MatMul<Operand> first = products.getFirst();
    return new Product(first.left(), first.transposeLeft(), sides, team, memory, tiles);
  }

  private static Blocking blocking(Operands.MatMul<Operand> product) {
    Operand left = product.left();
    int k = product.transposeLeft() ? left.rows() : left.columns();
    return Blocking.of(product.result().rows(), product.result().columns(), k);
  }
}
