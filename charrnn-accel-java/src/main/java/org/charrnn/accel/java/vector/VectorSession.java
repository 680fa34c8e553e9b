package org.charrnn.accel.java.vector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.charrnn.api.Executable;
import org.charrnn.api.session.CheckedSession;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Program;
import org.charrnn.graph.program.Slot;

/** Memory in arrays, and programs as lists of steps that a team of threads runs. */
final class VectorSession extends CheckedSession<VectorMemory> {

  private final Workers workers;

  VectorSession(int threads) {
    super(VectorMemory.class);
    workers = new Workers(threads);
  }

  @Override
  protected VectorMemory place(Type type, Shape shape) {
    return new VectorMemory(this, type, shape);
  }

  @Override
  protected Executable prepare(Program program, Map<Buffer, VectorMemory> externals) {
    List<VectorMemory> memory = new ArrayList<>();
    for (Buffer buffer : program.buffers()) {
      memory.add(
          buffer.isExternal()
              ? Objects.requireNonNull(externals.get(buffer))
              : new VectorMemory(this, buffer.type(), buffer.shape()));
    }
    VectorMemory[] written = written(program, memory);
    Step[] steps =
        new Preparation(
                workers, slot -> view(memory, slot), slot -> isConstant(slot, memory, written))
            .prepare(program);
    return () -> {
      for (VectorMemory changing : written) {
        changing.changes();
      }
      for (Step step : steps) {
        step.run(0);
      }
    };
  }

  /** The memory of others that a program writes. */
  private static VectorMemory[] written(Program program, List<VectorMemory> memory) {
    return program.instructions().stream()
        .flatMap(instruction ->
            switch (instruction) {
              case Instruction.Run run -> Stream.of(run);
              case Instruction.Loop loop -> loop.body().stream();
            })
        .flatMap(run -> run.outputs().stream())
        .filter(slot -> slot.buffer().isExternal())
        .map(slot -> memory.get(slot.buffer().index()))
        .distinct()
        .toArray(VectorMemory[]::new);
  }

  private static boolean isConstant(Slot slot, List<VectorMemory> memory, VectorMemory[] written) {
    return slot.buffer().isExternal()
        && !List.of(written).contains(memory.get(slot.buffer().index()));
  }

  private static View view(List<VectorMemory> memory, Slot slot) {
    return new View(memory.get(slot.buffer().index()), slot);
  }

  @Override
  protected void free() {
    workers.close();
  }
}
