package org.charrnn.accel.java.runtime;

import java.util.Map;
import org.charrnn.api.Executable;
import org.charrnn.api.session.CheckedSession;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;

/** A matrix without floats, for tasks on integers. */
final class TestMatrix extends Matrix {

  private TestMatrix(Shape shape) {
    super(new NoSession(), Type.I32, shape);
  }

  /** An operand of {@code count} integers. */
  static Operand ids(int count) {
    Shape shape = Shape.of(1, count);
    Buffer buffer = new Buffer(0, "ids", Role.TEMPORARY, Type.I32, shape);
    return new Operand(new TestMatrix(shape), new Slot(buffer, 0, 1, 0));
  }

  @Override
  public float[] array(int row) {
    throw new UnsupportedOperationException("a matrix of integers");
  }

  @Override
  public int start(int row) {
    throw new UnsupportedOperationException("a matrix of integers");
  }

  @Override
  public boolean isContiguous() {
    return true;
  }

  private static final class NoSession extends CheckedSession<Matrix> {

    NoSession() {
      super(Matrix.class);
    }

    @Override
    protected Matrix place(Type type, Shape shape) {
      return new TestMatrix(shape);
    }

    @Override
    protected Executable prepare(Program program, Map<Buffer, Matrix> externals) {
      return () -> {};
    }

    @Override
    protected void free() {}
  }
}
