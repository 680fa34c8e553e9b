package org.charrnn.benchmarks.kernels;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Executable;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.api.discovery.Accelerators;
import org.charrnn.graph.Graph;
import org.charrnn.graph.Type;
import org.charrnn.graph.compile.Compiler;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;

/** A program of one op on an accelerator; its operands are small numbers. */
final class OneKernel implements AutoCloseable {

  private final Session session;
  private final Executable executable;

  OneKernel(Graph graph, String accelerator, int threads) {
    Program program = Compiler.compile(graph, "kernel");
    Accelerator chosen = Accelerators.choose(Optional.of(accelerator));
    session = chosen.open(AcceleratorOptions.defaults().withThreads(threads));
    Map<String, Memory> memory = new HashMap<>();
    for (Buffer buffer : program.externals()) {
      Memory place = session.allocate(buffer.type(), buffer.shape());
      if (buffer.type() == Type.F32) {
        float[] values = new float[buffer.shape().elements()];
        for (int i = 0; i < values.length; i++) {
          values[i] = (i % 17 - 8) / 16f;
        }
        place.write(values);
      }
      memory.put(buffer.name(), place);
    }
    executable = session.compile(program, memory);
  }

  void run() {
    executable.run();
  }

  @Override
  public void close() {
    session.close();
  }
}
