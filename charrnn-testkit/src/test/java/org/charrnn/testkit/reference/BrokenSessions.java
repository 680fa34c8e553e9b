package org.charrnn.testkit.reference;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Executable;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Program;

/** Accelerators whose sessions are right but for one mistake. */
final class BrokenSessions {

  private BrokenSessions() {}

  /** The reference with other sessions. */
  private static class Variant implements Accelerator {

    private final Accelerator reference = new ReferenceAccelerator();

    @Override
    public String name() {
      return reference.name();
    }

    @Override
    public int priority() {
      return 0;
    }

    @Override
    public Availability availability() {
      return reference.availability();
    }

    @Override
    public Session open(AcceleratorOptions options) {
      return reference.open(options);
    }
  }

  /** A session that does what another one does. */
  private static class Delegating implements Session {

    private final Session session;

    Delegating(Session session) {
      this.session = session;
    }

    @Override
    public Memory allocate(Type type, Shape shape) {
      return session.allocate(type, shape);
    }

    @Override
    public Executable compile(Program program, Map<String, Memory> externals) {
      return session.compile(program, externals);
    }

    @Override
    public void close() {
      session.close();
    }
  }

  static Accelerator unavailable() {
    return new Variant() {
      @Override
      public Availability availability() {
        return new Availability.Unavailable("there is no such device", "buy one");
      }

      @Override
      public Session open(AcceleratorOptions options) {
        throw new IllegalStateException("there is no such device; buy one");
      }
    };
  }

  /** All sessions share one, whose memory is found by its shape. */
  static Accelerator leaking() {
    Session shared = new ReferenceAccelerator().open(AcceleratorOptions.defaults());
    Map<List<Object>, Memory> pool = new HashMap<>();
    return new Variant() {
      @Override
      public Session open(AcceleratorOptions options) {
        return new Delegating(shared) {
          @Override
          public Memory allocate(Type type, Shape shape) {
            return pool.computeIfAbsent(List.of(type, shape), _ -> shared.allocate(type, shape));
          }

          @Override
          public void close() {
            // The next session goes on with what this one leaves.
          }
        };
      }
    };
  }

  /** How a broken session compiles, by means of one that is right. */
  private interface Compiling {
    Executable compile(Session session, Program program, Map<String, Memory> externals);
  }

  private static Accelerator compiling(Compiling broken) {
    return new Variant() {
      @Override
      public Session open(AcceleratorOptions options) {
        Session session = super.open(options);
        return new Delegating(session) {
          @Override
          public Executable compile(Program program, Map<String, Memory> externals) {
            return broken.compile(session, program, externals);
          }
        };
      }
    };
  }

  /** Memory that was not given is made up. */
  static Accelerator lenient() {
    return compiling((session, program, externals) -> {
      Map<String, Memory> all = new HashMap<>(externals);
      for (Buffer buffer : program.externals()) {
        all.computeIfAbsent(buffer.name(), _ -> session.allocate(buffer.type(), buffer.shape()));
      }
      return session.compile(program, all);
    });
  }

  /** Loops run forward, whatever they are told. */
  static Accelerator knowingOneDirection() {
    return compiling((session, program, externals) -> {
      List<Instruction> instructions =
          program.instructions().stream().map(BrokenSessions::forward).toList();
      Program changed = new Program(program.name(), program.buffers(), instructions);
      return session.compile(changed, externals);
    });
  }

  private static Instruction forward(Instruction instruction) {
    return instruction instanceof Instruction.Loop(int steps, boolean _, List<Instruction.Run> body)
        ? new Instruction.Loop(steps, false, body)
        : instruction;
  }

  /** With two threads the sums are others than with one. */
  static Accelerator dependingOnThreads() {
    return new Variant() {
      @Override
      public Session open(AcceleratorOptions options) {
        boolean alone = options.threads() == 1;
        Kernels kernels = alone ? new ReferenceKernels() : new SinglePrecisionKernels();
        return new ReferenceAccelerator(kernels).open(options);
      }
    };
  }

  /** The first run of a program decides, later ones do nothing. */
  static Accelerator runningOnce() {
    return compiling((session, program, externals) -> {
      Executable executable = session.compile(program, externals);
      boolean[] ran = new boolean[1];
      return () -> {
        if (!ran[0]) {
          ran[0] = true;
          executable.run();
        }
      };
    });
  }

  /** What a program only reads is read in its first run, and never again. */
  static Accelerator keepingOperands() {
    return compiling((session, program, externals) -> {
      Map<Memory, Memory> kept = new HashMap<>();
      Map<String, Memory> all = new HashMap<>(externals);
      for (Buffer buffer : program.buffers(Role.PARAMETER)) {
        if (!isWritten(program, buffer)) {
          Memory copy = session.allocate(buffer.type(), buffer.shape());
          kept.put(all.put(buffer.name(), copy), copy);
        }
      }
      Executable executable = session.compile(program, all);
      return () -> {
        kept.forEach(BrokenSessions::copy);
        kept.clear();
        executable.run();
      };
    });
  }

  private static boolean isWritten(Program program, Buffer buffer) {
    return program.instructions().stream()
        .filter(Instruction.Run.class::isInstance)
        .map(Instruction.Run.class::cast)
        .flatMap(run -> run.outputs().stream())
        .anyMatch(slot -> slot.buffer().equals(buffer));
  }

  private static void copy(Memory from, Memory to) {
    float[] values = new float[from.shape().elements()];
    from.read(values);
    to.write(values);
  }
}
