package org.charrnn.accel.java.rows;

import org.charrnn.accel.java.jvm.VmOption;

/**
 * {@code a * b + c}, rounded once where the processor has an instruction for that, else twice:
 * {@link Math#fma} computes with big decimals there.
 */
final class FusedMultiplyAdd {

  /** A constant for C2, so that one of both ways is left. */
  private static final boolean HAS_INSTRUCTION =
      VmOption.value("UseFMA").map(Boolean::parseBoolean).orElse(false);

  private FusedMultiplyAdd() {}

  static float of(float a, float b, float c) {
    return HAS_INSTRUCTION ? Math.fma(a, b, c) : a * b + c;
  }
}
