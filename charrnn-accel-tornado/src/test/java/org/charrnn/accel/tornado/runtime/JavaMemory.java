package org.charrnn.accel.tornado.runtime;

import static org.junit.jupiter.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.charrnn.accel.tornado.kernel.KernelClass;
import org.charrnn.accel.tornado.kernel.Launch;
import org.charrnn.accel.tornado.layout.Grid;
import org.charrnn.accel.tornado.layout.LaunchPosition;
import org.charrnn.accel.tornado.layout.Placement;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Runs kernels as plain Java: the work items in sequence, or concurrently within each work-group if
 * the kernel has barriers.
 */
public class JavaMemory implements DeviceMemory {

  private final FloatArray floats;
  private final IntArray ints;
  private final Function<Launch, Work> works;
  private final LaunchLog log = new LaunchLog("plain Java");

  /** The computation of a work item. */
  private interface Work {
    void apply(WorkItem item, FloatArray floats, IntArray ints);
  }

  private record Prepared(Launch launch, Work work) {}

  private final List<List<Prepared>> prepared = new ArrayList<>();

  /** Runs kernels without recording their accesses. */
  public JavaMemory(Placement.Size size) {
    this(size, launch -> KernelClass.of(launch)::apply);
  }

  private JavaMemory(Placement.Size size, Function<Launch, Work> works) {
    floats = new FloatArray((int) size.floats());
    ints = new IntArray((int) size.ints());
    floats.init(0);
    ints.init(0);
    this.works = works;
  }

  /** Records every access to memory; a launch whose work items race fails. */
  public static JavaMemory recorded(Placement.Size size) {
    return new JavaMemory(size, launch -> new RecordedKernel(launch)::apply);
  }

  @Override
  public int add(List<Launch> launches) {
    prepared.add(
        log.number(launches).stream()
            .map(launch -> new Prepared(launch, works.apply(launch)))
            .toList());
    return prepared.size() - 1;
  }

  @Override
  public void execute(int launches) {
    log.add(prepared.get(launches).size());
    prepared.get(launches).stream().filter(launch -> accepts(launch.launch())).forEach(this::run);
  }

  /** Whether the driver runs a launch. */
  protected boolean accepts(Launch launch) {
    return true;
  }

  private void run(Prepared prepared) {
    Launch launch = prepared.launch();
    Grid grid = launch.grid();
    AccessLog log = new AccessLog();
    if (launch.kernel().usesBarriers()) {
      for (int y = 0; y < grid.globalY(); y += grid.localY()) {
        for (int x = 0; x < grid.globalX(); x += grid.localX()) {
          WorkItem.run(group(grid, x, y, log), item -> prepared.work().apply(item, floats, ints));
        }
      }
    } else {
      WorkItem item = new WorkItem(grid, 0, 0, new WorkItem.Group(log));
      for (int y = 0; y < grid.globalY(); y++) {
        for (int x = 0; x < grid.globalX(); x++) {
          item.moveTo(x, y);
          prepared.work().apply(item, floats, ints);
        }
      }
    }
    log.race().ifPresent(race -> fail("kernel " + launch.label() + ": " + race));
  }

  private static List<WorkItem> group(Grid grid, int x0, int y0, AccessLog log) {
    WorkItem.Group shared = new WorkItem.Group(log);
    List<WorkItem> items = new ArrayList<>();
    for (int y = y0; y < y0 + grid.localY(); y++) {
      for (int x = x0; x < x0 + grid.localX(); x++) {
        items.add(new WorkItem(grid, x, y, shared));
      }
    }
    return items;
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
    checkLaunches();
    for (int i = 0; i < values.length; i++) {
      values[i] = floats.get(base + i);
    }
  }

  @Override
  public void read(int base, int[] values) {
    checkLaunches();
    for (int i = 0; i < values.length; i++) {
      values[i] = ints.get(base + i);
    }
  }

  private void checkLaunches() {
    log.check(
        ints.get(LaunchPosition.COUNT),
        ints.get(LaunchPosition.EXPECTED),
        ints.get(LaunchPosition.MISSING));
  }

  @Override
  public void close() {}
}
