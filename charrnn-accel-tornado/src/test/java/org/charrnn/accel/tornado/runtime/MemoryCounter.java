package org.charrnn.accel.tornado.runtime;

import java.util.List;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.layout.Placement;
import org.charrnn.api.Accelerator;
import org.charrnn.api.AcceleratorOptions;
import org.charrnn.api.Availability;
import org.charrnn.api.Session;

/** Counts the memory of a device that sessions hold, in elements, and their task graphs. */
final class MemoryCounter {

  long held;
  long most;
  int moves; // allocations of the memory of a session
  int graphs;

  /** Memory that is counted until it is closed. */
  private final class Counted extends JavaMemory {

    private final long elements;

    Counted(Placement.Size size) {
      super(size);
      elements = size.floats() + size.ints();
      held += elements;
      most = Math.max(most, held);
      moves++;
    }

    @Override
    public int add(List<Launch> launches) {
      graphs++;
      return super.add(launches);
    }

    @Override
    public void close() {
      held -= elements;
    }
  }

  /** A session that runs the kernels for GPUs as plain Java. */
  Session open() {
    return new TornadoSession(new JavaTarget(true, Counted::new));
  }

  /** An accelerator with such sessions. */
  Accelerator accelerator() {
    return new Accelerator() {
      @Override
      public String name() {
        return "counted";
      }

      @Override
      public int priority() {
        return -1;
      }

      @Override
      public Availability availability() {
        return new Availability.Available("plain Java");
      }

      @Override
      public Session open(AcceleratorOptions options) {
        return MemoryCounter.this.open();
      }
    };
  }
}
