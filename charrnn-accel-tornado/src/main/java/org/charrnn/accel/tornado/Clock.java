package org.charrnn.accel.tornado;

/**
 * How a launch knows the step of the loop around it, and what it makes of it. Two of the integers
 * on the device hold a step, {@link #NOW} and {@link #NEXT}: the first launch of a body reads the
 * next step and makes it the present one, the last launch reads the present one and says which is
 * next. No launch writes what it reads, because its work items do not wait for one another.
 *
 * @param from which integer holds the step, or {@link #NOWHERE} for step 0
 * @param to where the first work item writes a step, or {@link #NOWHERE}
 * @param summand what is written: the step plus this
 */
record Clock(int from, int to, int summand) {

  static final int NOWHERE = -1;
  static final int NOW = 0;
  static final int NEXT = 1;

  /** Outside of loops. */
  static final Clock OUTSIDE = new Clock(NOWHERE, NOWHERE, 0);

  /** The last launch before a loop that begins with step {@code first}. */
  static Clock before(int first) {
    return new Clock(NOWHERE, NEXT, first);
  }

  /** Launch {@code index} of {@code count} in the body of a loop. */
  static Clock inBody(int index, int count, boolean reverse) {
    if (count < 2) {
      throw new IllegalArgumentException("a body needs two launches, so that one is the last");
    }
    if (index == 0) {
      return new Clock(NEXT, NOW, 0);
    }
    return index < count - 1 ? new Clock(NOW, NOWHERE, 0) : new Clock(NOW, NEXT, reverse ? -1 : 1);
  }
}
