package org.charrnn.accel.java.rows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.charrnn.accel.java.team.Team;
import org.charrnn.api.Executable;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;

/** Memory in rows, and programs as lists of steps. */
final class RowSession implements Session {

  private final Team team;
  private boolean closed;

  RowSession(int threads) {
    team = new Team(threads);
  }

  @Override
  public Memory allocate(Type type, Shape shape) {
    requireOpen();
    return new RowMemory(this, type, shape);
  }

  @Override
  public Executable compile(Program program, Map<String, Memory> externals) {
    requireOpen();
    List<RowMemory> memory = new ArrayList<>();
    for (Buffer buffer : program.buffers()) {
      memory.add(
          buffer.isExternal()
              ? external(program, buffer, externals)
              : new RowMemory(this, buffer.type(), buffer.shape()));
    }
    Step[] steps =
        new Preparation(team, slot -> new Operand(memory.get(slot.buffer().index()), slot))
            .prepare(program);
    return () -> {
      requireOpen();
      for (Step step : steps) {
        step.run(0);
      }
    };
  }

  private RowMemory external(Program program, Buffer buffer, Map<String, Memory> externals) {
    Memory memory = externals.get(buffer.name());
    if (memory == null) {
      throw new IllegalArgumentException(
          "program '%s' needs memory for %s; given was %s"
              .formatted(program.name(), buffer, externals.keySet().stream().sorted().toList()));
    }
    if (!(memory instanceof RowMemory own) || own.session() != this) {
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
    team.close();
  }
}
