package org.charrnn.text.device;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import org.charrnn.api.Memory;

/** Copies several memories, in order, from and to one array. */
final class FlatMemory {

  private FlatMemory() {}

  private static int size(Collection<Memory> memories) {
    return memories.stream()
        .mapToInt(memory -> memory.shape().elements())
        .reduce(0, Math::addExact);
  }

  static void write(Collection<Memory> memories, float[] values) {
    if (values.length != size(memories)) {
      throw new IllegalArgumentException(
          String.format(Locale.ROOT, "%d numbers, expected %d", values.length, size(memories)));
    }
    int from = 0;
    for (Memory memory : memories) {
      int count = memory.shape().elements();
      memory.write(Arrays.copyOfRange(values, from, from + count));
      from += count;
    }
  }

  static float[] read(Collection<Memory> memories) {
    float[] values = new float[size(memories)];
    int at = 0;
    for (Memory memory : memories) {
      float[] part = new float[memory.shape().elements()];
      memory.read(part);
      System.arraycopy(part, 0, values, at, part.length);
      at += part.length;
    }
    return values;
  }
}
