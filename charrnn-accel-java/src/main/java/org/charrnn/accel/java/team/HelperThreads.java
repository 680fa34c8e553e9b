package org.charrnn.accel.java.team;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Helper threads that several teams share: however many sessions compute at once, there is one
 * thread for each worker number. A team uses the helpers that are free at that moment.
 *
 * <p><b>Thread safety.</b> Any number of threads.
 */
final class HelperThreads {

  /** Those of all sessions of this process, as there is one set of processors. */
  static final HelperThreads OF_PROCESS = new HelperThreads(Duration.ofSeconds(1));

  private final long idleNanos;
  private Helper[] helpers = {};

  /**
   * Threads that start when they are needed.
   *
   * @param idle the time without work after which a thread ends
   */
  HelperThreads(Duration idle) {
    this.idleNanos = idle.toNanos();
  }

  /** The helpers of a team: the workers from 1 to {@code size - 1}. */
  synchronized List<Helper> of(int size) {
    int known = helpers.length;
    if (known < size - 1) {
      helpers = Arrays.copyOf(helpers, size - 1);
      Arrays.setAll(helpers, i -> i < known ? helpers[i] : new Helper(i + 1, idleNanos));
    }
    return List.of(Arrays.copyOf(helpers, size - 1));
  }
}
