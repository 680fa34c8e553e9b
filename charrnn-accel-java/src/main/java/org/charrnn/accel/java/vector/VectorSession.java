package org.charrnn.accel.java.vector;

import java.util.List;
import org.charrnn.accel.java.session.HeapSession;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Program;

/** Memory in arrays, and programs as lists of steps that a team of threads runs. */
final class VectorSession extends HeapSession<VectorMemory> {

  private final Workers workers;

  VectorSession(int threads) {
    super(VectorMemory.class);
    workers = new Workers(threads);
  }

  @Override
  protected VectorMemory memory(Type type, Shape shape) {
    return new VectorMemory(this, type, shape);
  }

  @Override
  protected Runnable prepare(Program program, List<VectorMemory> memory) {
    Step[] steps =
        new Preparation(workers, slot -> new View(memory.get(slot.buffer().index()), slot))
            .prepare(program);
    return () -> {
      for (Step step : steps) {
        step.run(0);
      }
    };
  }

  @Override
  protected void release() {
    workers.close();
  }
}
