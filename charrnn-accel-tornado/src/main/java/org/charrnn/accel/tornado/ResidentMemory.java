package org.charrnn.accel.tornado;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Memory of a device that TornadoVM drives, and what moves numbers there and back.
 *
 * <p>What is written to the device in small pieces goes there in one transfer, before the next
 * graph is executed: in a step of training the ids of a window.
 *
 * <p><b>Thread safety.</b> None.
 */
final class ResidentMemory implements DeviceMemory {

  private static final int SMALL = 16_384; // elements of a transfer
  private static final int LARGE = 1 << 20;

  private final Executor executor;
  private final IntArray places = new IntArray(SMALL);
  private final FloatArray newFloats = new FloatArray(SMALL);
  private final IntArray newInts = new IntArray(SMALL);
  private final IntArray range = new IntArray(2);
  private @Nullable FloatArray large; // made when it is first needed
  private int waiting; // elements to be distributed
  private int distribution = -1; // numbers of graphs, made when they are first needed
  private int copyIn = -1;
  private int fetchSmall = -1;
  private int fetchLarge = -1;
  private int fetchInts = -1;
  private final FloatArray fetched = new FloatArray(1024);
  private final IntArray fetchedInts = new IntArray(1024);

  ResidentMemory(TornadoDevice device, int floats, int ints) {
    executor = new Executor(device, new FloatArray(floats), new IntArray(ints));
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
    makeRoom(values.length);
    for (int i = 0; i < values.length; i++) {
      places.set(waiting, base + i);
      newFloats.set(waiting, values[i]);
      waiting++;
    }
  }

  @Override
  public void write(int base, int[] values) {
    for (int i = 0; i < values.length; i++) {
      makeRoom(1);
      places.set(waiting, -(base + i));
      newInts.set(waiting, values[i]);
      waiting++;
    }
  }

  private void makeRoom(int elements) {
    if (waiting + elements > SMALL) {
      distribute();
    }
  }

  private void distribute() {
    if (waiting == 0) {
      return;
    }
    for (int i = waiting; i < SMALL; i++) {
      places.set(i, 0);
    }
    if (distribution < 0) {
      distribution = executor.addDistribution(places, newFloats, newInts);
    }
    waiting = 0;
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
      executor.execute(graph);
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
      executor.execute(fetchInts);
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
