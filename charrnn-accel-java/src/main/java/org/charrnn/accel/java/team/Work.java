package org.charrnn.accel.java.team;

/** Work that a {@link WorkerTeam} splits. */
public interface Work {

  /**
   * Does one part of the work. Parts do not depend on one another.
   *
   * @param worker the part, 0 to {@code workers - 1}
   * @param workers the number of parts
   */
  void run(int worker, int workers);
}
