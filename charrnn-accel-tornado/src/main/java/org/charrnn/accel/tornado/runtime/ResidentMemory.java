package org.charrnn.accel.tornado.runtime;

import java.util.List;
import org.charrnn.accel.tornado.kernel.Launch;
import org.jspecify.annotations.Nullable;
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

  private static final int SMALL = 16_384; // elements of a transfer
  private static final int LARGE = 1 << 20;

  private final PlanExecutor executor;
  private final IntArray indices = new IntArray(SMALL);
  private final FloatArray newFloats = new FloatArray(SMALL);
  private final IntArray newInts = new IntArray(SMALL);
  private final IntArray range = new IntArray(2);
  private @Nullable FloatArray large; // allocated on first use
  private int pending; // elements to be distributed
  private int distribution = -1; // numbers of graphs, which are made on first use
  private int copyIn = -1;
  private int fetchSmall = -1;
  private int fetchLarge = -1;
  private int fetchInts = -1;
  private final FloatArray fetched = new FloatArray(1024);
  private final IntArray fetchedInts = new IntArray(1024);

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
    if (values.length > SMALL) {
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
    if (pending + elements > SMALL) {
      distribute();
    }
  }

  private void distribute() {
    if (pending == 0) {
      return;
    }
    for (int i = pending; i < SMALL; i++) {
      indices.set(i, 0);
    }
    if (distribution < 0) {
      distribution = executor.addDistribution(indices, newFloats, newInts);
    }
    pending = 0;
    executor.execute(distribution);
  }

  private FloatArray large() {
    FloatArray array = large == null ? new FloatArray(LARGE) : large;
    large = array;
    return array;
  }

  private void load(int base, float[] values) {
    distribute();
    FloatArray from = large();
    if (copyIn < 0) {
      copyIn = executor.addCopyIn(range, from);
    }
    for (int done = 0; done < values.length; done += LARGE) {
      int count = Math.min(LARGE, values.length - done);
      for (int i = 0; i < count; i++) {
        from.set(i, values[done + i]);
      }
      range.set(0, base + done);
      range.set(1, count);
      executor.execute(copyIn);
    }
  }

  @Override
  public void read(int base, float[] values) {
    distribute();
    FloatArray to;
    int graph;
    if (values.length <= fetched.getSize()) {
      fetchSmall = fetchSmall < 0 ? executor.addCopyOut(range, fetched) : fetchSmall;
      to = fetched;
      graph = fetchSmall;
    } else {
      to = large();
      fetchLarge = fetchLarge < 0 ? executor.addCopyOut(range, to) : fetchLarge;
      graph = fetchLarge;
    }
    for (int done = 0; done < values.length; done += to.getSize()) {
      int count = Math.min(to.getSize(), values.length - done);
      range.set(0, base + done);
      range.set(1, count);
      executor.fetch(graph);
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
