package org.charrnn.accel.java.vector;

/**
 * A generated loop that applies an expression to consecutive elements.
 *
 * <p>Whole vectors and what is left over are two methods: each must be small enough for C1 to
 * compile it with all that is inlined, since a method that C1 gives up never comes to C2.
 */
interface ElementLoop extends ElementKernel {

  /**
   * Computes whole vectors.
   *
   * @param memory the operands of the expression and then its results
   * @param offsets where each of them begins; an operand that is a single number is read only there
   * @param count the number of elements, a multiple of the lanes of a vector
   */
  void runVectors(float[][] memory, int[] offsets, int count);

  /**
   * Computes the elements from {@code from} to {@code count}, less than a vector.
   *
   * @param memory as above
   * @param offsets as above
   * @param from where the elements begin, counted from the offsets
   * @param count where they end
   */
  void runRest(float[][] memory, int[] offsets, int from, int count);

  @Override
  default void run(float[][] memory, int[] offsets, int count) {
    int whole = count & -Lanes.COUNT;
    if (whole > 0) {
      runVectors(memory, offsets, whole);
    }
    if (whole < count) {
      runRest(memory, offsets, whole, count);
    }
  }
}
