package org.charrnn.accel.tornado;

import java.util.List;

/** A piece of a lowered program. */
sealed interface Part {

  /** What is launched, in order. */
  List<Launch> launches();

  /**
   * Launches that run once.
   *
   * @param launches in order
   */
  record Once(List<Launch> launches) implements Part {
    /** Copies the list. */
    public Once {
      launches = List.copyOf(launches);
    }
  }

  /**
   * Launches that run again and again, each time with the next step on the device.
   *
   * @param steps how often
   * @param launches in order; the last one moves the step on
   */
  record Repeated(int steps, List<Launch> launches) implements Part {
    /** Copies the list. */
    public Repeated {
      launches = List.copyOf(launches);
    }
  }
}
