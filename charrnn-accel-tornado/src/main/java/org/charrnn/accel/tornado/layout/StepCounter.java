package org.charrnn.accel.tornado.layout;

/**
 * How a launch reads the current time step of the surrounding loop, and how it advances it. Two of
 * the integers on the device hold a time step, {@link #CURRENT} and {@link #NEXT}: the first launch
 * of a loop body reads the next step and stores it as the current one; the last launch reads the
 * current step and stores the next one. No launch writes the integer that it reads, because its
 * work items are not ordered.
 *
 * @param from the integer that holds the step, or {@link #NOWHERE} for step 0
 * @param to the integer to which the first work item writes a step, or {@link #NOWHERE}
 * @param increment what is written: the step plus this
 */
public record StepCounter(int from, int to, int increment) {

  public static final int NOWHERE = -1;
  public static final int CURRENT = 0;
  public static final int NEXT = 1;

  /** Outside of loops. */
  public static final StepCounter OUTSIDE = new StepCounter(NOWHERE, NOWHERE, 0);

  /** For the last launch before a loop that starts with step {@code first}. */
  public static StepCounter before(int first) {
    return new StepCounter(NOWHERE, NEXT, first);
  }

  /** For launch {@code index} of the {@code count} launches of a loop body. */
  public static StepCounter inBody(int index, int count, boolean reverse) {
    if (count < 2) {
      throw new IllegalArgumentException(
          "a loop body needs at least two launches: one reads the step that the other writes");
    }
    if (index == 0) {
      return new StepCounter(NEXT, CURRENT, 0);
    }
    return index < count - 1
        ? new StepCounter(CURRENT, NOWHERE, 0)
        : new StepCounter(CURRENT, NEXT, reverse ? -1 : 1);
  }
}
