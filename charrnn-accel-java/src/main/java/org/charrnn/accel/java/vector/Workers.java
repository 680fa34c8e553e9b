package org.charrnn.accel.java.vector;

import java.util.List;
import java.util.stream.IntStream;
import org.charrnn.accel.java.team.Team;
import org.charrnn.graph.Expression;

/** What all kernels of a session share: threads, their scratch memory, generated code. */
final class Workers implements AutoCloseable {

  private final Team team;
  private final Scratch[] scratches;
  private final TileWriter tiles;
  private final ExpressionWriter expressions;
  private final PackingArena arena;

  Workers(int threads) {
    team = new Team(threads);
    scratches = IntStream.range(0, threads).mapToObj(_ -> new Scratch()).toArray(Scratch[]::new);
    tiles = new TileWriter();
    expressions = new ExpressionWriter();
    arena = new PackingArena();
  }

  private Workers(Workers all, int part) {
    team = new Team(1);
    scratches = new Scratch[] {all.scratches[part]};
    tiles = all.tiles;
    expressions = all.expressions;
    arena = all.arena;
  }

  /** One thread of the team as if it were the only one, with its scratch memory. */
  Workers alone(int part) {
    return new Workers(this, part);
  }

  Team team() {
    return team;
  }

  TileWriter tiles() {
    return tiles;
  }

  ExpressionWriter expressions() {
    return expressions;
  }

  /** The kernel of an expression for each thread, see {@link ExpressionWriter#loop}. */
  ElementKernel[] kernels(Expression expression, List<Boolean> numbers) {
    return IntStream.range(0, team.size())
        .mapToObj(_ -> SplitExpression.kernel(expressions, expression, numbers))
        .toArray(ElementKernel[]::new);
  }

  Scratch scratch(int part) {
    return scratches[part];
  }

  /** Where all threads together pack operands of products. */
  PackingArena arena() {
    return arena;
  }

  /**
   * Asks for scratch memory at least so large, in floats, which is there after {@link #allocate}.
   *
   * @param left for what each thread copies of a left operand
   * @param edge for a block that stands out over the edge of a result, of each thread
   */
  void reserve(int left, int edge) {
    for (Scratch scratch : scratches) {
      scratch.reserve(left, edge);
    }
  }

  /** Makes the memory that was asked for, at once, lest it grow with garbage behind it. */
  void allocate() {
    arena.allocate();
    for (Scratch scratch : scratches) {
      scratch.allocate();
    }
  }

  /** Runs a task, on all threads if that is worth it. */
  void run(Team.Task task, boolean shared) {
    team.run(task, shared);
  }

  @Override
  public void close() {
    team.close();
  }
}
