package org.charrnn.accel.java.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.charrnn.accel.java.team.Team;
import org.charrnn.graph.Op;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;

/**
 * Chooses a kernel for each instruction of a program. The right operand of a product in a loop that
 * no step of it writes is turned once before the loop.
 */
final class Preparation {

  private final Team team;
  private final Function<Slot, Operand> operands;
  private final Tile tile;
  private final TileMemory tiles;
  private final RowLoops loops;

  /**
   * Prepares to prepare.
   *
   * @param tile the innermost loop of large products
   * @param tiles what they are computed in
   * @param loops the loops of expressions, of all programs of a session
   * @param operands gives the memory of a slot
   */
  Preparation(
      Team team, Tile tile, TileMemory tiles, RowLoops loops, Function<Slot, Operand> operands) {
    this.team = team;
    this.tile = tile;
    this.operands = operands;
    this.loops = loops;
    this.tiles = tiles;
  }

  Step[] prepare(Program program) {
    List<Step> steps = new ArrayList<>();
    for (Instruction instruction : program.instructions()) {
      switch (instruction) {
        case Instruction.Run run -> steps.add(kernel(run, false, steps));
        case Instruction.Loop loop -> steps.add(loop(loop, steps));
      }
    }
    return steps.toArray(Step[]::new);
  }

  private Step loop(Instruction.Loop loop, List<Step> before) {
    Step[] body =
        loop.body().stream()
            .map(run -> kernel(run, hasFixedRight(run, loop), before))
            .toArray(Step[]::new);
    int steps = loop.steps();
    boolean reverse = loop.reverse();
    return _ -> {
      for (int i = 0; i < steps; i++) {
        int time = reverse ? steps - 1 - i : i;
        for (Step step : body) {
          step.run(time);
        }
      }
    };
  }

  /** Whether it is a product whose right operand is the same in each step of the loop. */
  private static boolean hasFixedRight(Instruction.Run run, Instruction.Loop loop) {
    return run.kernel() instanceof Op.MatMul && loop.isFixed(run.inputs().get(1));
  }

  private Step kernel(Instruction.Run run, boolean fixedRight, List<Step> before) {
    List<Operand> in = run.inputs().stream().map(operands).toList();
    List<Operand> out = run.outputs().stream().map(operands).toList();
    Operand result = out.getFirst();
    return switch (run.kernel()) {
      case Op.MatMul op -> product(op, in, result, fixedRight, before);
      case Op.Elementwise(var expression) -> new ElementwiseStep(expression, in, out, loops, team);
      case Op.UpdateRows op ->
          new UpdateRowsStep(op, in.getFirst(), in.subList(1, in.size()), out, loops);
      case Op.CrossEntropy(boolean loss, boolean gradient) ->
          new CrossEntropyStep(loss, gradient, in, out, team);
      case Op.Sum() -> new SumStep(in.getFirst(), result);
      case Op.Uniform(int salt) -> TableSteps.uniform(salt, in.getFirst(), result);
      case Op.Gather() -> TableSteps.gather(in.get(0), in.get(1), result);
      case Op.ScatterAdd _ -> TableSteps.scatterAdd(in.get(0), in.get(1), result);
      case Op.UniqueRows(int tableRows) ->
          TableSteps.uniqueRows(tableRows, in.getFirst(), result, out.get(1));
    };
  }

  private Step product(
      Op.MatMul op, List<Operand> in, Operand result, boolean fixedRight, List<Step> before) {
    if (result.rows() < Tile.ROWS) {
      return rowProduct(op, in, result, fixedRight, before);
    }
    RightOperand right = right(op, in.get(1), result.rows(), fixedRight, before);
    return new TiledProduct(op.transposeA(), in, right, result, tile, tiles, team);
  }

  private RightOperand right(
      Op.MatMul op, Operand right, int rows, boolean fixed, List<Step> before) {
    if (!op.transposeB()) {
      return RightOperand.rows(Right.asItLies(right));
    }
    if (fixed) {
      Transposed transposed = new Transposed(right, right.columns(), team);
      before.add(transposed);
      return RightOperand.rows(transposed);
    }
    return rows <= TiledProduct.PANEL
        ? new GatheredRight(right)
        : RightOperand.turned(right, TiledProduct.depth(right.columns()), team);
  }

  private Step rowProduct(
      Op.MatMul op, List<Operand> in, Operand result, boolean fixedRight, List<Step> before) {
    if (!op.transposeB()) {
      return new RowProduct(op.transposeA(), in, Right.asItLies(in.get(1)), result, tile, team);
    }
    Transposed transposed = new Transposed(in.get(1), in.get(1).columns(), team);
    Step product = new RowProduct(op.transposeA(), in, transposed, result, tile, team);
    if (fixedRight) {
      before.add(transposed);
      return product;
    }
    return time -> {
      transposed.run(time);
      product.run(time);
    };
  }
}
