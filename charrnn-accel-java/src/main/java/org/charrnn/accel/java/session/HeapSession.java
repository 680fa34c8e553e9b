package org.charrnn.accel.java.session;

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

/**
 * A session whose memory lies on the Java heap: binds the buffers of programs to memory.
 *
 * <p><b>Thread safety.</b> None: one thread at a time.
 *
 * @param <M> the accelerator's kind of memory
 */
public abstract class HeapSession<M extends HeapMemory> implements Session {

  private final Class<M> kind;
  private boolean closed;

  /** A session with its kind of memory. */
  protected HeapSession(Class<M> kind) {
    this.kind = kind;
  }

  /** New memory, all zero. */
  protected abstract M memory(Type type, Shape shape);

  /**
   * Turns a program into something that runs.
   *
   * @param memory of each buffer, by its index
   */
  protected abstract Runnable prepare(Program program, List<M> memory);

  /** Lets go of threads. */
  protected abstract void release();

  @Override
  public final Memory allocate(Type type, Shape shape) {
    requireOpen();
    return memory(type, shape);
  }

  @Override
  public final Executable compile(Program program, Map<String, Memory> externals) {
    requireOpen();
    List<M> memory = new ArrayList<>();
    for (Buffer buffer : program.buffers()) {
      memory.add(
          buffer.isExternal()
              ? external(program, buffer, externals)
              : memory(buffer.type(), buffer.shape()));
    }
    Runnable prepared = prepare(program, memory);
    return () -> {
      requireOpen();
      prepared.run();
    };
  }

  private M external(Program program, Buffer buffer, Map<String, Memory> externals) {
    Memory memory = externals.get(buffer.name());
    if (memory == null) {
      throw new IllegalArgumentException(
          "program '%s' needs memory for %s; given was %s"
              .formatted(program.name(), buffer, externals.keySet().stream().sorted().toList()));
    }
    if (!(memory instanceof HeapMemory own) || !own.session().equals(this)) {
      throw new IllegalArgumentException(
          "the memory for '%s' of program '%s' was allocated by another session"
              .formatted(buffer.name(), program.name()));
    }
    if (own.type() != buffer.type() || !own.shape().equals(buffer.shape())) {
      throw new IllegalArgumentException(
          "program '%s' needs %s of type %s, the memory given is %s%s"
              .formatted(program.name(), buffer, buffer.type(), own.type(), own.shape()));
    }
    return kind.cast(own);
  }

  final void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this session was closed; open another one");
    }
  }

  @Override
  public final void close() {
    closed = true;
    release();
  }
}
