package org.charrnn.testkit.cases;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Executable;
import org.charrnn.api.Memory;
import org.charrnn.api.Session;
import org.charrnn.graph.Role;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.charrnn.testkit.reference.ReferenceInterpreter;

/**
 * Runs the same programs with the same inputs on a session of an accelerator and on the reference.
 * Programs share parameters and states by name; inputs and outputs belong to a single program.
 */
final class SideBySide implements AutoCloseable {

  private static final Set<Role> SHARED =
      EnumSet.of(Role.PARAMETER, Role.OPTIMIZER_STATE, Role.CARRIED_STATE);

  private final Session session;
  private final double tolerance;
  private final Map<String, Memory> memories = new HashMap<>(); // of shared buffers
  private final Map<String, double[]> arrays = new HashMap<>();

  SideBySide(Accelerator accelerator, double tolerance) {
    this.session = accelerator.open(AcceleratorOptions.defaults());
    this.tolerance = tolerance;
  }

  Pair compile(Program program) {
    Externals externals = new Externals(program);
    ReferenceInterpreter reference = new ReferenceInterpreter(program);
    for (Buffer buffer : program.externals()) {
      Memory memory;
      if (SHARED.contains(buffer.role())) {
        memory = memories.computeIfAbsent(buffer.name(), _ -> allocate(buffer));
        reference.bind(buffer.name(), arrays.computeIfAbsent(buffer.name(), reference::floats));
      } else {
        memory = allocate(buffer);
      }
      externals.put(buffer.name(), memory);
    }
    return new Pair(session.compile(program, externals.byName()), externals, reference);
  }

  private Memory allocate(Buffer buffer) {
    return session.allocate(buffer.type(), buffer.shape());
  }

  @Override
  public void close() {
    session.close();
  }

  /** One program on the accelerator and on the reference. */
  final class Pair {

    private final Executable executable;
    private final Externals externals;
    private final ReferenceInterpreter reference;

    private Pair(Executable executable, Externals externals, ReferenceInterpreter reference) {
      this.executable = executable;
      this.externals = externals;
      this.reference = reference;
    }

    void write(String name, float... values) {
      externals.write(name, values);
      Numbers.widen(values, reference.floats(name));
    }

    void write(String name, int... values) {
      externals.write(name, values);
      System.arraycopy(values, 0, reference.ints(name), 0, values.length);
    }

    void run() {
      executable.run();
      reference.run();
    }

    /** Compares all external buffers. */
    void requireAgreement(Precision precision) {
      reference.program().externals().forEach(buffer -> requireAgreement(buffer.name(), precision));
    }

    void requireAgreement(String name, Precision precision) {
      Buffer buffer = reference.program().buffer(name);
      if (buffer.type() == Type.F32) {
        Agreement.requireClose(
            buffer, reference.floats(name), externals.floats(name), precision, tolerance);
      } else {
        Agreement.requireEqual(buffer, reference.ints(name), externals.ints(name));
      }
    }
  }
}
