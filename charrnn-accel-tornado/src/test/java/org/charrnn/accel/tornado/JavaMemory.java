package org.charrnn.accel.tornado;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.common.TornadoFunctions.Task3;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Runs kernels as plain Java, one work item after another, or those of a group at once where they
 * wait for each other.
 */
final class JavaMemory implements DeviceMemory {

  private final FloatArray floats;
  private final IntArray ints;

  /** A launch and what a work item of it does. */
  private record Prepared(Launch launch, Task3<KernelContext, FloatArray, IntArray> work) {}

  private final List<List<Prepared>> prepared = new ArrayList<>();

  JavaMemory(Placement.Size size) {
    floats = new FloatArray((int) size.floats());
    ints = new IntArray((int) size.ints());
    floats.init(0);
    ints.init(0);
  }

  @Override
  public int add(List<Launch> launches) {
    prepared.add(
        launches.stream().map(launch -> new Prepared(launch, KernelClass.of(launch))).toList());
    return prepared.size() - 1;
  }

  @Override
  public void execute(int launches) {
    prepared.get(launches).forEach(this::run);
  }

  private void run(Prepared prepared) {
    Launch launch = prepared.launch();
    Grid grid = launch.grid();
    if (launch.kernel().waits()) {
      for (int y = 0; y < grid.globalY(); y += grid.localY()) {
        for (int x = 0; x < grid.globalX(); x += grid.localX()) {
          runAtOnce(prepared.work(), group(grid, x, y));
        }
      }
    } else {
      WorkItem item = new WorkItem(grid, 0, 0, new WorkItem.Group(1));
      for (int y = 0; y < grid.globalY(); y++) {
        for (int x = 0; x < grid.globalX(); x++) {
          item.moveTo(x, y);
          prepared.work().apply(item, floats, ints);
        }
      }
    }
  }

  private static List<WorkItem> group(Grid grid, int x0, int y0) {
    WorkItem.Group shared = new WorkItem.Group(grid.localX() * grid.localY());
    List<WorkItem> items = new ArrayList<>();
    for (int y = y0; y < y0 + grid.localY(); y++) {
      for (int x = x0; x < x0 + grid.localX(); x++) {
        items.add(new WorkItem(grid, x, y, shared));
      }
    }
    return items;
  }

  private void runAtOnce(Task3<KernelContext, FloatArray, IntArray> work, List<WorkItem> group) {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (WorkItem item : group) {
        running.add(threads.submit(() -> work.apply(item, floats, ints)));
      }
      for (Future<?> item : running) {
        item.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void write(int base, float[] values) {
    for (int i = 0; i < values.length; i++) {
      floats.set(base + i, values[i]);
    }
  }

  @Override
  public void write(int base, int[] values) {
    for (int i = 0; i < values.length; i++) {
      ints.set(base + i, values[i]);
    }
  }

  @Override
  public void read(int base, float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = floats.get(base + i);
    }
  }

  @Override
  public void read(int base, int[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] = ints.get(base + i);
    }
  }

  @Override
  public void close() {}
}
