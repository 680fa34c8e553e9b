package org.charrnn.accel.java.vector;

import org.charrnn.accel.java.jvm.VmOption;

/**
 * The levels at which HotSpot compiles: 0 is the interpreter, 1 to 3 are C1 with more or less
 * counting, 4 is C2.
 */
final class CompilerLevel {

  static final int C2 = 4;

  private CompilerLevel() {}

  /** The highest level of this JVM; that of C2 where it cannot be asked. */
  static int highest() {
    return VmOption.value("TieredStopAtLevel").map(Integer::parseInt).orElse(C2);
  }
}
