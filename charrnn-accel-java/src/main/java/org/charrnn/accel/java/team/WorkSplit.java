package org.charrnn.accel.java.team;

/** How a number of items is split into parts of nearly the same size. */
public final class WorkSplit {

  private WorkSplit() {}

  /**
   * The first item of a part.
   *
   * @param items the number of items
   * @param part the part, 0 to {@code parts}; the part {@code parts} starts after the last item
   * @param parts the number of parts
   */
  public static int start(int items, int part, int parts) {
    return (int) ((long) items * part / parts);
  }
}
