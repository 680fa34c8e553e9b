package org.charrnn.accel.java.vector;

import java.util.List;
import java.util.stream.IntStream;
import org.charrnn.accel.java.team.Team;
import org.charrnn.graph.Expression;

/** What all kernels of a session share: threads, their scratch memory, generated code. */
final class Workers implements AutoCloseable {

  private final Team team;
  private final Scratch[] scratches;
  private final TileWriter tiles = new TileWriter();
  private final ExpressionWriter expressions = new ExpressionWriter();

  Workers(int threads) {
    team = new Team(threads);
    scratches = IntStream.range(0, threads).mapToObj(_ -> new Scratch()).toArray(Scratch[]::new);
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

  /** Makes the scratch memory of each thread at least so large, in floats. */
  void reserve(int left, int right, int edge) {
    for (Scratch scratch : scratches) {
      scratch.reserve(left, right, edge);
    }
  }

  /** Runs a task, on all threads if that is worth it. */
  void run(Team.Task task, boolean shared) {
    if (shared) {
      team.run(task);
    } else {
      task.run(0, 1);
    }
  }

  @Override
  public void close() {
    team.close();
  }
}
