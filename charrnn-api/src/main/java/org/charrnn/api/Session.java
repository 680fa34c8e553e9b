package org.charrnn.api;

import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Program;

/**
 * An open accelerator. It owns memory; use it in try-with-resources.
 *
 * <p>Programs that are compiled with the same {@link Memory} share it: the training step writes the
 * parameters that the generation step reads, without a copy.
 *
 * <p>Results are bitwise identical in every run with the same inputs, for any number of threads.
 *
 * <p><b>Thread safety.</b> One thread at a time, which may change.
 */
public interface Session extends AutoCloseable {

  /**
   * {@return memory for a tensor, all zero} It lives until this session is closed.
   *
   * @param type the type of the elements
   * @param shape the shape of the tensor
   * @throws IllegalStateException after the session was closed
   * @throws DeviceException if the device has too little memory
   */
  Memory allocate(Type type, Shape shape);

  /**
   * Prepares a program.
   *
   * @param program what to run
   * @param externals the memory of each buffer of the program that is not a temporary, by name;
   *     other entries are ignored
   * @return the executable
   * @throws IllegalArgumentException if the memory of a buffer is missing, of another session, or
   *     of another shape or type; the message names the buffer
   * @throws IllegalStateException after the session was closed
   * @throws DeviceException if the device has too little memory
   */
  Executable compile(Program program, Map<String, Memory> externals);

  /**
   * Does work of the host, such as that between two runs of a program, on the threads of this
   * session: on the calling thread and, if it has others that compute on the host, on those too.
   * Returns when all parts are done. If one fails, its exception is thrown after those that have
   * begun have ended, and the others are omitted. By default the calling thread does all of it.
   *
   * @param parts the number of parts, which do not depend on one another; 0 does nothing
   * @param part does the part of an index, from 0; several threads call it at once
   * @throws IllegalStateException after the session was closed
   */
  default void forEach(int parts, IntConsumer part) {
    for (int i = 0; i < parts; i++) {
      part.accept(i);
    }
  }

  /**
   * A chooser whose loops are faster than those that the compiler of the JVM makes of plain Java.
   * By default there is none. Any thread may call this, at any time.
   *
   * @param count the number of ids, at least 1
   * @return a new chooser, which does not need this session
   */
  default Optional<ScoreChooser> chooser(int count) {
    return Optional.empty();
  }

  /** Frees all memory and stops all threads. Closing twice does nothing. */
  @Override
  void close();
}
