package org.charrnn.testkit.cases;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.charrnn.api.Memory;
import org.charrnn.graph.program.Program;

/** The memory of the external buffers of a program, by name. */
final class Externals {

  private final Program program;
  private final Map<String, Memory> memories = new LinkedHashMap<>();

  Externals(Program program) {
    this.program = program;
  }

  void put(String name, Memory memory) {
    memories.put(name, memory);
  }

  Map<String, Memory> byName() {
    return Collections.unmodifiableMap(memories);
  }

  Memory get(String name) {
    Memory memory = memories.get(program.buffer(name).name());
    if (memory == null) {
      throw new IllegalStateException("no memory was allocated for " + name);
    }
    return memory;
  }

  void write(String name, float... values) {
    get(name).write(values);
  }

  void write(String name, int... values) {
    get(name).write(values);
  }

  float[] floats(String name) {
    Memory memory = get(name);
    float[] values = new float[memory.shape().elements()];
    memory.read(values);
    return values;
  }

  int[] ints(String name) {
    Memory memory = get(name);
    int[] values = new int[memory.shape().elements()];
    memory.read(values);
    return values;
  }
}
