package org.charrnn.text.steps;

import org.charrnn.api.SeededRandom;

/**
 * The seeds of dropout: a different one for each window, and the same one when a resumed run reads
 * the window again.
 *
 * @param worker the index of the worker that reads the windows
 * @param workers the number of workers, each of which counts its own windows
 */
public record DropoutSeeds(int worker, int workers) {

  /** The seeds of a training without workers. */
  public static final DropoutSeeds ALONE = new DropoutSeeds(0, 1);

  /**
   * The number of the stream of random numbers for dropout; a sample uses the number of its step.
   */
  private static final long DROPOUT = -1;

  /**
   * The seed of a window.
   *
   * @param random the state of the generator of all randomness
   * @param read the number of windows that were read before
   */
  public int seed(long random, long read) {
    return (int) new SeededRandom(random).split(DROPOUT).split(read * workers + worker).nextLong();
  }
}
