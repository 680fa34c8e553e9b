package org.charrnn.accel.java.vector.choice;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import org.charrnn.accel.java.codegen.Lanes;

/**
 * The highest and the lowest of numbers.
 *
 * <p>Comparing and blending takes two instructions, where {@code max}, which orders zeros and keeps
 * NaN, takes six. They are written out because C2 does not inline a method that it has compiled
 * separately, and a vector that a method returns is an object.
 */
public final class Extremes {

  private Extremes() {}

  /** The maximum of those that are not NaN. */
  public static float maximum(float[] x, int start, int count) {
    FloatVector a = FloatVector.broadcast(Lanes.SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector b = a;
    FloatVector c = a;
    FloatVector d = a;
    int i = 0;
    for (; i + 4 * Lanes.COUNT <= count; i += 4 * Lanes.COUNT) {
      FloatVector e = FloatVector.fromArray(Lanes.SPECIES, x, start + i);
      FloatVector f = FloatVector.fromArray(Lanes.SPECIES, x, start + i + Lanes.COUNT);
      FloatVector g = FloatVector.fromArray(Lanes.SPECIES, x, start + i + 2 * Lanes.COUNT);
      FloatVector h = FloatVector.fromArray(Lanes.SPECIES, x, start + i + 3 * Lanes.COUNT);
      a = a.blend(e, e.compare(VectorOperators.GT, a));
      b = b.blend(f, f.compare(VectorOperators.GT, b));
      c = c.blend(g, g.compare(VectorOperators.GT, c));
      d = d.blend(h, h.compare(VectorOperators.GT, d));
    }
    for (; i + Lanes.COUNT <= count; i += Lanes.COUNT) {
      FloatVector e = FloatVector.fromArray(Lanes.SPECIES, x, start + i);
      a = a.blend(e, e.compare(VectorOperators.GT, a));
    }
    a = a.blend(b, b.compare(VectorOperators.GT, a));
    c = c.blend(d, d.compare(VectorOperators.GT, c));
    a = a.blend(c, c.compare(VectorOperators.GT, a));
    float maximum = a.reduceLanes(VectorOperators.MAX);
    for (; i < count; i++) {
      maximum = Math.max(maximum, x[start + i]);
    }
    return maximum;
  }

  /** The minimum of the first numbers, none of which is NaN. */
  static float minimum(float[] x, int count) {
    FloatVector a = FloatVector.broadcast(Lanes.SPECIES, Float.POSITIVE_INFINITY);
    FloatVector b = a;
    int i = 0;
    for (; i + 2 * Lanes.COUNT <= count; i += 2 * Lanes.COUNT) {
      FloatVector e = FloatVector.fromArray(Lanes.SPECIES, x, i);
      FloatVector f = FloatVector.fromArray(Lanes.SPECIES, x, i + Lanes.COUNT);
      a = a.blend(e, e.compare(VectorOperators.LT, a));
      b = b.blend(f, f.compare(VectorOperators.LT, b));
    }
    a = a.blend(b, b.compare(VectorOperators.LT, a));
    float minimum = a.reduceLanes(VectorOperators.MIN);
    for (; i < count; i++) {
      minimum = Math.min(minimum, x[i]);
    }
    return minimum;
  }
}
