package org.charrnn.accel.java.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.charrnn.accel.java.team.Team;
import org.charrnn.api.Executable;
import org.charrnn.api.session.CheckedSession;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;

/** Memory in rows, and programs as lists of steps. */
final class RowSession extends CheckedSession<RowMemory> {

  private final Team team;
  private final Tile tile;
  private final TileMemory tiles;
  private final RowLoops loops = new RowLoops();

  RowSession(int threads, Tile tile) {
    super(RowMemory.class);
    this.team = new Team(threads);
    this.tile = tile;
    this.tiles = new TileMemory(threads, tile);
  }

  @Override
  protected RowMemory place(Type type, Shape shape) {
    return new RowMemory(this, type, shape);
  }

  @Override
  protected Executable prepare(Program program, Map<Buffer, RowMemory> externals) {
    List<RowMemory> memory = new ArrayList<>();
    for (Buffer buffer : program.buffers()) {
      memory.add(
          buffer.isExternal()
              ? Objects.requireNonNull(externals.get(buffer))
              : new RowMemory(this, buffer.type(), buffer.shape()));
    }
    Step[] steps =
        new Preparation(
                team,
                tile,
                tiles,
                loops,
                slot -> new Operand(memory.get(slot.buffer().index()), slot))
            .prepare(program);
    return () -> {
      for (Step step : steps) {
        step.run(0);
      }
    };
  }

  @Override
  protected void free() {
    team.close();
  }
}
