package org.charrnn.api.session;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import org.charrnn.api.Executable;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;

/**
 * A session that implements the checks of {@link Session}: closed sessions, memory that is missing,
 * has the wrong shape or belongs to another session, and closing twice.
 *
 * <p>Subclasses allocate memory, prepare programs, and free both. Their methods are called, and the
 * result of {@link #prepare} is run, only while the session is open.
 *
 * <p><b>Thread safety.</b> One thread at a time, which may change.
 *
 * @param <M> the memory of this session
 */
public abstract class CheckedSession<M extends CheckedMemory> implements Session {

  private final Class<M> memoryClass;
  private volatile boolean closed; // a session may be closed while another thread uses it

  /**
   * An open session whose memory is of the given class.
   *
   * @param memoryClass the class of the memories of the session
   */
  protected CheckedSession(Class<M> memoryClass) {
    this.memoryClass = memoryClass;
  }

  /**
   * {@return memory for a tensor, all zero}
   *
   * @param type the type of the elements
   * @param shape the shape of the tensor
   * @throws org.charrnn.api.DeviceException if the device has too little memory
   */
  protected abstract M place(Type type, Shape shape);

  /**
   * Prepares a program.
   *
   * @param program the program
   * @param externals the memory of each buffer that is not a temporary: of this session, and of the
   *     type and shape of the buffer
   * @return the executable
   * @throws org.charrnn.api.DeviceException if the device has too little memory
   */
  protected abstract Executable prepare(Program program, Map<Buffer, M> externals);

  /** Frees all memory and stops all threads; called once. */
  protected abstract void free();

  /**
   * Does the parts of {@link #forEach} while the session is open; by default on the calling thread.
   *
   * @param parts the number of parts, which do not depend on one another
   * @param part does the part of an index, from 0
   */
  protected void share(int parts, IntConsumer part) {
    Session.super.forEach(parts, part);
  }

  @Override
  public final void forEach(int parts, IntConsumer part) {
    requireOpen();
    share(parts, part);
  }

  @Override
  public final Memory allocate(Type type, Shape shape) {
    requireOpen();
    return place(type, shape);
  }

  @Override
  public final Executable compile(Program program, Map<String, Memory> externals) {
    requireOpen();
    Map<Buffer, M> bound = new LinkedHashMap<>();
    for (Buffer buffer : program.externals()) {
      bound.put(buffer, fitting(program, buffer, externals));
    }
    Executable prepared = prepare(program, bound);
    return () -> {
      requireOpen();
      prepared.run();
    };
  }

  @SuppressWarnings("ReferenceEquality") // memory is of this very session
  private M fitting(Program program, Buffer buffer, Map<String, Memory> externals) {
    Memory memory = externals.get(buffer.name());
    if (memory == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "program '%s' needs memory for %s, but was given %s",
              program.name(),
              buffer,
              externals.keySet().stream().sorted().toList()));
    }
    if (!memoryClass.isInstance(memory) || memoryClass.cast(memory).session() != this) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "the memory for '%s' of program '%s' was allocated by another session",
              buffer.name(),
              program.name()));
    }
    if (memory.type() != buffer.type() || !memory.shape().equals(buffer.shape())) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "program '%s' needs %s of type %s, but was given memory of %s%s",
              program.name(),
              buffer,
              buffer.type(),
              memory.type(),
              memory.shape()));
    }
    return memoryClass.cast(memory);
  }

  /**
   * Called before each use of this session.
   *
   * @throws IllegalStateException if it was closed
   */
  final void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this session was closed; open another one");
    }
  }

  @Override
  public final void close() {
    if (!closed) {
      closed = true;
      free();
    }
  }
}
