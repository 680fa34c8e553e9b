package org.charrnn.cli;

import java.util.Map;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Executable;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.charrnn.testkit.ReferenceAccelerator;

/**
 * The reference with what every other accelerator has: memory that holds floats after each run, so
 * that a checkpoint loses nothing. The tests of the command line use it wherever there is none of
 * higher priority.
 */
public final class FloatReference implements Accelerator {

  @Override
  public String name() {
    return "float-reference";
  }

  @Override
  public int priority() {
    return -1;
  }

  @Override
  public Availability availability() {
    return new Availability.Available("one thread, for tests");
  }

  @Override
  public Session open(AcceleratorOptions options) {
    return new Rounding(new ReferenceAccelerator().open(options));
  }

  private record Rounding(Session session) implements Session {

    @Override
    public Memory allocate(Type type, Shape shape) {
      return session.allocate(type, shape);
    }

    @Override
    public Executable compile(Program program, Map<String, Memory> externals) {
      Executable exact = session.compile(program, externals);
      return () -> {
        exact.run();
        program.externals().stream()
            .filter(buffer -> buffer.type() == Type.F32)
            .map(Buffer::name)
            .map(externals::get)
            .forEach(Rounding::round);
      };
    }

    private static void round(Memory memory) {
      float[] values = new float[memory.shape().elements()];
      memory.read(values);
      memory.write(values);
    }

    @Override
    public void close() {
      session.close();
    }
  }
}
