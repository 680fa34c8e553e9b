package org.charrnn.accel.java.rows;

import java.util.List;
import org.charrnn.accel.java.session.HeapSession;
import org.charrnn.accel.java.team.Team;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Program;

/** Memory in rows, and programs as lists of steps. */
final class RowSession extends HeapSession<RowMemory> {

  private final Team team;
  private final Tile tile;

  RowSession(int threads, Tile tile) {
    super(RowMemory.class);
    this.team = new Team(threads);
    this.tile = tile;
  }

  @Override
  protected RowMemory memory(Type type, Shape shape) {
    return new RowMemory(this, type, shape);
  }

  @Override
  protected Runnable prepare(Program program, List<RowMemory> memory) {
    Step[] steps =
        new Preparation(team, tile, slot -> new Operand(memory.get(slot.buffer().index()), slot))
            .prepare(program);
    return () -> {
      for (Step step : steps) {
        step.run(0);
      }
    };
  }

  @Override
  protected void release() {
    team.close();
  }
}
