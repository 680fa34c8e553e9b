package org.charrnn.testkit;

import java.util.Map;
import org.charrnn.api.Executable;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.jspecify.annotations.Nullable;

/** A session of the {@link ReferenceAccelerator}: arrays on the heap. */
final class ReferenceSession implements Session {

  private final Kernels kernels;
  private boolean closed;

  ReferenceSession(Kernels kernels) {
    this.kernels = kernels;
  }

  @Override
  public Memory allocate(Type type, Shape shape) {
    requireOpen();
    return new ReferenceMemory(this, type, shape);
  }

  @Override
  public Executable compile(Program program, Map<String, Memory> externals) {
    requireOpen();
    ReferenceInterpreter interpreter = new ReferenceInterpreter(program, kernels);
    for (Buffer buffer : program.externals()) {
      ReferenceMemory memory = requireFitting(program, buffer, externals.get(buffer.name()));
      if (buffer.type() == Type.F32) {
        interpreter.bind(buffer.name(), memory.floats());
      } else {
        interpreter.bind(buffer.name(), memory.ints());
      }
    }
    return () -> {
      requireOpen();
      interpreter.run();
    };
  }

  private ReferenceMemory requireFitting(Program program, Buffer buffer, @Nullable Memory memory) {
    if (memory == null) {
      throw new IllegalArgumentException(
          "program '%s' needs memory for %s, and none was given".formatted(program.name(), buffer));
    }
    if (!(memory instanceof ReferenceMemory mine) || !mine.isOf(this)) {
      throw new IllegalArgumentException(
          "the memory for %s belongs to another session; allocate it from this one"
              .formatted(buffer));
    }
    if (memory.type() != buffer.type() || !memory.shape().equals(buffer.shape())) {
      throw new IllegalArgumentException(
          "program '%s' needs %s %s, the memory given is %s %s"
              .formatted(program.name(), buffer.type(), buffer, memory.type(), memory.shape()));
    }
    return mine;
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this session of accelerator 'reference' was closed");
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
