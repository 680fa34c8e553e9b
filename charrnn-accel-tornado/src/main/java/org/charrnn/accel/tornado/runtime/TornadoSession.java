package org.charrnn.accel.tornado.runtime;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
 * fit, the contents are copied back, larger arrays are allocated, and programs are compiled again;
 * so allocate and compile before the first run where possible.
 *
 * <p><b>Thread safety.</b> One thread at a time, which may change.
 */
public final class TornadoSession extends CheckedSession<TornadoMemory> {

  private static final long SPARE = 1 << 16; // elements for later allocations

  private final DeviceTarget device;
  private final List<TornadoMemory> memories = new ArrayList<>();
  private final List<TornadoExecutable> executables = new ArrayList<>();
  private final Set<TornadoMemory> changed = new LinkedHashSet<>();
  private Placement.Size allocated = new Placement.Size(Placement.RESERVED, Placement.RESERVED);
  private Placement.Size temporaries = Placement.Size.ZERO;
  private Placement.Size capacity = Placement.Size.ZERO;
  private Placement.Size forAllocations = Placement.Size.ZERO; // without the temporaries
  private @Nullable DeviceMemory memory;

  public TornadoSession(DeviceTarget device) {
    super(TornadoMemory.class);
    this.device = device;
  }

  @Override
  protected TornadoMemory place(Type type, Shape shape) {
    Placement.Size more = allocated.plus(Placement.Size.of(type, shape.elements()));
    device.requireMemoryFor(more.plus(temporaries));
    long base = type == Type.F32 ? allocated.floats() : allocated.ints();
    TornadoMemory result = new TornadoMemory(this, type, shape, (int) base);
    allocated = more;
    memories.add(result);
    return result;
  }

  @Override
  protected Executable prepare(Program program, Map<Buffer, TornadoMemory> externals) {
    Map<Buffer, Integer> bases = new HashMap<>();
    externals.forEach((buffer, external) -> bases.put(buffer, external.base()));
    TornadoExecutable executable = new TornadoExecutable(this, program, bases);
    Placement.Size most = temporaries.max(executable.temporaries(device.isGpu()));
    device.requireMemoryFor(allocated.plus(most));
    temporaries = most;
    executables.add(executable);
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
    Placement.Size needed = allocated.plus(temporaries);
    boolean tooSmall = needed.floats() > capacity.floats() || needed.ints() > capacity.ints();
    if (memory != null && tooSmall) {
      changed.addAll(memories);
      memories.forEach(TornadoMemory::retrieve);
      release();
    }
    DeviceMemory ready = memory;
    if (ready == null) {
      capacity = needed.plus(new Placement.Size(SPARE, SPARE));
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

  private void release() {
    if (memory != null) {
      memory.close();
      memory = null;
      executables.forEach(TornadoExecutable::forget);
    }
  }

  @Override
  protected void free() {
    release();
  }
}
