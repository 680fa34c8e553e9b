package org.charrnn.accel.tornado.kernel;

import static org.charrnn.accel.tornado.layout.LaunchPosition.COUNT;
import static org.charrnn.accel.tornado.layout.LaunchPosition.EXPECTED;
import static org.charrnn.accel.tornado.layout.LaunchPosition.MISSING;

import uk.ac.manchester.tornado.api.types.arrays.IntArray;

/**
 * Counts launches on the device; see {@link org.charrnn.accel.tornado.layout.LaunchPosition}.
 *
 * <p>Public because generated kernels call it; see {@link MethodKernel}.
 */
public final class LaunchCounter {

  private LaunchCounter() {}

  /**
   * Counts one launch; the first work item calls it.
   *
   * @param required the value that {@code EXPECTED} must have
   * @param next the value that it gets
   * @param previous the id of the launch before this one
   */
  public static void count(IntArray ints, int required, int next, int previous) {
    ints.set(COUNT, ints.get(COUNT) + 1);
    int expected = ints.get(EXPECTED);
    int missing = ints.get(MISSING);
    if (missing == 0 && expected != required) {
      missing = expected == 0 ? previous : expected;
    }
    ints.set(MISSING, missing);
    ints.set(EXPECTED, next);
  }
}
