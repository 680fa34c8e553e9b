package org.charrnn.testkit;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Executable;
import org.charrnn.api.HostRows;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.graph.Role;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Instruction;
import org.charrnn.graph.program.Program;
import org.charrnn.testkit.reference.BrokenKernels;
import org.charrnn.testkit.reference.ReferenceAccelerator;

/** Accelerators with a single fault in their sessions. */
final class BrokenSessions {

  private static final Accelerator REFERENCE = new ReferenceAccelerator();

  private BrokenSessions() {}

  /** The reference with other sessions. */
  private record Variant(Availability availability, Function<AcceleratorOptions, Session> opening)
      implements Accelerator {

    @Override
    public String name() {
      return REFERENCE.name();
    }

    @Override
    public int priority() {
      return 0;
    }

    @Override
    public Session open(AcceleratorOptions options) {
      return opening.apply(options);
    }
  }

  private static Accelerator opening(Function<AcceleratorOptions, Session> opening) {
    return new Variant(REFERENCE.availability(), opening);
  }

  /** Delegates to another session. */
  private static class Delegating implements Session {

    final Session session;

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

  /** Compiles with a fault, by means of a correct session. */
  private interface Compiling {
    Executable compile(Session session, Program program, Map<String, Memory> externals);
  }

  private static Accelerator compiling(Compiling faulty) {
    return opening(options ->
        new Delegating(REFERENCE.open(options)) {
          @Override
          public Executable compile(Program program, Map<String, Memory> externals) {
            return faulty.compile(session, program, externals);
          }
        });
  }

  static Accelerator unavailable() {
    return new Variant(
        new Availability.Unavailable("there is no such device", "install one"),
        _ -> {
          throw new IllegalStateException("there is no such device; install one");
        });
  }

  /** All sessions share one, and memory of the same type and shape. */
  static Accelerator leaking() {
    Session shared = REFERENCE.open(AcceleratorOptions.defaults());
    Map<List<Object>, Memory> pool = new HashMap<>();
    return opening(_ ->
        new Delegating(shared) {
          @Override
          public Memory allocate(Type type, Shape shape) {
            return pool.computeIfAbsent(List.of(type, shape), _ -> shared.allocate(type, shape));
          }

          @Override
          public void close() {
            // The next session uses the same memory.
          }
        });
  }

  /** Allocates external buffers that are missing. */
  static Accelerator lenient() {
    return compiling((session, program, externals) -> {
      Map<String, Memory> all = new HashMap<>(externals);
      for (Buffer buffer : program.externals()) {
        all.computeIfAbsent(buffer.name(), _ -> session.allocate(buffer.type(), buffer.shape()));
      }
      return session.compile(program, all);
    });
  }

  /** Runs all loops forward. */
  static Accelerator ignoringReverse() {
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

  /** Computes other sums with two threads than with one. */
  static Accelerator dependingOnThreads() {
    return opening(options ->
        (options.threads() == 1 ? REFERENCE : BrokenKernels.singlePrecision()).open(options));
  }

  /** Ignores every run of a program after its first. */
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

  /** Copies parameters that a program does not write in its first run, and never again. */
  static Accelerator cachingOperands() {
    return compiling((session, program, externals) -> {
      Map<Memory, Memory> copies = new HashMap<>();
      Map<String, Memory> all = new HashMap<>(externals);
      for (Buffer buffer : program.buffers(Role.PARAMETER)) {
        if (!isWritten(program, buffer)) {
          Memory copy = session.allocate(buffer.type(), buffer.shape());
          copies.put(all.put(buffer.name(), copy), copy);
        }
      }
      Executable executable = session.compile(program, all);
      return () -> {
        copies.forEach(BrokenSessions::copy);
        copies.clear();
        executable.run();
      };
    });
  }

  /** Does the work of the host in another thread, and does not wait for it. */
  static Accelerator returningEarly() {
    return opening(options ->
        new Delegating(REFERENCE.open(options)) {
          @Override
          public void forEach(int parts, IntConsumer part) {
            Thread.startVirtualThread(() -> {
              LockSupport.parkNanos(100_000_000);
              IntStream.range(0, parts).forEach(part);
            });
          }
        });
  }

  /** Memory whose rows are those that it had when they were requested. */
  static Accelerator keepingRows() {
    Map<Memory, Memory> originals = new HashMap<>();
    return opening(options ->
        new Delegating(REFERENCE.open(options)) {
          @Override
          public Memory allocate(Type type, Shape shape) {
            Memory memory = session.allocate(type, shape);
            Memory keeping = new KeepingRows(memory);
            originals.put(keeping, memory);
            return keeping;
          }

          @Override
          public Executable compile(Program program, Map<String, Memory> externals) {
            Map<String, Memory> unwrapped = new HashMap<>(externals);
            unwrapped.replaceAll((_, memory) -> originals.getOrDefault(memory, memory));
            return session.compile(program, unwrapped);
          }
        });
  }

  private record KeepingRows(Memory memory) implements Memory {
    @Override
    public Type type() {
      return memory.type();
    }

    @Override
    public Shape shape() {
      return memory.shape();
    }

    @Override
    public void write(float[] values) {
      memory.write(values);
    }

    @Override
    public void write(int[] values) {
      memory.write(values);
    }

    @Override
    public void read(float[] values) {
      memory.read(values);
    }

    @Override
    public void read(int[] values) {
      memory.read(values);
    }

    @Override
    public Optional<HostRows> hostRows() {
      return memory.hostRows().map(rows -> new KeptRows(rows, values()));
    }

    private float[] values() {
      float[] values = new float[shape().elements()];
      memory.read(values);
      return values;
    }
  }

  private record KeptRows(HostRows rows, float[] kept) implements HostRows {
    @Override
    public void read(int row, float[] values) {
      rows.read(row, values);
      System.arraycopy(kept, row * values.length, values, 0, values.length);
    }

    @Override
    public void write(int row, float[] values) {
      rows.write(row, values);
    }
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
