package org.charrnn.accel.java.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.charrnn.api.Executable;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;

/** Memory in arrays, and programs as lists of steps that a team of threads runs. */
final class VectorSession implements Session {

  private final Workers workers;
  private boolean closed;

  VectorSession(int threads) {
    workers = new Workers(threads);
  }

  @Override
  public Memory allocate(Type type, Shape shape) {
    requireOpen();
    return new VectorMemory(this, type, shape);
  }

  @Override
  public Executable compile(Program program, Map<String, Memory> externals) {
    requireOpen();
    List<VectorMemory> memory = new ArrayList<>();
    for (Buffer buffer : program.buffers()) {
      memory.add(
          buffer.isExternal()
              ? external(program, buffer, externals)
              : new VectorMemory(this, buffer.type(), buffer.shape()));
    }
    Step[] steps = new Preparation(workers, slot -> view(memory, slot)).prepare(program);
    return () -> {
      requireOpen();
      for (Step step : steps) {
        step.run(0);
      }
    };
  }

  private static View view(List<VectorMemory> memory, Slot slot) {
    return new View(memory.get(slot.buffer().index()), slot);
  }

  private VectorMemory external(Program program, Buffer buffer, Map<String, Memory> externals) {
    Memory memory = externals.get(buffer.name());
    if (memory == null) {
      throw new IllegalArgumentException(
          "program '%s' needs memory for %s; given was %s"
              .formatted(program.name(), buffer, externals.keySet().stream().sorted().toList()));
    }
    if (!(memory instanceof VectorMemory own) || own.session() != this) {
      throw new IllegalArgumentException(
          "the memory for '%s' of program '%s' was allocated by another session"
              .formatted(buffer.name(), program.name()));
    }
    if (own.type() != buffer.type() || !own.shape().equals(buffer.shape())) {
      throw new IllegalArgumentException(
          "program '%s' needs %s of type %s, the memory given is %s%s"
              .formatted(program.name(), buffer, buffer.type(), own.type(), own.shape()));
    }
    return own;
  }

  void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this session was closed; open another one");
    }
  }

  @Override
  public void close() {
    closed = true;
    workers.close();
  }
}
