package org.charrnn.text.device;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.charrnn.api.Executable;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.graph.Role;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.charrnn.text.checkpoint.HostTensor;

/** A program with its memory. */
final class BoundProgram {

  private final Program program;
  private final Map<String, Memory> memories = new LinkedHashMap<>();
  private final Executable executable;
  private final float[] scalar = new float[1];
  private final int[] integer = new int[1];

  /**
   * Compiles a program.
   *
   * @param shared memory that it shares with other programs, by name; the rest is its own
   */
  BoundProgram(Session session, Program program, Map<String, Memory> shared) {
    this.program = program;
    for (Buffer buffer : program.externals()) {
      Memory memory = shared.get(buffer.name());
      memories.put(
          buffer.name(), memory != null ? memory : session.allocate(buffer.type(), buffer.shape()));
    }
    this.executable = session.compile(program, memories);
  }

  void run() {
    executable.run();
  }

  /** All memory that the program uses, by name. */
  Map<String, Memory> memories() {
    return memories;
  }

  boolean has(String name) {
    return memories.containsKey(name);
  }

  /**
   * The memory of that name.
   *
   * @throws IllegalArgumentException if the program has none
   */
  Memory memory(String name) {
    Memory memory = memories.get(name);
    if (memory == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "program '%s' has no buffer '%s', it has %s",
              program.name(),
              name,
              memories.keySet()));
    }
    return memory;
  }

  void write(String name, double value) {
    scalar[0] = (float) value;
    memory(name).write(scalar);
  }

  void write(String name, int value) {
    integer[0] = value;
    memory(name).write(integer);
  }

  float readScalar(String name) {
    memory(name).read(scalar);
    return scalar[0];
  }

  /** Resets the carried state to that at the beginning of a text. */
  void clearCarriedState() {
    for (Buffer buffer : program.buffers(Role.CARRIED_STATE)) {
      memory(buffer.name()).write(new float[buffer.shape().elements()]);
    }
  }

  static HostTensor read(Memory memory) {
    float[] values = new float[memory.shape().elements()];
    memory.read(values);
    return new HostTensor(memory.shape(), values);
  }
}
