package org.charrnn.accel.java;

/**
 * The levels at which HotSpot compiles: 0 is the interpreter, 1 to 3 are C1 with more or less
 * profiling, 4 is C2.
 */
final class CompilerLevel {

  static final int C2 = 4;

  private CompilerLevel() {}

  /** The highest level of this JVM; C2 if the JVM cannot be asked. */
  static int highest() {
    return VmOption.value("TieredStopAtLevel").map(Integer::parseInt).orElse(C2);
  }
}
