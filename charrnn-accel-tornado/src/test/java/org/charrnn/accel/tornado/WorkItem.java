package org.charrnn.accel.tornado;

import java.lang.reflect.Field;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import uk.ac.manchester.tornado.api.KernelContext;

/** A work item as plain Java: TornadoVM's own context is always the first item of the first group. */
final class WorkItem extends KernelContext {

  private final Group group;
  private int arrays;

  /** What the work items of a group share. */
  static final class Group {
    private final CyclicBarrier barrier;
    private final java.util.List<float[]> localArrays = new java.util.ArrayList<>();

    Group(int items) {
      barrier = new CyclicBarrier(items);
    }

    synchronized float[] array(int index, int size) {
      if (index == localArrays.size()) {
        localArrays.add(new float[size]);
      }
      return localArrays.get(index);
    }
  }

  WorkItem(Grid grid, int x, int y, Group group) {
    this.group = group;
    set("globalIdx", x);
    set("globalIdy", y);
    set("localIdx", x % grid.localX());
    set("localIdy", y % grid.localY());
    set("groupIdx", x / grid.localX());
    set("groupIdy", y / grid.localY());
  }

  private void set(String name, int value) {
    try {
      Field field = KernelContext.class.getField(name);
      field.setAccessible(true);
      field.set(this, value);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public float[] allocateFloatLocalArray(int size) {
    return group.array(arrays++, size);
  }

  @Override
  public void localBarrier() {
    try {
      group.barrier.await();
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new IllegalStateException(e);
    }
  }
}
