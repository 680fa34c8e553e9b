package org.charrnn.accel.java.vector;

import java.util.ArrayList;
import java.util.List;

/**
 * Arrays for packed operands. What one loop packed is of no use to the next, so loops share them.
 */
final class PackingArena {

  private final List<float[]> arrays = new ArrayList<>();
  private int taken;

  /** Begins another loop. */
  void rewind() {
    taken = 0;
  }

  float[] take(int size) {
    for (int i = taken; i < arrays.size(); i++) {
      if (arrays.get(i).length >= size) {
        float[] found = arrays.remove(i);
        arrays.add(taken++, found);
        return found;
      }
    }
    arrays.add(taken, new float[size]);
    return arrays.get(taken++);
  }
}
