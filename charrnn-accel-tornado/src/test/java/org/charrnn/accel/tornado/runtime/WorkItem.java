package org.charrnn.accel.tornado.runtime;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import jdk.internal.vm.Continuation;
import jdk.internal.vm.ContinuationScope;
import org.charrnn.accel.tornado.layout.Grid;
import uk.ac.manchester.tornado.api.KernelContext;

/**
 * A work item as plain Java. TornadoVM's own context is always the first work item of the first
 * work-group.
 *
 * <p>Kernels wait at barriers in the middle of a method. So the work items of a group are
 * continuations, of which virtual threads are made too: hundreds of threads would take several
 * times as long.
 */
public final class WorkItem extends KernelContext {

  private static final ContinuationScope BARRIER = new ContinuationScope("barrier");
  private static final Field GLOBAL_X = field("globalIdx");
  private static final Field GLOBAL_Y = field("globalIdy");
  private static final Field LOCAL_X = field("localIdx");
  private static final Field LOCAL_Y = field("localIdy");
  private static final Field GROUP_X = field("groupIdx");
  private static final Field GROUP_Y = field("groupIdy");

  private final Grid grid;
  private final Group group;
  private int item;
  private int arrays;
  private int localBarriers;
  private int globalBarriers;

  /** The state that the work items of a work-group share. */
  public static final class Group {
    private final AccessLog log;
    private final List<float[]> localArrays = new ArrayList<>();

    public Group(AccessLog log) {
      this.log = log;
    }

    private float[] array(int index, int size) {
      if (index == localArrays.size()) {
        localArrays.add(new float[size]);
      }
      return localArrays.get(index);
    }
  }

  public WorkItem(Grid grid, int x, int y, Group group) {
    this.grid = grid;
    this.group = group;
    moveTo(x, y);
    set(LOCAL_X, x % grid.localX());
    set(LOCAL_Y, y % grid.localY());
    set(GROUP_X, x / grid.localX());
    set(GROUP_Y, y / grid.localY());
  }

  /** Makes this another work item, for kernels that do not use the indices within a group. */
  public void moveTo(int x, int y) {
    set(GLOBAL_X, x);
    set(GLOBAL_Y, y);
    item = y * grid.globalX() + x;
  }

  private static Field field(String name) {
    try {
      Field field = KernelContext.class.getField(name);
      field.setAccessible(true);
      return field;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private void set(Field field, int value) {
    try {
      field.set(this, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public float[] allocateFloatLocalArray(int size) {
    return group.array(arrays++, size);
  }

  @Override
  public void localBarrier() {
    Continuation.yield(BARRIER);
    localBarriers++;
  }

  @Override
  public void globalBarrier() {
    Continuation.yield(BARRIER);
    globalBarriers++;
  }

  /**
   * Runs the work items of a group, one at a time, each to its next barrier.
   *
   * @throws IllegalStateException if some end before a barrier that others reach
   */
  static void run(List<WorkItem> group, Consumer<WorkItem> work) {
    List<Continuation> running = new ArrayList<>();
    for (WorkItem item : group) {
      running.add(new Continuation(BARRIER, () -> work.accept(item)));
    }
    int ended = 0;
    while (ended == 0) {
      for (int i = 0; i < group.size(); i++) {
        RecordedAccess.ITEM.set(group.get(i));
        running.get(i).run();
        ended += running.get(i).isDone() ? 1 : 0;
      }
    }
    if (ended < group.size()) {
      throw new IllegalStateException("a work item of the group ended before a barrier");
    }
  }

  /** Records an access to global memory, see {@link RecordedKernel}. */
  void accessGlobal(Object array, int index, boolean write) {
    int x = item % grid.globalX() / grid.localX();
    int y = item / grid.globalX() / grid.localY();
    group.log.global(array, index, item, y * grid.globalX() + x, globalBarriers, write);
  }

  /** Records an access to an array of the group, see {@link RecordedKernel}. */
  void accessLocal(float[] array, int index, boolean write) {
    group.log.local(array, index, item, localBarriers, write);
  }
}
