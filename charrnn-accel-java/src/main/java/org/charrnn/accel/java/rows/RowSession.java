package org.charrnn.accel.java.rows;

import java.util.List;
import java.util.function.Function;
import org.charrnn.accel.java.runtime.Matrix;
import org.charrnn.accel.java.runtime.Operand;
import org.charrnn.accel.java.runtime.ProgramSession;
import org.charrnn.accel.java.runtime.Task;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;

/** A session whose memory is arrays of rows, and whose inner loops are plain Java. */
public final class RowSession extends ProgramSession {

  private final WorkerTeam team;
  private final RowTile tile;
  private final TileMemory memory;
  private final RowLoops loops = new RowLoops();

  RowSession(WorkerTeam team, RowTile tile) {
    super(team);
    this.team = team;
    this.tile = tile;
    this.memory = new TileMemory(team.size(), tile);
  }

  /**
   * Opens a session.
   *
   * @param threads the number of threads that compute
   * @param fused whether this processor has fused multiply-adds
   */
  public static RowSession open(int threads, boolean fused) {
    return new RowSession(new WorkerTeam(threads), TileChoice.of(fused));
  }

  @Override
  protected Matrix place(Type type, Shape shape) {
    return new RowMatrix(this, type, shape);
  }

  @Override
  protected List<Task> compile(Program program, Function<Slot, Operand> operands) {
    return new StepCompiler(team, tile, memory, loops).compile(program, operands);
  }
}
