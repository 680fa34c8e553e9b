package org.charrnn.accel.tornado.lowering;

import java.util.List;
import org.charrnn.accel.tornado.kernel.Launch;

/** Launches of a lowered program that run equally often. */
public sealed interface Segment {

  /** The launches, in order. */
  List<Launch> launches();

  /**
   * Launches that run once.
   *
   * @param launches in order
   */
  record Once(List<Launch> launches) implements Segment {
    /** Copies the list. */
    public Once {
      launches = List.copyOf(launches);
    }
  }

  /**
   * The body of a loop, which runs once for each time step.
   *
   * @param steps the number of time steps
   * @param launches in order; the last one advances the time step
   */
  record Repeated(int steps, List<Launch> launches) implements Segment {
    /** Copies the list. */
    public Repeated {
      launches = List.copyOf(launches);
    }
  }
}
