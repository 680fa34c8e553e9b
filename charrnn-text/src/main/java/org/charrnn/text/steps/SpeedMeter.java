package org.charrnn.text.steps;

/** The rate of the last few seconds, an exponentially weighted mean. */
public final class SpeedMeter {

  private static final double WINDOW_SECONDS = 5;

  private double characters;
  private double seconds;

  /** Counts a step. */
  public void add(long stepCharacters, long nanos) {
    double elapsed = nanos / 1e9;
    double kept = Math.exp(-elapsed / WINDOW_SECONDS);
    characters = characters * kept + stepCharacters;
    seconds = seconds * kept + elapsed;
  }

  /** Characters per second. */
  public double rate() {
    return seconds > 0 ? characters / seconds : 0;
  }
}
