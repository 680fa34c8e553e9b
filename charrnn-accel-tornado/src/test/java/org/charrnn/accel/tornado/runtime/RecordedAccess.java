package org.charrnn.accel.tornado.runtime;

import uk.ac.manchester.tornado.api.types.arrays.FloatArray;
import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/** The accesses to memory of a {@link RecordedKernel}; public because the kernel calls them. */
public final class RecordedAccess {

  /** The work item that is running. */
  static final ThreadLocal<WorkItem> ITEM = new ThreadLocal<>();

  private RecordedAccess() {}

  public static float get(FloatArray array, int index) {
    ITEM.get().accessGlobal(array, index, false);
    return array.get(index);
  }

  public static void set(FloatArray array, int index, float value) {
    ITEM.get().accessGlobal(array, index, true);
    array.set(index, value);
  }

  public static int get(IntArray array, int index) {
    ITEM.get().accessGlobal(array, index, false);
    return array.get(index);
  }

  public static void set(IntArray array, int index, int value) {
    ITEM.get().accessGlobal(array, index, true);
    array.set(index, value);
  }

  public static float get(float[] local, int index) {
    ITEM.get().accessLocal(local, index, false);
    return local[index];
  }

  public static void set(float[] local, int index, float value) {
    ITEM.get().accessLocal(local, index, true);
    local[index] = value;
  }
}
