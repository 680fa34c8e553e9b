package org.charrnn.accel.java.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.charrnn.accel.java.runtime.LoopTask;
import org.charrnn.accel.java.runtime.Operand;
import org.charrnn.accel.java.runtime.Task;
import org.charrnn.accel.java.runtime.TaskFactory;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.graph.Operands;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.LoopAnalysis;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;

/**
 * Chooses a task for each instruction of a program. A right operand of products that is stored
 * transposed and that no iteration of a loop writes is transposed once before the loop.
 */
final class StepCompiler {

  private final WorkerTeam team;
  private final RowTile tile;
  private final TileMemory memory;
  private final TaskFactory factory;
  private final List<Task> tasks = new ArrayList<>();

  /**
   * A compiler of one program.
   *
   * @param tile the innermost loop of large products
   * @param memory what they are computed in
   * @param loops the loops of expressions, of all programs of a session
   */
  StepCompiler(WorkerTeam team, RowTile tile, TileMemory memory, RowLoops loops) {
    this.team = team;
    this.tile = tile;
    this.memory = memory;
    this.factory = new TaskFactory(team, loops, PlainMath::new, 1);
  }

  List<Task> compile(Program program, Function<Slot, Operand> operands) {
    for (Instruction instruction : program.instructions()) {
      switch (instruction) {
        case Instruction.Run run -> tasks.add(task(run.operands().map(operands), false));
        case Instruction.Loop loop ->
            tasks.add(factory.recurrence(loop, operands).orElseGet(() -> loop(loop, operands)));
      }
    }
    return tasks;
  }

  private Task loop(Instruction.Loop loop, Function<Slot, Operand> operands) {
    LoopAnalysis analysis = new LoopAnalysis(loop);
    List<Task> body = new ArrayList<>();
    for (Instruction.Run run : loop.body()) {
      boolean fixedRight =
          run.operands() instanceof Operands.MatMul<Slot> product
              && analysis.isFixed(product.right());
      body.add(task(run.operands().map(operands), fixedRight));
    }
    return new LoopTask(loop.steps(), loop.reverse(), List.of(body), team);
  }

  private Task task(Operands<Operand> operands, boolean fixedRight) {
    return factory.task(
        operands,
        product ->
            product.result().rows() < RowTile.ROWS
                ? rowProduct(product, fixedRight)
                : new TiledProduct(product, panels(product, fixedRight), tile, memory, team));
  }

  private PanelSource panels(Operands.MatMul<Operand> product, boolean fixedRight) {
    Operand right = product.right();
    if (!product.transposeRight()) {
      return PanelSource.rows(right::array);
    }
    if (fixedRight) {
      Transposed transposed = new Transposed(right, right.columns(), team);
      tasks.add(transposed);
      return PanelSource.rows(transposed);
    }
    return product.result().rows() <= TiledProduct.PANEL
        ? new GatheredPanels(right)
        : PanelSource.transposed(right, TiledProduct.depth(right.columns()), team);
  }

  private Task rowProduct(Operands.MatMul<Operand> product, boolean fixedRight) {
    Operand right = product.right();
    if (!product.transposeRight()) {
      return new RowProduct(product, right::array, tile, team);
    }
    Transposed transposed = new Transposed(right, right.columns(), team);
    Task task = new RowProduct(product, transposed, tile, team);
    if (fixedRight) {
      tasks.add(transposed);
      return task;
    }
    return t -> {
      transposed.run(t);
      task.run(t);
    };
  }
}
