package org.charrnn.accel.java.vector;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.charrnn.accel.java.runtime.Matrix;
import org.charrnn.accel.java.runtime.Operand;
import org.charrnn.accel.java.runtime.ProgramSession;
import org.charrnn.accel.java.runtime.Task;
import org.charrnn.accel.java.team.WorkerTeam;
import org.charrnn.accel.java.vector.choice.ChoiceCompilation;
import org.charrnn.accel.java.vector.expression.ExpressionEmitter;
import org.charrnn.accel.java.vector.matmul.Products;
import org.charrnn.api.ScoreChooser;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;

/** A session whose memory is arrays, and whose inner loops are generated vector code. */
public final class VectorSession extends ProgramSession {

  private final WorkerTeam team;
  private final Products products;
  private final ExpressionEmitter expressions = new ExpressionEmitter();
  private final ChoiceCompilation choices = new ChoiceCompilation();

  private VectorSession(WorkerTeam team) {
    super(team);
    this.team = team;
    this.products = new Products(team);
  }

  /** Opens a session that computes with {@code threads} threads. */
  public static VectorSession open(int threads) {
    return new VectorSession(new WorkerTeam(threads));
  }

  @Override
  protected Matrix place(Type type, Shape shape) {
    return new ArrayMatrix(this, type, shape);
  }

  @Override
  public Optional<ScoreChooser> chooser(int count) {
    return Optional.of(choices.chooser(count));
  }

  @Override
  protected List<Task> compile(Program program, Function<Slot, Operand> operands) {
    return new StepCompiler(team, products, expressions, operands).compile(program);
  }

  @Override
  protected void free() {
    choices.close();
    super.free();
  }
}
