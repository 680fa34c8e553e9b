package org.charrnn.accel.tornado.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.charrnn.accel.tornado.kernel.Launch;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Memory of a device of TornadoVM, and transfers in both directions.
 *
 * <p>Small writes are combined to one transfer before the next graph is executed: in a training
 * step, the ids of a window.
 *
 * <p><b>Thread safety.</b> None.
 */
public final class ResidentMemory implements DeviceMemory {

  private static final int SMALL = 1024; // elements of a transfer
  private static final int MEDIUM = 16_384;
  private static final int LARGE = 1 << 20;

  private final PlanExecutor executor;
  private final IntArray indices = new IntArray(MEDIUM);
  private final FloatArray newFloats = new FloatArray(MEDIUM);
  private final IntArray newInts = new IntArray(MEDIUM);
  private final IntArray range = new IntArray(2);
  private final Map<Integer, Window> windows = new HashMap<>(); // by size
  private final IntArray fetchedInts = new IntArray(SMALL);
  private int pending; // elements to be distributed
  private int distribution = -1; // numbers of graphs, which are made on first use
  private int fetchInts = -1;

  /** An array through which floats are copied in pieces. */
  private static final class Window {
    private final FloatArray array;
    private int copyIn = -1; // numbers of graphs, which are made on first use
    private int copyOut = -1;

    Window(int size) {
      array = new FloatArray(size);
    }
  }

  /**
   * Allocates memory.
   *
   * @param name the name of the device for messages
   */
  public ResidentMemory(TornadoDevice device, String name, int floats, int ints) {
    executor = new PlanExecutor(device, name, new FloatArray(floats), new IntArray(ints));
  }

  @Override
  public int add(List<Launch> launches) {
    return executor.add(launches);
  }

  @Override
  public void execute(int graph) {
    distribute();
    executor.execute(graph);
  }

  @Override
  public void write(int base, float[] values) {
    if (values.length > MEDIUM) {
      load(base, values);
      return;
    }
    ensureCapacity(values.length);
    for (int i = 0; i < values.length; i++) {
      indices.set(pending, base + i);
      newFloats.set(pending, values[i]);
      pending++;
    }
  }

  @Override
  public void write(int base, int[] values) {
    for (int i = 0; i < values.length; i++) {
      ensureCapacity(1);
      indices.set(pending, -(base + i));
      newInts.set(pending, values[i]);
      pending++;
    }
  }

  private void ensureCapacity(int elements) {
    if (pending + elements > MEDIUM) {
      distribute();
    }
  }

  private void distribute() {
    if (pending == 0) {
      return;
    }
    for (int i = pending; i < MEDIUM; i++) {
      indices.set(i, 0);
    }
    if (distribution < 0) {
      distribution = executor.addDistribution(indices, newFloats, newInts);
    }
    pending = 0;
    executor.execute(distribution);
  }

  /**
   * The window for an array: a transfer of a few elements takes no time, nor do a few transfers.
   */
  private Window window(int elements) {
    int size = elements <= SMALL ? SMALL : elements <= 16 * MEDIUM ? MEDIUM : LARGE;
    return windows.computeIfAbsent(size, Window::new);
  }

  private void load(int base, float[] values) {
    distribute();
    Window window = window(values.length);
    FloatArray from = window.array;
    if (window.copyIn < 0) {
      window.copyIn = executor.addCopyIn(range, from);
    }
    for (int done = 0; done < values.length; done += from.getSize()) {
      int count = Math.min(from.getSize(), values.length - done);
      for (int i = 0; i < count; i++) {
        from.set(i, values[done + i]);
      }
      range.set(0, base + done);
      range.set(1, count);
      executor.execute(window.copyIn);
    }
  }

  @Override
  public void read(int base, float[] values) {
    distribute();
    Window window = window(values.length);
    FloatArray to = window.array;
    if (window.copyOut < 0) {
      window.copyOut = executor.addCopyOut(range, to);
    }
    for (int done = 0; done < values.length; done += to.getSize()) {
      int count = Math.min(to.getSize(), values.length - done);
      range.set(0, base + done);
      range.set(1, count);
      executor.fetch(window.copyOut);
      for (int i = 0; i < count; i++) {
        values[done + i] = to.get(i);
      }
    }
  }

  @Override
  public void read(int base, int[] values) {
    distribute();
    fetchInts = fetchInts < 0 ? executor.addCopyOut(range, fetchedInts) : fetchInts;
    for (int done = 0; done < values.length; done += fetchedInts.getSize()) {
      int count = Math.min(fetchedInts.getSize(), values.length - done);
      range.set(0, base + done);
      range.set(1, count);
      executor.fetch(fetchInts);
      for (int i = 0; i < count; i++) {
        values[done + i] = fetchedInts.get(i);
      }
    }
  }

  @Override
  public void close() {
    executor.close();
  }
}
