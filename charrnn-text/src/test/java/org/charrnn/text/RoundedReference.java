package org.charrnn.text;

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

/** The reference, whose memory holds floats between runs. */
final class RoundedReference implements Accelerator {
  public String name() {
    return "rounded";
  }

  public int priority() {
    return 0;
  }

  public Availability availability() {
    return new Availability.Available("x");
  }

  public Session open(AcceleratorOptions options) {
    Session s = new ReferenceAccelerator().open(options);
    return new Session() {
      public Memory allocate(Type type, Shape shape) {
        return s.allocate(type, shape);
      }

      public Executable compile(Program program, Map<String, Memory> externals) {
        Executable e = s.compile(program, externals);
        return () -> {
          e.run();
          for (Buffer b : program.externals()) {
            if (b.type() == Type.F32) {
              Memory m = externals.get(b.name());
              float[] v = new float[m.shape().elements()];
              m.read(v);
              m.write(v);
            }
          }
        };
      }

      public void close() {
        s.close();
      }
    };
  }
}
