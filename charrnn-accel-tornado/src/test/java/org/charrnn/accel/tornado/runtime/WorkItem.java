package org.charrnn.accel.tornado.runtime;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.charrnn.accel.tornado.layout.Grid;
import org.jspecify.annotations.Nullable;
import uk.ac.manchester.tornado.api.KernelContext;

/**
 * A work item as plain Java. TornadoVM's own context is always the first work item of the first
 * work-group.
 */
public final class WorkItem extends KernelContext {

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
    private final int items;
    private final AccessLog log;
    private final List<float[]> localArrays = new ArrayList<>();
    private final AtomicInteger arrived = new AtomicInteger();
    private final Queue<Thread> waiting = new ConcurrentLinkedQueue<>();
    private volatile int passed; // the number of barriers
    private volatile boolean hasEnded; // whether any work item has
    private volatile @Nullable Throwable failure; // that of a work item

    public Group(int items, AccessLog log) {
      this.items = items;
      this.log = log;
    }

    synchronized float[] array(int index, int size) {
      if (index == localArrays.size()) {
        localArrays.add(new float[size]);
      }
      return localArrays.get(index);
    }

    /** Waits for the others at a barrier. */
    private void await() {
      int before = passed;
      if (arrived.incrementAndGet() == items) {
        arrived.set(0);
        passed = before + 1;
        wake();
        return;
      }
      while (passed == before) {
        waiting.add(Thread.currentThread()); // again, if it was woken for an earlier barrier
        if (hasEnded && passed == before) {
          throw new IllegalStateException(
              "a work item of the group ended before a barrier", failure);
        }
        if (passed == before) {
          LockSupport.park(this);
        }
      }
    }

    private void end() {
      hasEnded = true;
      wake();
    }

    private void wake() {
      for (Thread next = waiting.poll(); next != null; next = waiting.poll()) {
        LockSupport.unpark(next);
      }
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
    group.await();
    localBarriers++;
  }

  @Override
  public void globalBarrier() {
    group.await();
    globalBarriers++;
  }

  /** Records that the computation of this work item has ended. */
  void end() {
    group.end();
  }

  /** Records that the computation of this work item has failed. */
  void fail(Throwable cause) {
    group.failure = cause;
    group.end();
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
