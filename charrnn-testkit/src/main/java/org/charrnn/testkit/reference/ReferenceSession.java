package org.charrnn.testkit.reference;

import java.util.Map;
import org.charrnn.api.Executable;
import org.charrnn.api.session.CheckedSession;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;

/** A session of the {@link ReferenceAccelerator}; its memory is arrays on the heap. */
final class ReferenceSession extends CheckedSession<ReferenceMemory> {

  private final Kernels kernels;

  ReferenceSession(Kernels kernels) {
    super(ReferenceMemory.class);
    this.kernels = kernels;
  }

  @Override
  protected ReferenceMemory place(Type type, Shape shape) {
    return new ReferenceMemory(this, type, shape);
  }

  @Override
  protected Executable prepare(Program program, Map<Buffer, ReferenceMemory> externals) {
    ReferenceInterpreter interpreter = new ReferenceInterpreter(program, kernels);
    externals.forEach((buffer, memory) -> {
      if (buffer.type() == Type.F32) {
        interpreter.bind(buffer.name(), memory.floats());
      } else {
        interpreter.bind(buffer.name(), memory.ints());
      }
    });
    return interpreter::run;
  }

  /** Does nothing: the garbage collector frees arrays. */
  @Override
  protected void free() {}
}
