package org.charrnn.accel.java.vector;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.charrnn.accel.java.runtime.LoopTask;
import org.charrnn.accel.java.runtime.Matrix;
import org.charrnn.accel.java.runtime.Operand;
import org.charrnn.accel.java.runtime.Task;
import org.charrnn.accel.java.runtime.TaskFactory;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.accel.java.vector.expression.ExpressionEmitter;
import org.charrnn.accel.java.vector.matmul.LoopOperands;
import org.charrnn.accel.java.vector.matmul.Products;
import org.charrnn.graph.Operands;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.LoopAnalysis;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;

/**
 * Chooses a task for each instruction of a program. In a loop, consecutive products with the same
 * left operand become one task, so that the operand is packed once, and a loop whose rows do not
 * depend on one another runs in parts, one for each worker.
 */
final class StepCompiler {

  /** The most groups of rows in which a sum is computed. */
  private static final int GROUPS_OF_SUM = 16;

  /** The rows for each worker from which on the workers run through a loop separately. */
  private static final int ROWS_WORTH_A_WORKER = 8;

  private final WorkerTeam team;
  private final Products products;
  private final ExpressionEmitter expressions;
  private final TaskFactory factory;
  private final Function<Slot, Operand> operands;

  /**
   * A compiler of programs that {@code team} runs.
   *
   * @param operands binds a slot to memory
   */
  StepCompiler(
      WorkerTeam team,
      Products products,
      ExpressionEmitter expressions,
      Function<Slot, Operand> operands) {
    this.team = team;
    this.products = products;
    this.expressions = expressions;
    this.operands = operands;
    this.factory =
        new TaskFactory(team, expressions, _ -> new VectorMath(expressions), GROUPS_OF_SUM);
  }

  private StepCompiler alone(int worker) {
    return new StepCompiler(new WorkerTeam(1), products.alone(worker), expressions, operands);
  }

  List<Task> compile(Program program) {
    Set<Matrix> written = written(program);
    List<Task> tasks = new ArrayList<>();
    tasks.add(changing(written));
    for (Instruction instruction : program.instructions()) {
      switch (instruction) {
        case Instruction.Run run -> tasks.add(task(run, written));
        case Instruction.Loop loop ->
            factory
                .recurrence(loop, operands)
                .ifPresentOrElse(tasks::add, () -> addLoop(loop, written, tasks));
      }
    }
    products.allocate();
    return tasks;
  }

  /** Records, when a program starts, that its memory changes. */
  private static Task changing(Set<Matrix> written) {
    Matrix[] matrices = written.toArray(Matrix[]::new);
    return _ -> {
      for (Matrix matrix : matrices) {
        matrix.change();
      }
    };
  }

  /** The memory of the caller that a program writes. */
  private Set<Matrix> written(Program program) {
    Set<Matrix> written = new HashSet<>();
    for (Instruction instruction : program.instructions()) {
      List<Instruction.Run> runs =
          switch (instruction) {
            case Instruction.Run run -> List.of(run);
            case Instruction.Loop loop -> loop.body();
          };
      runs.stream()
          .flatMap(run -> run.outputs().stream())
          .filter(slot -> slot.buffer().isExternal())
          .forEach(slot -> written.add(operands.apply(slot).matrix()));
    }
    return written;
  }

  private Task task(Instruction.Run run, Set<Matrix> written) {
    return factory.task(
        run.operands().map(operands),
        product -> products.outsideOfLoops(product, isConstant(product.right(), written)));
  }

  private static boolean isConstant(Operand operand, Set<Matrix> written) {
    return operand.slot().buffer().isExternal() && !written.contains(operand.matrix());
  }

  private void addLoop(Instruction.Loop loop, Set<Matrix> written, List<Task> tasks) {
    LoopAnalysis analysis = new LoopAnalysis(loop);
    LoopOperands packed =
        products.loop(loop.steps(), analysis::isFixed, operand -> isConstant(operand, written));
    List<List<Task>> bodies =
        analysis
            .partition(team.size(), ROWS_WORTH_A_WORKER)
            .map(parts ->
                IntStream.range(0, parts.size())
                    .mapToObj(worker -> alone(worker).body(parts.get(worker), packed))
                    .toList())
            .orElseGet(() -> List.of(body(loop, packed)));
    tasks.addAll(packed.packing());
    tasks.add(new LoopTask(loop.steps(), loop.reverse(), bodies, team));
  }

  private List<Task> body(Instruction.Loop loop, LoopOperands packed) {
    return new LoopAnalysis(loop).groups().stream().map(group -> task(group, packed)).toList();
  }

  /** One instruction, or products with the same left operand. */
  private Task task(List<Instruction.Run> group, LoopOperands packed) {
    List<Operands.MatMul<Operand>> joined = new ArrayList<>();
    for (Instruction.Run run : group) {
      if (run.operands().map(operands) instanceof Operands.MatMul<Operand> product) {
        joined.add(product);
      }
    }
    return factory.task(
        group.getFirst().operands().map(operands), _ -> products.inLoop(joined, packed));
  }
}
