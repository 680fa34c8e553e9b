package org.charrnn.accel.tornado.runtime;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.layout.Placement;
import org.charrnn.api.Executable;
import org.charrnn.api.session.CheckedSession;
import org.charrnn.graph.Shape;
import org.charrnn.graph.Type;
import org.charrnn.graph.program.Buffer;
import org.charrnn.graph.program.Program;
import org.jspecify.annotations.Nullable;

/**
 * A session on a device. All its memory is in one array of floats and one of integers: first the
 * allocations, then space for later ones, and at the end the temporaries of programs, which share
 * that space.
 *
 * <p>The arrays are allocated when a program first runs. If later programs or allocations do not
 * fit, allocations that are no longer reachable are freed, as the collector of Java frees its own.
 * If that is not enough, the contents are copied back, larger arrays are allocated, and programs
 * are compiled again; so allocate and compile before the first run where possible.
 *
 * <p><b>Thread safety.</b> One thread at a time, which may change.
 */
public final class TornadoSession extends CheckedSession<TornadoMemory> {

  private static final long SPARE = 1 << 16; // elements for later allocations

  private final DeviceTarget device;
  private final List<Allocation> allocations = new ArrayList<>();
  private final List<WeakReference<TornadoExecutable>> executables = new ArrayList<>();
  private final Set<TornadoMemory> changed = new LinkedHashSet<>();
  private final Map<List<Launch>, Integer> graphs = new HashMap<>(); // those on the device
  private Regions floats = new Regions(Placement.RESERVED);
  private Regions ints = new Regions(Placement.RESERVED);
  private Placement.Size temporaries = Placement.Size.ZERO;
  private Placement.Size capacity = Placement.Size.ZERO;
  private Placement.Size forAllocations = Placement.Size.ZERO; // without the temporaries
  private @Nullable DeviceMemory memory;

  /** A region of the floats or of the integers, which is in use while its memory is reachable. */
  private record Allocation(
      WeakReference<TornadoMemory> memory, Type type, long start, long length) {}

  public TornadoSession(DeviceTarget device) {
    super(TornadoMemory.class);
    this.device = device;
  }

  @Override
  protected TornadoMemory place(Type type, Shape shape) {
    long length = Placement.Size.roundUp(shape.elements());
    if (fits(allocated(), temporaries) && !fits(allocatedWith(type, length), temporaries)) {
      freeUnreachable();
    }
    device.requireMemoryFor(allocatedWith(type, length).plus(temporaries));
    TornadoMemory result = new TornadoMemory(this, type, shape);
    long start = take(result, length);
    if (memory != null && regions(type).wasUsed(start)) {
      result.clear();
    }
    return result;
  }

  /** Assigns a region to a memory; returns where it starts. */
  private long take(TornadoMemory result, long length) {
    long start = regions(result.type()).take(length);
    allocations.add(new Allocation(new WeakReference<>(result), result.type(), start, length));
    result.moveTo((int) start);
    return start;
  }

  private Regions regions(Type type) {
    return type == Type.F32 ? floats : ints;
  }

  private Placement.Size allocated() {
    return new Placement.Size(floats.end(), ints.end());
  }

  private Placement.Size allocatedWith(Type type, long length) {
    return type == Type.F32
        ? new Placement.Size(floats.endWith(length), ints.end())
        : new Placement.Size(floats.end(), ints.endWith(length));
  }

  /** Whether the memory on the device is large enough. */
  private boolean fits(Placement.Size allocations, Placement.Size temporaries) {
    Placement.Size needed = allocations.plus(temporaries);
    return needed.floats() <= capacity.floats() && needed.ints() <= capacity.ints();
  }

  /**
   * Frees the regions of memories that neither the program nor one of its executables can reach.
   * The collector of Java finds them; it does not know how much memory of the device they hold, so
   * it is called before the session needs more.
   */
  private void freeUnreachable() {
    System.gc();
    allocations.removeIf(allocation -> {
      boolean isFree = allocation.memory().refersTo(null);
      if (isFree) {
        regions(allocation.type()).give(allocation.start(), allocation.length());
      }
      return isFree;
    });
    executables.removeIf(executable -> executable.refersTo(null));
  }

