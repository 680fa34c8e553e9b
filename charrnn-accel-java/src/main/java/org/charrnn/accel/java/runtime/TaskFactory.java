package org.charrnn.accel.java.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.graph.Operands;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.LoopAnalysis;
import org.charrnn.graph.program.Slot;

/** Makes the task of each instruction, given the inner loops of an accelerator. */
public final class TaskFactory {

  private final WorkerTeam team;
  private final ElementKernels kernels;
  private final IntFunction<RowMath> math;
  private final int groupsOfSum;

  /**
   * A factory for tasks that {@code team} runs.
   *
   * @param kernels the loops of element-wise expressions
   * @param math the loops over a row, of one worker, given the most columns of a row
   * @param groupsOfSum the most groups of rows in which a sum is computed; results depend on it
   */
  public TaskFactory(
      WorkerTeam team, ElementKernels kernels, IntFunction<RowMath> math, int groupsOfSum) {
    this.team = team;
    this.kernels = kernels;
    this.math = math;
    this.groupsOfSum = groupsOfSum;
  }

  /** The task of a loop that applies expressions to elements; empty if it does anything else. */
  public Optional<Task> recurrence(Instruction.Loop loop, Function<Slot, Operand> operands) {
    if (!new LoopAnalysis(loop).isElementwise()) {
      return Optional.empty();
    }
    List<Operands.Elementwise<Operand>> body = new ArrayList<>();
    for (Instruction.Run run : loop.body()) {
      if (run.operands().map(operands) instanceof Operands.Elementwise<Operand> elementwise) {
        body.add(elementwise);
      }
    }
    return Optional.of(new Recurrence(loop, body, kernels, team));
  }

  /** The task of an instruction; that of a product comes from {@code products}. */
  public Task task(Operands<Operand> operands, Function<Operands.MatMul<Operand>, Task> products) {
    return switch (operands) {
      case Operands.MatMul<Operand> product -> products.apply(product);
      case Operands.Elementwise<Operand> elementwise -> new Elementwise(elementwise, kernels, team);
      case Operands.UpdateRows<Operand> update -> new UpdateRows(update, kernels, team);
      case Operands.CrossEntropy<Operand> entropy -> new CrossEntropy(entropy, math, team);
      case Operands.Sum<Operand> sum -> new Sum(sum, groupsOfSum, math, team);
      case Operands.Uniform<Operand> uniform -> new Uniform(uniform, team);
      case Operands.Gather<Operand> gather -> new Gather(gather, team);
      case Operands.ScatterAdd<Operand> scatter ->
          new ScatterAdd(scatter, math.apply(scatter.result().columns()));
      case Operands.UniqueRows<Operand> unique -> new UniqueRows(unique);
    };
  }
}
