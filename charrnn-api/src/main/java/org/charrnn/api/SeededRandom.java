package org.charrnn.api;

import java.util.random.RandomGenerator;

/**
 * The source of all randomness: a generator whose state is a single number. A run that saves and
 * restores it draws the same numbers as an uninterrupted run.
 *
 * <p>SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
 * Normal numbers by Box and Muller, "A note on the generation of random normal deviates", 1958,
 * with {@link StrictMath} and without keeping the second number of a pair, so that the same seed
 * gives the same numbers on every machine.
 *
 * <p><b>Thread safety.</b> None; give each thread its own generator, see {@link #split}.
 */
public final class SeededRandom implements RandomGenerator {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private long state;

  /**
   * A generator that {@code seed} determines entirely.
   *
   * @param seed any number; determines all numbers that are drawn
   */
  public SeededRandom(long seed) {
    this.state = seed;
  }

  /**
   * {@return the state: a generator with this seed draws the numbers that this one would draw next}
   */
  public long state() {
    return state;
  }

  /**
   * {@return an independent generator for a purpose, identified by a number} It depends on the
   * current state of this generator, which does not change, not on numbers drawn later.
   *
   * @param purpose the number of the purpose, any number
   */
  public SeededRandom split(long purpose) {
    return new SeededRandom(mix(state ^ mix(purpose + GOLDEN_GAMMA)));
  }

  /** {@return the next number, with 64 random bits} */
  @Override
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** {@return uniform in [0, 1), with 53 random bits} */
  @Override
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1p-53;
  }

  /** {@return the next number that is normally distributed with mean 0 and standard deviation 1} */
  @Override
  public double nextGaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * nextDouble());
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