  @Override
  protected Executable prepare(Program program, Map<Buffer, TornadoMemory> externals) {
    TornadoExecutable executable = new TornadoExecutable(this, program, externals);
    Placement.Size most = temporaries.max(executable.temporaries(device.isGpu()));
    if (fits(allocated(), temporaries) && !fits(allocated(), most)) {
      freeUnreachable();
    }
    device.requireMemoryFor(allocated().plus(most));
    temporaries = most;
    executables.add(new WeakReference<>(executable));
    return executable;
  }

  /** Called when {@code written} holds numbers that the device does not have yet. */
  void changed(TornadoMemory written) {
    changed.add(written);
  }

  void run(TornadoExecutable executable) {
    DeviceMemory ready = ready();
    executable.run(
        ready, (int) forAllocations.floats(), (int) forAllocations.ints(), device.isGpu());
  }

  /** The graph of launches that are executed together; equal launches share it. */
  int graph(DeviceMemory ready, List<Launch> launches) {
    return graphs.computeIfAbsent(launches, ready::add);
  }

  void read(int base, float[] values) {
    if (isOnDevice(Type.F32, base, values.length)) {
      Objects.requireNonNull(memory).read(base, values);
    } else {
      Arrays.fill(values, 0);
    }
  }

  void read(int base, int[] values) {
    if (isOnDevice(Type.I32, base, values.length)) {
      Objects.requireNonNull(memory).read(base, values);
    } else {
      Arrays.fill(values, 0);
    }
  }

  /** Whether an allocation is on the device already; otherwise its elements are zero. */
  private boolean isOnDevice(Type type, int base, int elements) {
    long limit = type == Type.F32 ? forAllocations.floats() : forAllocations.ints();
    return memory != null && base + elements <= limit;
  }

  /** Memory on the device that is large enough and contains everything that was written. */
  private DeviceMemory ready() {
    if (memory != null && !fits(allocated(), temporaries)) {
      retrieve();
      release();
    }
    DeviceMemory ready = memory;
    if (ready == null) {
      capacity = allocated().plus(temporaries).plus(new Placement.Size(SPARE, SPARE));
      ready = device.allocate(capacity);
      memory = ready;
    }
    forAllocations =
        new Placement.Size(
            capacity.floats() - temporaries.floats(), capacity.ints() - temporaries.ints());
    for (TornadoMemory written : changed) {
      written.flush(ready);
    }
    changed.clear();
    return ready;
  }

  /** Copies all memories back and assigns new regions to them. */
  private void retrieve() {
    freeUnreachable();
    List<Allocation> former = List.copyOf(allocations);
    allocations.clear();
    floats = new Regions(Placement.RESERVED);
    ints = new Regions(Placement.RESERVED);
    for (Allocation allocation : former) {
      TornadoMemory reachable = allocation.memory().get();
      if (reachable != null) {
        reachable.retrieve();
        changed.add(reachable);
        take(reachable, allocation.length());
      }
    }
    temporaries = Placement.Size.ZERO;
    for (TornadoExecutable executable : reachableExecutables()) {
      temporaries = temporaries.max(executable.temporaries(device.isGpu()));
    }
  }

  private List<TornadoExecutable> reachableExecutables() {
    List<TornadoExecutable> reachable = new ArrayList<>();
    for (WeakReference<TornadoExecutable> reference : executables) {
      TornadoExecutable executable = reference.get();
      if (executable != null) {
        reachable.add(executable);
      }
    }
    return reachable;
  }

  private void release() {
    if (memory != null) {
      memory.close();
      memory = null;
      capacity = Placement.Size.ZERO;
      graphs.clear();
      reachableExecutables().forEach(TornadoExecutable::forget);
    }
  }

  @Override
  protected void free() {
    release();
  }
}
